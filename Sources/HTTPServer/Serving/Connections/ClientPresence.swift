internal import Glibc
internal import Synchronization

/// Whether the other end of a connection is still there, asked while a handler has the connection.
///
/// A client that has ended its sending may have shut down that direction alone and wait for the
/// answer, or may have gone: TCP says the same of both (RFC 9293, section 3.6). So it is sent an
/// interim response, which every HTTP/1.1 client has to pass over (RFC 9110, section 15.2): the
/// system of one that is gone answers with a reset, and the next look sees it. HTTP/1.0 knows no
/// interim responses; such clients count as present until their system says otherwise.
final class ClientPresence: Sendable {
  private let descriptor: Atomic<Int32>
  private let hasProbed = Atomic(false)

  init(descriptor: Int32) {
    self.descriptor = Atomic(descriptor)
  }

  /// Says that the descriptor is about to be closed.
  func end() {
    descriptor.store(-1, ordering: .relaxed)
  }

  /// Whether nobody is there to receive an answer any more.
  func isGone(version: Request.Version) -> Bool {
    let socket = descriptor.load(ordering: .relaxed)
    switch PeerState(ofSocket: socket) {
    case .present: return false
    case .gone: return true
    case .finishedSending: break
    }
    guard version == .http11, !hasProbed.exchange(true, ordering: .relaxed) else { return false }
    sendInterim("HTTP/1.1 102 Processing\r\n\r\n", to: socket)
    // Over the loopback the reset is there already.
    return PeerState(ofSocket: socket) == .gone
  }
}

/// What the system knows of the other end of a connection.
enum PeerState {
  case present
  /// It sends nothing more; whether it still reads is not known.
  case finishedSending
  /// It has reset the connection, or both directions are over.
  case gone

  init(ofSocket descriptor: Int32) {
    var event = pollfd(fd: descriptor, events: Self.readHangUp, revents: 0)
    guard poll(&event, 1, 0) != 0 else {
      self = .present
      return
    }
    self = event.revents == Self.readHangUp ? .finishedSending : .gone
  }

  /// Whether something has come from it that nobody has read, its end among it.
  static func hasSent(to descriptor: Int32) -> Bool {
    var event = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return poll(&event, 1, 0) != 0
  }

  /// `POLLRDHUP`, which stands behind `_GNU_SOURCE`.
  private static let readHangUp: Int16 = 0x2000
}

/// Sends a line between responses. Every earlier response has been sent, so that it fits, unless
/// the client reads none of them. A connection whose line is cut short cannot go on; reading will
/// find it ended.
func sendInterim(_ line: StaticString, to descriptor: Int32) {
  let sent = line.withUTF8Buffer {
    Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
  }
  if sent != line.utf8CodeUnitCount { shutdown(descriptor, Int32(SHUT_RDWR)) }
}
