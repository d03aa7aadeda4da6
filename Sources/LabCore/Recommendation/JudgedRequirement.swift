/// Whether a lab meets a requirement, and the pairs that decide it.
public struct JudgedRequirement: Hashable, Sendable {
  /// A pair that the requirement is about.
  public struct Pair: Hashable, Sendable {
    /// Who dials.
    public let source: Endpoint
    /// Who is dialled.
    public let target: Endpoint
    /// What comes of it.
    public let outcome: Outcome
    /// Whether that is as the requirement wants it.
    public let isMet: Bool
  }

  /// By index in `Lab.requirements`.
  public let index: Int
  /// How many pairs do not meet it.
  public let unmetCount: Int
  /// How many pairs it is about.
  public let pairCount: Int
  /// Those that do not meet it first, then the others, as far as there was room.
  public let pairs: [Pair]

  /// Whether every pair meets it.
  public var isMet: Bool { unmetCount == 0 }
}

extension Plan {
  /// Every requirement of the lab with the pairs that decide it, in the document's order.
  ///
  /// - Parameter most: how many pairs all of them list together, at most.
  /// - Throws: `BudgetExhausted` where that takes more than the budget has.
  public func judgedRequirements(
    listing most: Int, budget: Budget
  ) throws(BudgetExhausted) -> [JudgedRequirement] {
    var tables = ReachTables(lab, fabric, budget: budget)
    var room = most
    var judged: [JudgedRequirement] = []
    for (index, requirement) in lab.requirements.enumerated() {
      let pairs = try tables.pairs(of: requirement, listing: room, budget: budget)
      room -= pairs.listed.count
      judged.append(
        JudgedRequirement(
          index: index, unmetCount: pairs.unmetCount, pairCount: pairs.count, pairs: pairs.listed))
    }
    return judged
  }
}

extension ReachTables {
  fileprivate typealias Pairs = (listed: [JudgedRequirement.Pair], unmetCount: Int, count: Int)

  fileprivate mutating func pairs(
    of requirement: Requirement, listing most: Int, budget: Budget
  ) throws(BudgetExhausted) -> Pairs {
    let query = representative(
      of: ConnectivityQuery(transport: requirement.transport, port: requirement.port))
    let sources = lab.endpoints(of: requirement.from)
    let targets = lab.endpoints(of: requirement.to)
    // A matrix costs about as much as a few rows of pairs solved alone.
    let isMany = sources.count * targets.count > 4 * endpoints.count || hasTable(query)
    let matrix = isMany ? try table(query).matrix : nil
    var (unmet, met): ([JudgedRequirement.Pair], [JudgedRequirement.Pair]) = ([], [])
    var (unmetCount, count) = (0, 0)
    for source in sources {
      for target in targets where target != source {
        try budget.spend(isMany ? 1 : 16)
        let outcome = outcome(from: source, to: target, in: matrix, query)
        let isMet = requirement.isMet(by: outcome)
        let pair = JudgedRequirement.Pair(
          source: source, target: target, outcome: outcome, isMet: isMet)
        count += 1
        if !isMet { unmetCount += 1 }
        if isMet, met.count < most { met.append(pair) }
        if !isMet, unmet.count < most { unmet.append(pair) }
      }
    }
    return (Array((unmet + met).prefix(most)), unmetCount, count)
  }

  private mutating func outcome(
    from source: Endpoint, to target: Endpoint, in matrix: ConnectivityMatrix?,
    _ query: ConnectivityQuery
  ) -> Outcome {
    if let matrix, let row = position[source], let column = position[target] {
      return matrix[row, column]
    }
    return solver(query).outcome(from: fabric.node(of: source), to: fabric.node(of: target))
  }
}
