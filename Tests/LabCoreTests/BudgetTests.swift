import Testing

@testable import LabCore

@Suite struct BudgetTests {
  /// How many steps a budget allows, taken in portions.
  private func steps(of budget: Budget, by portion: Int = 1, upTo most: Int = 10_000) -> Int {
    var taken = 0
    while taken < most, budget.allows(portion) { taken += portion }
    return taken
  }

  @Test(arguments: [0, 1, 2, 255, 256, 257, 1000, 5000])
  func stepsAreExact(count: Int) {
    let budget = Budget(steps: count)
    #expect(steps(of: budget) == count)
    #expect(budget.exhaustion == .steps)
    #expect(steps(of: budget) == 0)
  }

  @Test func portionsCountAsTheirSteps() {
    #expect(steps(of: Budget(steps: 1000), by: 300) == 900)
    #expect(steps(of: Budget(steps: 100), by: 300) == 0)
  }

  @Test func anUnlimitedBudgetNeverEnds() {
    let budget = Budget.unlimited
    #expect(steps(of: budget, by: .max / 20_000, upTo: .max / 4) >= .max / 4)
    #expect(budget.exhaustion == nil)
  }

  @Test(arguments: [BudgetExhausted.time, .memory, .clientGone])
  func aLookEndsItWithinAFewHundredSteps(reason: BudgetExhausted) {
    var isOver = false
    let budget = Budget { isOver ? reason : nil }
    #expect(steps(of: budget, upTo: 2000) == 2000)
    isOver = true
    #expect(steps(of: budget) <= 256)
    #expect(budget.exhaustion == reason)
    isOver = false
    #expect(throws: reason) { try budget.spend() }
  }

  @Test func whatAPartSpendsCountsForTheWhole() {
    let whole = Budget(steps: 3000)
    let part = whole.part(steps: 1000)
    #expect(steps(of: part) == 1000)
    #expect(part.exhaustion == .steps)
    #expect(whole.exhaustion == nil)
    #expect((1999...2256).contains(steps(of: whole)))
  }

  @Test func aPartEndsWithTheWhole() {
    let whole = Budget(steps: 500)
    let part = whole.part(steps: 10_000)
    #expect((500...756).contains(steps(of: part)))
    #expect(part.exhaustion == .steps)
    #expect(whole.exhaustion == .steps)
  }

  @Test func bytesAreCountedUntilTheyAreReleased() throws {
    let whole = Budget(bytes: 100)
    let part = whole.part()
    try part.reserve(bytes: 60)
    part.release(bytes: 60)
    try part.reserve(bytes: 60)
    try whole.reserve(bytes: 40)
    #expect(throws: BudgetExhausted.memory) { try part.reserve(bytes: 1) }
    #expect(throws: BudgetExhausted.memory) { try part.spend() }
  }

  @Test func onceEndedItStaysEnded() {
    let budget = Budget()
    budget.end(because: .clientGone)
    budget.end(because: .time)
    #expect(budget.exhaustion == .clientGone)
    #expect(!budget.allows())
    #expect(!budget.allows(bytes: 0))
  }
}
