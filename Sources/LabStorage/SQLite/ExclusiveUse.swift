import Glibc

/// Keeps other processes from opening a database file, once none has it open.
///
/// Every connection holds a shared lock on these bytes of the file as long as it has a write-ahead
/// log open (<https://www.sqlite.org/walformat.html>, section 2.3.1; `os_unix.c`): whoever can lock
/// them is alone, also where the file is too damaged for SQLite to open it. A process that has a
/// former file of the name open, since deleted or replaced, holds no such lock; `/proc` shows it.
struct ExclusiveUse {
  // PENDING_BYTE, RESERVED_BYTE and the 510 bytes from SHARED_FIRST on.
  private static let firstByte = 0x4000_0000
  private static let byteCount = 512

  /// Nil where there is no file of the name yet.
  private let descriptor: Int32?

  /// - Throws: `inUse` where another process has the database open.
  init(of path: String) throws(MaintenanceError) {
    if let process = processWithFile(path) { throw .inUse(path: path, process: process) }
    guard fileExists(path) else {
      descriptor = nil
      return
    }
    let descriptor = open(path, O_RDWR | O_CLOEXEC)
    guard descriptor >= 0 else { throw .file(path: path, code: errno) }
    self.descriptor = descriptor
    var lock = Self.lock
    guard fcntl(descriptor, F_SETLK, &lock) != 0 else { return }
    let code = errno
    let hasHolder = fcntl(descriptor, F_GETLK, &lock) == 0 && lock.l_type != Int16(F_UNLCK)
    close(descriptor)
    guard hasHolder else { throw .file(path: path, code: code) }
    throw .inUse(path: path, process: lock.l_pid)
  }

  /// Lets others open it.
  func end() {
    if let descriptor { close(descriptor) }
  }

  private static var lock: flock {
    var lock = flock()
    lock.l_type = Int16(F_WRLCK)
    lock.l_whence = Int16(SEEK_SET)
    lock.l_start = firstByte
    lock.l_len = byteCount
    return lock
  }
}

/// Another process that has a database of that name open, also one that was deleted or replaced since;
/// nil where none shows in `/proc`, which tells of other users' processes only to the administrator.
private func processWithFile(_ path: String) -> Int32? {
  guard let whole = canonicalPath(path) else { return nil }
  let names = Set(DatabaseLocation.filesOf(whole).flatMap { [$0, $0 + " (deleted)"] })
  for process in entries(of: "/proc").compactMap({ Int32($0) }) where process != getpid() {
    let folder = "/proc/\(process)/fd"
    for entry in entries(of: folder) {
      if let target = linkTarget("\(folder)/\(entry)"), names.contains(target) { return process }
    }
  }
  return nil
}

/// The path as `/proc` shows it, also where no file has the name.
private func canonicalPath(_ path: String) -> String? {
  let slash = path.lastIndex(of: "/")
  let folder = slash.map { String(path[...$0]) } ?? "."
  let name = slash.map { String(path[path.index(after: $0)...]) } ?? path
  guard let resolved = realpath(path, nil) ?? realpath(folder, nil) else { return nil }
  defer { free(resolved) }
  let whole = String(cString: resolved)
  guard !fileExists(path) else { return whole }
  return whole.hasSuffix("/") ? whole + name : "\(whole)/\(name)"
}

private func entries(of folder: String) -> [String] {
  guard let directory = opendir(folder) else { return [] }
  defer { closedir(directory) }
  var names: [String] = []
  while let entry = readdir(directory) {
    names.append(
      withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      })
  }
  return names
}

private func linkTarget(_ path: String) -> String? {
  var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
  let count = readlink(path, &buffer, buffer.count)
  guard count > 0 else { return nil }
  return String(decoding: buffer[..<count].map(UInt8.init(bitPattern:)), as: UTF8.self)
}
