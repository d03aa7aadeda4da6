import Glibc

/// Writes lines to a file descriptor, whole and in the order in which they came.
///
/// Whoever finds nobody writing writes; the lines that come meanwhile are written together by the
/// same thread, so that under load a system call carries many. Nothing is left waiting when nobody
/// writes.
final class LineWriter: Sendable {
  private struct State {
    var pending: [UInt8] = []
    var isWriting = false
  }

  /// What may wait. Where the reader of the log has stopped reading, lines are dropped rather than
  /// the service stopped.
  private static let largestBacklog = 1 << 20

  private let descriptor: Int32
  private let state = Locked(State())

  init(descriptor: Int32) {
    self.descriptor = descriptor
  }

  /// Writes a line; line breaks in it become spaces.
  func write(_ line: String) {
    var bytes = Array(line.utf8)
    for index in bytes.indices where bytes[index] == 0x0A || bytes[index] == 0x0D {
      bytes[index] = 0x20
    }
    bytes.append(0x0A)
    let line = bytes
    let leads = state.withLock { state in
      if state.pending.count < Self.largestBacklog { state.pending.append(contentsOf: line) }
      defer { state.isWriting = true }
      return !state.isWriting
    }
    guard leads else { return }
    while let bytes = takePending() { writeAll(bytes) }
  }

  /// What has come since the last time; nil, and nobody writes any more, where nothing has.
  private func takePending() -> [UInt8]? {
    state.withLock { state in
      guard !state.pending.isEmpty else {
        state.isWriting = false
        return nil
      }
      defer { state.pending = [] }
      return state.pending
    }
  }

  private func writeAll(_ bytes: [UInt8]) {
    var start = 0
    while start < bytes.count {
      let count = bytes[start...].withUnsafeBytes {
        Glibc.write(descriptor, $0.baseAddress, $0.count)
      }
      if count > 0 {
        start += count
      } else if errno != EINTR {
        // There is nobody to tell that the log cannot be written.
        return
      }
    }
  }
}
