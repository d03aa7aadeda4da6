internal import Synchronization

/// How many bytes all request bodies together may take, from their first byte until their requests
/// are answered.
///
/// Each connection has a share that is never refused, so that whoever sends large bodies slowly
/// leaves room for everyone's small ones.
final class BodyBudget: Sendable {
  /// Bytes of a body that are always granted.
  static let share = 16 * 1024

  private let limit: Int
  private let used = Atomic(0)

  init(limit: Int) {
    self.limit = limit
  }

  /// How many bytes are taken.
  var bytesUsed: Int { used.load(ordering: .relaxed) }

  /// Changes what a connection takes. False when there is no room for it; it counts all the same,
  /// until the connection gives it back.
  func change(from before: Int, to after: Int) -> Bool {
    let change = after - before
    guard change != 0 else { return true }
    let total = used.add(change, ordering: .relaxed).newValue
    return change < 0 || total <= limit || after <= Self.share
  }
}
