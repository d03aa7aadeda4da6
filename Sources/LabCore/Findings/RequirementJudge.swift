/// Checks a lab's requirements by the simulator, pair by pair or many pairs at a time.
///
/// - Throws: `BudgetExhausted` where that takes more than the budget has.
func judgeRequirements(
  of lab: Lab, plan: AddressPlan, budget: Budget
) throws(BudgetExhausted) -> RequirementVerdicts {
  guard !lab.requirements.isEmpty else { return RequirementVerdicts() }
  var judge = RequirementJudge(lab: lab, plan: plan, budget: budget)
  for index in lab.requirements.indices { try judge.judge(index) }
  return judge.verdicts
}

private struct RequirementJudge {
  private let lab: Lab
  private let budget: Budget
  private var tables: ReachTables
  private let listeners: [Int: [HostListener]]
  private var known: [Question: Answer] = [:]
  /// By query: how many pairs of it were solved one by one.
  private var singlePairs: [ConnectivityQuery: Int] = [:]
  private(set) var verdicts = RequirementVerdicts()

  private static let maximumReasons = 100

  /// What decides how a requirement fails.
  private struct Question: Hashable {
    let from: EndpointSelector
    let to: EndpointSelector
    let transport: Requirement.Transport
    let port: Int?
    let allow: Bool
  }

  /// How it fails, by reason in the order of the first pairs, and a pair that meets it by a NAT.
  private struct Answer {
    var failures: [RequirementFailure] = []
    var translated: (source: Endpoint, target: Endpoint)?
  }

  init(lab: Lab, plan: AddressPlan, budget: Budget) {
    self.lab = lab
    self.budget = budget
    let fabric = compileFabric(lab: lab, plan: plan, family: .ipv4)
    tables = ReachTables(lab, fabric, budget: budget)
    listeners = Dictionary(grouping: hostListeners(of: lab), by: \.forward.machine)
  }

  mutating func judge(_ index: Int) throws(BudgetExhausted) {
    let requirement = lab.requirements[index]
    let query = tables.representative(
      of: ConnectivityQuery(transport: requirement.transport, port: requirement.port))
    // Ports that no forward leads to fail alike.
    let isForwarded = query.port == requirement.port
    let question = Question(
      from: requirement.from, to: requirement.to, transport: requirement.transport,
      port: isForwarded || requirement.port == nil ? requirement.port : query.port,
      allow: requirement.allow)
    if known[question] == nil { known[question] = try answer(requirement, index, query) }
    guard let answer = known[question] else { return }
    verdicts.failures += answer.failures.map { $0.of(requirement: index) }
    verdicts.translated[index] = answer.translated
  }

  private mutating func answer(
    _ requirement: Requirement, _ index: Int, _ query: ConnectivityQuery
  ) throws(BudgetExhausted) -> Answer {
    let sources = lab.endpoints(of: requirement.from)
    let targets = lab.endpoints(of: requirement.to)
    // A matrix costs about as much as a few rows of pairs solved alone.
    let pairCount = sources.count * targets.count + singlePairs[query, default: 0]
    if pairCount > 4 * tables.endpoints.count || tables.hasTable(query) {
      return try answer(requirement, index, in: tables.table(query))
    }
    singlePairs[query] = pairCount
    var answer = Answer()
    let solver = tables.solver(query)
    for source in sources {
      for target in targets where target != source {
        try budget.spend(16)
        let outcome = solver.outcome(
          from: tables.fabric.node(of: source), to: tables.fabric.node(of: target))
        note(index, requirement, source, target, outcome, in: &answer)
      }
    }
    return answer
  }

  /// 64 pairs at a time; only those that fail for a reason of their own one by one.
  private func answer(
    _ requirement: Requirement, _ index: Int, in table: ReachTable
  ) throws(BudgetExhausted) -> Answer {
    var answer = Answer()
    let targets = tables.set(of: requirement.to).words
    for endpoint in lab.endpoints(of: requirement.from) {
      guard let source = tables.position[endpoint] else { continue }
      try budget.spend(targets.count)
      for word in targets.indices where targets[word] != 0 {
        var pairs = targets[word]
        if word == source >> 6 { pairs &= ~(1 << UInt64(source & 63)) }
        let met = pairs & table.met(by: requirement, source, word)
        if answer.translated == nil {
          let translated = met & table.translated.word(source, word)
          if translated != 0 {
            let target = tables.endpoints[word << 6 + translated.trailingZeroBitCount]
            answer.translated = (endpoint, target)
          }
        }
        note(index, requirement, source, word, pairs & ~met, table, in: &answer)
      }
    }
    return answer
  }

