import Glibc
import LabRehearsal

/// A line on a terminal's standard error that says how far a rehearsal has come; silent elsewhere.
struct ProgressLine: Sendable {
  private let isTerminal = isatty(STDERR_FILENO) == 1

  /// Writes over the line.
  @Sendable func show(_ progress: RehearsalProgress) {
    switch progress {
    case .building(let done, let total): write("building \(done) of \(total) machines")
    case .dialling(let done, let total): write("\(done) of \(total) dials")
    }
  }

  /// Leaves the line empty.
  func clear() { write("") }

  private func write(_ text: String) {
    guard isTerminal else { return }
    let line = Array("\r\u{1b}[K\(text)".utf8)
    _ = Glibc.write(STDERR_FILENO, line, line.count)
  }
}
