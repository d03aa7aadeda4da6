/// A request that came whole and is to be answered.
struct PendingRequest {
  let request: Request
  /// Whether the client wants the connection kept.
  let keepsAlive: Bool
  /// Whether its path is one of the reserved ones.
  let isReserved: Bool
  /// Whether the client sent more behind it already.
  let hasMoreInput: Bool
  /// The bytes of the request; empty where no other one of the same bytes is expected.
  let message: [UInt8]
  /// When it had come whole.
  let received: Instant
}

extension PendingRequest {
  /// Requests that are longer are hardly sent twice.
  private static var longestRepeated: Int { 4096 }

  /// - Parameter message: the bytes of the request, where they came in one piece.
  init(
    _ request: Request, keepsAlive: Bool, isReserved: Bool, hasMoreInput: Bool,
    message: borrowing Span<UInt8>, received: Instant
  ) {
    let isRepeatable =
      (request.method == .get || request.method == .head) && request.body.isEmpty
      && message.count <= Self.longestRepeated
    self.request = request
    self.keepsAlive = keepsAlive
    self.isReserved = isReserved
    self.hasMoreInput = hasMoreInput
    self.message = isRepeatable ? message.withUnsafeBufferPointer { Array($0) } : []
    self.received = received
  }

  var subject: Outgoing.Subject {
    Outgoing.Subject(
      method: request.method, target: request.target, received: received, requestID: request.id)
  }
}
