import Glibc

/// How many bytes of memory the work takes at its peak beyond what was there before; nil where the
/// system does not tell (proc_pid_status(5), proc_pid_clear_refs(5)).
func peakMemory<Result>(of work: () throws -> Result) rethrows -> Int? {
  resetPeak()
  let before = kilobytes(of: "VmRSS:")
  let result = try work()
  let peak = kilobytes(of: "VmHWM:")
  return withExtendedLifetime(result) {
    before.flatMap { before in peak.map { max(0, $0 - before) * 1024 } }
  }
}

private func resetPeak() {
  guard let file = fopen("/proc/self/clear_refs", "w") else { return }
  fputs("5", file)
  fclose(file)
}

private func kilobytes(of field: String) -> Int? {
  guard let file = fopen("/proc/self/status", "r") else { return nil }
  defer { fclose(file) }
  var line = [CChar](repeating: 0, count: 256)
  while fgets(&line, Int32(line.count), file) != nil {
    let words = String(
      decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self
    )
    .split { $0.isWhitespace }
    if words.first.map(String.init) == field, words.count > 1 { return Int(words[1]) }
  }
  return nil
}
