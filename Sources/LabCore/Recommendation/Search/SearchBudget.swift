/// How much a search may still do, and what it had to leave out.
final class SearchBudget {
  private var steps: Int
  private var looks = 0
  private let mayContinue: () -> Bool
  /// Nothing that was left out costs less than this.
  private(set) var leastLeftOut = Weight.impossible
  /// How often candidates were left out.
  private(set) var leftOutCount = 0
  private(set) var isSpent = false

  init(steps: Int, _ mayContinue: @escaping () -> Bool) {
    self.steps = steps
    self.mayContinue = mayContinue
  }

  /// Whether there is one more step.
  func take() -> Bool {
    steps -= 1
    if steps < 0 { isSpent = true }
    return mayGoOn()
  }

  /// Whether to go on within a step, to be asked every few microseconds.
  func mayGoOn() -> Bool {
    looks &+= 1
    if !isSpent, looks & 31 == 0, !mayContinue() { isSpent = true }
    return !isSpent
  }

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
