import Glibc

/// Writes lines to a file descriptor, whole and in the order in which they came.
///
/// Whoever finds nobody writing writes; the lines that come meanwhile are written together by the
/// same thread, so that under load a system call carries many. Nothing is left waiting when nobody
/// writes. No caller waits for a reader: where a pipe is full, a thread of its own does.
public final class LineWriter: Sendable {
  private struct State {
    var pending: [UInt8] = []
    var isWriting = false
  }

  /// What may wait. Where the reader of the log has stopped reading, lines are dropped rather than
  /// the service stopped.
  private static let largestBacklog = 1 << 20

  /// What a pipe takes without waiting once `poll` says that it takes something (POSIX `PIPE_BUF`).
  private static let surelyTaken = 4096

  private let descriptor: Int32
  /// Whether a write may wait for a reader; a file has none.
  private let mayWait: Bool
  private let state = Locked(State())

  /// A writer to a file descriptor, which stays open.
  public init(descriptor: Int32) {
    self.descriptor = descriptor
    var status = stat()
    mayWait = fstat(descriptor, &status) != 0 || status.st_mode & S_IFMT != S_IFREG
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
    while let bytes = takePending() {
      let rest = writeAll(bytes[...], waiting: !mayWait)
      guard rest.isEmpty || !writeElsewhere(rest) else { return }
    }
  }

  /// Waits until nothing is left to write, at most for a second. For the end of a process.
  public func flush() {
    for _ in 0..<1000 where state.withLock({ $0.isWriting }) { usleep(1000) }
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

  /// Writes bytes, and gives back those that have to wait.
  private func writeAll(_ bytes: ArraySlice<UInt8>, waiting: Bool) -> ArraySlice<UInt8> {
    var rest = bytes
    while !rest.isEmpty, waiting || takesMore {
      let piece = waiting ? rest : rest.prefix(Self.surelyTaken)
      let count = piece.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count > 0 {
        rest = rest.dropFirst(count)
      } else if errno != EINTR {
        // There is nobody to tell that the log cannot be written.
        return []
      }
    }
    return rest
  }

  private var takesMore: Bool {
    var event = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
    return poll(&event, 1, 0) != 0
  }

  /// Goes on writing in a thread of its own, until nothing is left to write. False where the system
  /// has none.
  private func writeElsewhere(_ rest: ArraySlice<UInt8>) -> Bool {
    let work = Unmanaged.passRetained(Backlog(writer: self, bytes: rest))
    var thread = pthread_t()
    let result = pthread_create(
      &thread, nil,
      { argument in
        guard let argument else { return nil }
        Unmanaged<Backlog>.fromOpaque(argument).takeRetainedValue().write()
        return nil
      }, work.toOpaque())
    guard result == 0 else {
      work.release()
      return false
    }
    pthread_detach(thread)
    return true
  }

  private final class Backlog: Sendable {
    private let writer: LineWriter
    private let bytes: ArraySlice<UInt8>

    init(writer: LineWriter, bytes: ArraySlice<UInt8>) {
      self.writer = writer
      self.bytes = bytes
    }

    func write() {
      _ = writer.writeAll(bytes, waiting: true)
      while let bytes = writer.takePending() { _ = writer.writeAll(bytes[...], waiting: true) }
    }
  }
}
