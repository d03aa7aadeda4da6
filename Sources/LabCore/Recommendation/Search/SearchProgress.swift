/// How far a search has come: what it may still do, and what it had to leave out.
final class SearchProgress {
  private let budget: Budget
  /// How many roles and networks may still be chosen.
  private(set) var decisionsLeft: Int
  /// Nothing that was left out costs less than this.
  private(set) var leastLeftOut = Weight.impossible
  /// How often candidates were left out.
  private(set) var leftOutCount = 0
  private(set) var isSpent = false
  private var bytesLeft = 64 << 20

  /// - Parameter decisions: how many roles and networks may be chosen.
  init(decisions: Int, within budget: Budget) {
    decisionsLeft = decisions
    self.budget = budget
  }

  /// Whether there is one more decision.
  func takesDecision() -> Bool {
    decisionsLeft -= 1
    if decisionsLeft < 0 { isSpent = true }
    return mayGoOn()
  }

  /// Whether to go on with work of so many steps within a decision.
  func mayGoOn(_ steps: Int = 1) -> Bool {
    if !isSpent, !budget.allows(steps) { isSpent = true }
    return !isSpent
  }

  /// Whether there is room for tables of so many bytes, which count until they are released.
  func reserves(bytes: Int) -> Bool {
    guard bytes <= bytesLeft else { return false }
    bytesLeft -= bytes
    return true
  }

  /// Gives back bytes that were reserved.
  func release(bytes: Int) { bytesLeft += bytes }

  /// Ends the search: what was wanted is found.
  func end() { isSpent = true }

  /// Notes candidates that were not tried.
  func leaveOut(_ least: Weight) {
    leastLeftOut = min(leastLeftOut, least)
    leftOutCount += 1
  }

  /// Whether every candidate was tried or ruled out.
  var isComplete: Bool { !leastLeftOut.isPossible && !isSpent }
}
