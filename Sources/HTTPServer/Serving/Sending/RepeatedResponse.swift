internal import Synchronization

/// A response that requests of the same bytes from the same address are answered with again, while
/// it is current.
final class RepeatedResponse: Sendable {
  /// The bytes of the request.
  let message: [UInt8]
  /// The host at the other end of the connection.
  let peer: String
  /// See ``Response/client``.
  let client: String?
  let method: Method
  let target: String
  let status: Status
  let route: String?
  let head: Head
  let body: Response.Body
  let ending: Outgoing.Ending
  /// How many bytes it takes, about.
  let cost: Int
  private let isStillTrue: @Sendable () -> Bool
  /// From when on one request asks the handler again, while others still get this response.
  private let renewal: Instant
  /// From when on nobody gets it any more.
  let end: Instant
  private let isRenewed = Atomic(false)

  /// The head, but for the date and the request's name.
  struct Head: WrittenHead, Sendable {
    let opening: [UInt8]
    let rest: [UInt8]

    func appendOpening(to bytes: inout [UInt8]) { bytes.append(contentsOf: opening) }
    func appendRest(to bytes: inout [UInt8]) { bytes.append(contentsOf: rest) }
  }

  /// Bytes of a body that is kept, at most.
  private static var longestBody: Int { 1 << 20 }

  /// A response to be repeated; nil for one that is not to be, or whose request is not expected
  /// again.
  ///
  /// - Parameters:
  ///   - peer: the host that the request came from.
  ///   - start: a moment before the handler was asked.
  init?(
    _ response: Response, to pending: PendingRequest, from peer: String,
    ending: Outgoing.Ending, at start: Instant
  ) {
    guard let isCurrent = response.isCurrent, !pending.message.isEmpty, ending != .linger,
      pending.request.version == .http11, !pending.request.headers.contains(.requestID)
    else { return nil }
    let length: Int
    switch response.body {
    case .none: length = 0
    case .bytes(let bytes): length = bytes.count
    case .stream, .live: return nil
    }
    guard length <= Self.longestBody else { return nil }
    let head = ResponseHead(
      response: response, framing: response.status.forbidsBody ? .none : .length(length),
      persistence: ending == .keep ? .unsaid : .close)
    var (opening, rest): ([UInt8], [UInt8]) = ([], [])
    head.appendOpening(to: &opening)
    head.appendRest(to: &rest)
    message = pending.message
    self.peer = peer
    client = response.client
    method = pending.request.method
    target = pending.request.target
    status = response.status
    route = response.route
    self.head = Head(opening: opening, rest: rest)
    body = method == .head || response.status.forbidsBody ? .none : response.body
    self.ending = ending
    cost = message.count + opening.count + rest.count + length + 256
    isStillTrue = isCurrent
    let time = Response.longestRepetition.nanoseconds
    renewal = start &+ time / 4 * 3
    end = start &+ time
  }

  /// Whether a request is to get this response: it would get it from the handler too. Near its end
  /// one request is told no, to renew it, so that not all of them come upon the handler at once.
  func isCurrent(at now: Instant) -> Bool {
    guard now < end, isStillTrue() else { return false }
    return now < renewal || isRenewed.exchange(true, ordering: .relaxed)
  }
}
