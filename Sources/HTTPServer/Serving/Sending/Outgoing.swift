internal import Glibc

/// A response on its way out.
struct Outgoing {
  /// What happens to the connection after the response.
  enum Ending {
    /// It stays open.
    case keep
    /// It is closed: the client asked for it and sends nothing more.
    case close
    /// It is closed, and what the client still sends is dropped first: were it left unread, the
    /// system would reset the connection and the client might never see the response.
    case linger
  }

  /// How far a call to ``send(to:)`` came.
  enum Progress {
    case complete
    /// The client takes no more for now.
    case blocked
    /// There is more to send, but others come first.
    case turnOver
    /// All is sent that a live body has now.
    case dry
    case failed
    /// The client of a live body has had enough of it.
    case left
  }

  /// What the response answers, for the access log.
  struct Subject {
    let method: Method?
    let target: String?
    let received: Instant
    let requestID: RequestID
    /// See ``Response/client``.
    var client: String?
  }

  /// Where pieces of the body come from.
  private enum Source {
    case none
    case stream(BodyStream)
    case live(LiveBody)
  }

  let subject: Subject
  let status: Status
  let route: String?
  private(set) var ending: Ending
  private(set) var bytesSent = 0
  private(set) var head: [UInt8]
  private var body: [UInt8] = []
  private var offset = 0
  private var source = Source.none
  private let isChunked: Bool
  private var chunkIsOpen = false

  /// A response whose head is written.
  ///
  /// - Parameter body: what follows the head, nothing where the response has none.
  init(
    _ subject: Subject, status: Status, route: String?, head: consuming [UInt8],
    body: Response.Body, isChunked: Bool, ending: Ending
  ) {
    self.subject = subject
    self.status = status
    self.route = route
    self.head = head
    self.ending = ending
    self.isChunked = isChunked
    switch body {
    case .none: break
    case .bytes(let bytes): self.body = bytes
    case .stream(let stream): source = .stream(stream)
    case .live(let live): source = .live(live)
    }
  }

  /// Whether the next bytes may take a while to come by.
  var isMadeWhileSent: Bool { !isEnded }

  /// The body that is waited for, where it is a live one.
  var live: LiveBody? {
    if case .live(let live) = source { live } else { nil }
  }

  /// The buffer of the head, to be used again once the response is out.
  mutating func takeHeadBuffer() -> [UInt8] {
    let buffer = head
    head = []
    return buffer
  }

  /// Sends as much as the socket takes.
  mutating func send(to descriptor: Int32) -> Progress {
    for _ in 0..<Self.piecesPerTurn {
      do { try refill() } catch { return .failed }
      if isSent, live != nil { return .dry }
      switch sendPiece(to: descriptor) {
      case .complete where !isEnded: continue
      case let progress: return progress
      }
    }
    return .turnOver
  }

  /// How many pieces of a stream are sent before other connections come first.
  private static var piecesPerTurn: Int { 16 }

  private var isSent: Bool { head.isEmpty && body.isEmpty }

  private var isEnded: Bool {
    if case .none = source { true } else { false }
  }

  /// Says that a live body is still there. Nothing of it may wait to be sent.
  mutating func beat() {
    if let live, isSent { append(live.heartbeat, complete: true) }
  }

  /// Ends a live body, and the connection with it.
  mutating func endLive() {
    live?.end()
    endBody()
    ending = .close
  }

  /// Takes the next piece of the source where all before is sent. The first one joins the head.
  private mutating func refill() throws {
    if case .none = source { return }
    guard body.isEmpty, bytesSent == 0 || head.isEmpty else { return }
    switch source {
    case .none:
      break
    case .stream(let stream):
      if let piece = try stream.next() { append(piece, complete: false) } else { endBody() }
    case .live(let live):
      switch try live.next() {
      case .bytes(let piece): append(piece, complete: true)
      case .nothingYet: break
      case .end:
        live.end()
        endBody()
      }
    }
  }

  /// Appends a piece of the body.
  ///
  /// - Parameter complete: whether its chunk is ended with it. Clients that take chunks as wholes
  ///   would otherwise see a piece of a live body only with the next one; for others the end
  ///   travels with the next chunk, so that the piece is not copied.
  private mutating func append(_ piece: [UInt8], complete: Bool) {
    guard !piece.isEmpty else { return }
    body = piece
    guard isChunked else { return }
    if chunkIsOpen { head.append("\r\n") }
    head.append(hexadecimal: piece.count)
    head.append("\r\n")
    chunkIsOpen = !complete
    if complete { body.append("\r\n") }
  }

  private mutating func endBody() {
    source = .none
    if isChunked { head.append(chunkIsOpen ? "\r\n0\r\n\r\n" : "0\r\n\r\n") }
  }

  private mutating func sendPiece(to descriptor: Int32) -> Progress {
    let total = head.count + body.count
    while offset < total {
      let count = write(to: descriptor)
      if count >= 0 {
        offset += count
        bytesSent += count
      } else if errno == EAGAIN {
        return .blocked
      } else if errno != EINTR {
        return .failed
      }
    }
    head.removeAll(keepingCapacity: true)
    body = []
    offset = 0
    return .complete
  }

  /// One system call for what is left of head and body.
  private func write(to descriptor: Int32) -> Int {
    head.withUnsafeBytes { head in
      body.withUnsafeBytes { body in
        sendVector(
          descriptor, UnsafeRawBufferPointer(rebasing: head[min(offset, head.count)...]),
          UnsafeRawBufferPointer(rebasing: body[max(0, offset - head.count)...]))
      }
    }
  }
}

/// `sendmsg` of two buffers. A closed connection is an error, never a signal.
private func sendVector(
  _ descriptor: Int32, _ first: UnsafeRawBufferPointer, _ second: UnsafeRawBufferPointer
) -> Int {
  var vectors = (
    iovec(iov_base: UnsafeMutableRawPointer(mutating: first.baseAddress), iov_len: first.count),
    iovec(iov_base: UnsafeMutableRawPointer(mutating: second.baseAddress), iov_len: second.count)
  )
  return withUnsafeMutableBytes(of: &vectors) { vectors in
    var message = msghdr()
    message.msg_iov = vectors.baseAddress?.assumingMemoryBound(to: iovec.self)
    message.msg_iovlen = 2
    return sendmsg(descriptor, &message, Int32(MSG_NOSIGNAL))
  }
}
