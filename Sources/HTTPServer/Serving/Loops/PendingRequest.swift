/// A request that arrived whole and waits for its answer.
struct PendingRequest {
  let request: Request
  /// Whether the client wants the connection kept.
  let keepsAlive: Bool
  /// Whether its path is one of the reserved ones.
  let isReserved: Bool
  /// Whether the client sent more behind it already.
  let hasMoreInput: Bool
  /// When it had come whole.
  let received: Instant
}

extension PendingRequest {
  var subject: Outgoing.Subject {
    Outgoing.Subject(
      method: request.method, target: request.target, received: received, requestID: request.id)
  }
}
