internal import Glibc

/// What a connection has handed to the system, and what of it the client has taken.
///
/// The system takes bytes for a client that reads nothing, up to the size of its buffer. What counts
/// is what the client's own system has acknowledged.
struct Delivery {
  private let descriptor: Int32
  /// Bytes that were handed over since the connection was opened.
  private var handed = 0
  /// When the response that was sent last began, and what was handed over before it.
  private var start: Instant
  private var before = 0
  /// Bytes that were handed over since all of them were last known to be acknowledged.
  private var unsettled = 0

  init(descriptor: Int32, at now: Instant) {
    self.descriptor = descriptor
    start = now
  }

  /// Fewer bytes than these need not be looked after: the system holds as many for every connection.
  private static var negligible: Int { 16 * 1024 }

  /// A response begins.
  mutating func begin(at now: Instant) {
    start = now
    before = handed
  }

  /// So many bytes more were handed over.
  mutating func note(_ bytes: Int) {
    handed += bytes
    unsettled += bytes
  }

  /// Whether the client has yet to take a good part of what was handed over.
  mutating func isOwed() -> Bool {
    guard unsettled >= Self.negligible else { return false }
    if unacknowledged == 0 { unsettled = 0 }
    return unsettled > 0
  }

  /// Until when the client may take what was handed over.
  func deadline(_ timeouts: Configuration) -> Instant {
    let taken = max(0, handed - unacknowledged - before)
    return start &+ timeouts.writeTimeout.nanoseconds &+ timeouts.timeGranted(forBytes: taken)
  }

  /// Bytes that the system has for the client and that are not acknowledged (tcp(7), `SIOCOUTQ`).
  private var unacknowledged: Int {
    var count: Int32 = 0
    guard ioctl(descriptor, UInt(TIOCOUTQ), &count) == 0 else { return 0 }
    return Int(count)
  }
}
