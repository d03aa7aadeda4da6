internal import Glibc

/// An open connection, or the empty place of one: slots are used again.
///
/// **Invariant:** only the thread that owns the connection, by ``Ownership``, touches it.
///
/// Unchecked because that word, and not the type, keeps threads apart.
final class Connection: @unchecked Sendable {
  /// Where the connection stands.
  enum Stage {
    /// Between requests, since the moment.
    case idle(since: Instant)
    /// Within a head, since its first byte.
    case receivingHead(since: Instant)
    /// Within a body, since the end of its head.
    case receivingBody(since: Instant)
    /// A response is being written.
    case sending
    /// Everything of a live body that there is was sent.
    case live
    /// Everything is sent; what still comes is read and dropped until the moment.
    case lingering(until: Instant)
  }

  let slot: Int
  private(set) var descriptor: Int32 = -1
  private(set) var remoteAddress = SocketAddress(host: "", port: 0)
  var parser: RequestParser
  var stage = Stage.idle(since: 0)
  /// Bytes that were read while an earlier response could not be sent whole.
  var unread: [UInt8] = []
  /// The response that waits for the client to take it.
  var outgoing: Outgoing?
  /// What the client has taken of what was sent.
  var delivery = Delivery(descriptor: -1, at: 0)
  /// Bytes that lingering still reads and drops.
  var lingerBudget = 0
  /// Whether the client of a live body was seen to have finished sending.
  var clientHasFinished = false
  /// A request that came whole and waits for a thread that may block.
  var pending: PendingRequest?
  /// Which of the event loops watches it.
  private(set) var loop = 0
  /// What its event loop was told to watch for; nil before the first time.
  var armed: Poller.Interest?
  /// Whether all that had come was read; what comes later is an event of its own.
  var isDrained = false
  /// Whether the client may have ended its sending, of which no other event will tell.
  var mayHaveEnded = false
  /// Whether a proxy is at the other end, so that each request may be another client's.
  private(set) var speaksForOthers = false
  /// The client whose place in the server's ``ClientQuota`` this has.
  private var client: ClientKey?
  /// Bytes of a body that count in the server's ``BodyBudget``.
  var heldBytes = 0
  private var presence: ClientPresence?

  init(slot: Int, limits: ParserLimits) {
    self.slot = slot
    parser = RequestParser(limits: limits)
  }

  /// What it waits for.
  var waiting: Ownership.Waiting {
    switch stage {
    case .idle: unread.isEmpty ? .request : .progress
    case .live: .news
    case .receivingHead, .receivingBody, .sending, .lingering: .progress
    }
  }

  /// Tells handlers whether the client is there.
  var clientPresence: ClientPresence {
    if let presence { return presence }
    let presence = ClientPresence(descriptor: descriptor)
    self.presence = presence
    return presence
  }

  /// Begins with a socket.
  ///
  /// - Parameter client: whose place it has; nil where a proxy is at the other end.
  func open(
    _ descriptor: Int32, _ remoteAddress: SocketAddress, of client: ClientKey?,
    watchedBy loop: Int, at now: Instant
  ) {
    self.descriptor = descriptor
    self.remoteAddress = remoteAddress
    self.client = client
    speaksForOthers = client == nil
    self.loop = loop
    stage = .idle(since: now)
    delivery = Delivery(descriptor: descriptor, at: now)
  }

  /// Notes whose place the connection of a proxy has for as long as it answers a request.
  func serveClient(_ client: ClientKey) {
    self.client = client
  }

  /// Forgets whose place it has.
  func takeClient() -> ClientKey? {
    defer { client = nil }
    return client
  }

  /// Forgets what of a body counts.
  func takeHeldBytes() -> Int {
    defer { heldBytes = 0 }
    return heldBytes
  }

  /// Takes note of something that happened at the other end.
  func noteEvent(mayHaveEnded: Bool) {
    isDrained = false
    if mayHaveEnded { self.mayHaveEnded = true }
  }

  /// Closes the socket and lets go of everything the connection held.
  func close() {
    // Before the descriptor can be another connection's.
    outgoing?.live?.end()
    presence?.end()
    presence = nil
    clientHasFinished = false
    Glibc.close(descriptor)
    descriptor = -1
    parser = RequestParser(limits: parser.limits)
    unread = []
    outgoing = nil
    pending = nil
    armed = nil
    isDrained = false
    mayHaveEnded = false
  }

  /// Makes the coming close a reset, so that the client sees that something is missing and the
  /// system drops what it did not take.
  func resetOnClose() {
    var option = linger(l_onoff: 1, l_linger: 0)
    setsockopt(
      descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
  }
}
