internal import Synchronization

/// Why nobody waits for the answer to a request any more.
public enum Interruption: Hashable, Sendable {
  /// The client has gone.
  case clientLeft
  /// The request has taken as long as a request may: see ``Configuration/requestTimeout``.
  case timeIsUp
  /// The server stops, and the time that it gave to requests in flight is over.
  case serverStops
}

/// How long the work on a request makes sense.
struct RequestLifetime: Sendable {
  let client: ClientPresence
  let deadline: Instant
  let stopNotice: StopNotice

  /// Asks the system whether the client is there.
  func interruption(version: Request.Version) -> Interruption? {
    if stopNotice.isGiven { return .serverStops }
    if monotonicNow() >= deadline { return .timeIsUp }
    return client.isGone(version: version) ? .clientLeft : nil
  }
}

/// Says to whoever works on a request that the server waits for nobody any more.
final class StopNotice: Sendable {
  private let given = Atomic(false)

  var isGiven: Bool { given.load(ordering: .relaxed) }

  func give() {
    given.store(true, ordering: .relaxed)
  }
}
