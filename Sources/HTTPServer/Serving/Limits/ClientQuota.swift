/// How many places each client has taken, and no more than it may.
///
/// It remembers a client only while that has a place, so that it is no larger than all places
/// together.
final class ClientQuota: Sendable {
  private let limit: Int
  private let taken = Lock<[ClientKey: Int]>([:])

  /// - Parameter limit: how many places a client may have.
  init(limit: Int) {
    self.limit = limit
  }

  /// How many clients have a place.
  var clientCount: Int { taken.withLock { $0.count } }

  /// Takes a place for a client. False, and then nothing is done, when it has all it may.
  func take(_ client: ClientKey) -> Bool {
    taken.withLock { taken in
      let count = taken[client] ?? 0
      guard count < limit else { return false }
      taken[client] = count + 1
      return true
    }
  }

  /// Gives back a place that was taken.
  func giveBack(_ client: ClientKey) {
    taken.withLock { taken in
      guard let count = taken[client], count > 1 else {
        taken[client] = nil
        return
      }
      taken[client] = count - 1
    }
  }
}