  private func note(
    _ index: Int, _ requirement: Requirement, _ source: Int, _ word: Int, _ unmet: UInt64,
    _ table: ReachTable, in answer: inout Answer
  ) {
    guard unmet != 0 else { return }
    let isolated = unmet & table.isolated.word(source, word)
    let endpoint = tables.endpoints[source]
    // What the LAN fails to reach, or must not, may be due to single forwards.
    let isSingle = endpoint == .lan
    let groups = isSingle ? [] : [isolated, unmet & ~isolated].filter { $0 != 0 }
    let inOrder = groups.sorted { $0.trailingZeroBitCount < $1.trailingZeroBitCount }
    for group in inOrder {
      let target = word << 6 + group.trailingZeroBitCount
      add(
        index, requirement, endpoint, tables.endpoints[target], table.matrix[source, target],
        count: group.nonzeroBitCount, to: &answer)
    }
    var rest = isSingle ? unmet : 0
    while rest != 0 {
      let target = word << 6 + rest.trailingZeroBitCount
      rest &= rest - 1
      add(
        index, requirement, endpoint, tables.endpoints[target], table.matrix[source, target],
        count: 1, to: &answer)
    }
  }

  private func note(
    _ index: Int, _ requirement: Requirement, _ source: Endpoint, _ target: Endpoint,
    _ outcome: Outcome, in answer: inout Answer
  ) {
    if !requirement.isMet(by: outcome) {
      add(index, requirement, source, target, outcome, count: 1, to: &answer)
    } else if outcome == .translated || outcome == .forwarded, answer.translated == nil {
      answer.translated = (source, target)
    }
  }

  private func add(
    _ index: Int, _ requirement: Requirement, _ source: Endpoint, _ target: Endpoint,
    _ outcome: Outcome, count: Int, to answer: inout Answer
  ) {
    let reason = reason(requirement, source, target, outcome)
    if let known = answer.failures.firstIndex(where: { $0.reason == reason }) {
      answer.failures[known].pairCount += count
    } else if answer.failures.count == Self.maximumReasons {
      // A finding for each of thousands of forwards helps nobody.
      answer.failures[Self.maximumReasons - 1].pairCount += count
    } else {
      answer.failures.append(
        RequirementFailure(
          requirement: index, reason: reason, source: source, target: target, outcome: outcome,
          pairCount: count))
    }
  }

  private func reason(
    _ requirement: Requirement, _ source: Endpoint, _ target: Endpoint, _ outcome: Outcome
  ) -> RequirementFailure.Reason {
    guard case .machine(let machine) = target else { return .other }
    if requirement.allow, outcome == .isolatedByNAT, source.isMachine { return .isolatedByNAT }
    guard source == .lan else { return .other }
    let leading = listeners[machine, default: []].lazy.filter {
      $0.forward.transport.rawValue == requirement.transport.rawValue
        && (requirement.port ?? $0.forward.guestPort) == $0.forward.guestPort
    }
    if requirement.allow, requirement.port != nil {
      return leading.first { $0.boundAddress?.isLoopback == true }
        .map { .loopbackForward($0.index) } ?? .other
    }
    guard !requirement.allow, outcome == .forwarded else { return .other }
    return leading.first { $0.boundAddress?.isLoopback != true }
      .map { .exposingForward($0.index) } ?? .other
  }
}

extension RequirementFailure {
  /// The same failure of another requirement that differs in nothing that matters.
  fileprivate func of(requirement index: Int) -> RequirementFailure {
    RequirementFailure(
      requirement: index, reason: reason, source: source, target: target, outcome: outcome,
      pairCount: pairCount)
  }
}
