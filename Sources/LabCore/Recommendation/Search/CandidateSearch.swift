/// The networks of a candidate and how every VM is attached to them.
struct CandidateDesign: Hashable {
  var networks: [SharedNetwork]
  /// By index in `Lab.machines`.
  var attachments: [Attachment]
}

/// Finds the cheapest candidate by branch and bound: first every VM's role, which decides most of
/// the exposure, then the networks (`NetworkSearch`).
///
/// Roles are given to one VM after the other, the most promising first. The search turns back where
/// what is decided, and the least that the rest costs, is no better than the best candidate. That
/// least is what each VM costs by itself and with those that have a role, and half of what it costs
/// with each of the others, each at its best.
struct CandidateSearch {
  let question: RecommendationQuestion
  let rules: ReachRules
  let budget: SearchBudget
  /// The VMs in the order in which they get roles and networks: routers first.
  private let order: [Int]
  /// By VM.
  private let options: [[(role: Role, weight: Weight)]]
  /// By depth, VM and option: half of what its pairs with VMs after that depth cost at least.
  private let halves: [[[Weight]]]
  /// By VM and option: what it costs by itself and with the VMs that have roles.
  private var known: [[Weight]]
  private var chosen: [Int]
  private var limit: Weight
  private let judge: (CandidateDesign, Weight) -> Weight

  /// - Parameters:
  ///   - limit: candidates that cost this or more do not count.
  ///   - judge: takes a candidate that is better than the limit, and returns the new limit.
  init(
    _ question: RecommendationQuestion, budget: SearchBudget, limit: Weight = .impossible,
    judge: @escaping (CandidateDesign, Weight) -> Weight
  ) {
    self.question = question
    self.budget = budget
    self.limit = limit
    self.judge = judge
    rules = ReachRules(question.lab)
    let order = question.searchOrder()
    let options = Self.options(question, rules, budget)
    self.order = order
    self.options = options
    halves = Self.halves(question, options, order)
    known = options.map { $0.map(\.weight) }
    chosen = Array(repeating: 0, count: question.machineCount)
  }

  /// No candidate costs less than this.
  var rootBound: Weight { leastCost(of: order[...], depth: 0) }

  mutating func run() {
    guard !question.isContradictory else { return }
    chooseRole(0, spent: .zero)
  }

  // MARK: One VM after the other

  private mutating func chooseRole(_ depth: Int, spent: Weight) {
    guard depth < order.count else { return chooseNetworks(spent) }
    let machine = order[depth]
    let twin = order[..<depth].last { question.kinds[$0] == question.kinds[machine] }
    let rest = order[(depth + 1)...]
    let before = known
    var steps: [(option: Int, least: Weight)] = []
    for option in options[machine].indices where option >= (twin.map { chosen[$0] } ?? 0) {
      guard spent + before[machine][option] < limit else { continue }
      pass(option, of: machine, to: rest)
      let least = spent + before[machine][option] + leastCost(of: rest, depth: depth + 1)
      known = before
      if least < limit { steps.append((option, least)) }
    }
    steps.sort { ($0.least, $0.option) < ($1.least, $1.option) }
    for step in steps {
      guard step.least < limit else { break }
      guard budget.take() else { return budget.leaveOut(step.least) }
      chosen[machine] = step.option
      pass(step.option, of: machine, to: rest)
      chooseRole(depth + 1, spent: spent + before[machine][step.option])
      known = before
    }
  }

  /// Adds what the open VMs cost with one that has got its role.
  private mutating func pass(_ option: Int, of machine: Int, to rest: ArraySlice<Int>) {
    let role = options[machine][option].role
    for other in rest {
      for (index, candidate) in options[other].enumerated() where known[other][index].isPossible {
        let pair = question.pair(machine, role, other, candidate.role)
        known[other][index] =
          known[other][index] + (pair.map { Weight(exposure: $0.apart) } ?? .impossible)
      }
    }
  }

  private mutating func chooseNetworks(_ spent: Weight) {
    let roles = options.indices.map { options[$0][chosen[$0]].role }
    var search = NetworkSearch(
      question, rules: rules, roles: roles, order: order, budget: budget, judge: judge)
    limit = search.run(limit: limit)
  }

  private func leastCost(of rest: ArraySlice<Int>, depth: Int) -> Weight {
    var total = Weight.zero
    for machine in rest {
      var least = Weight.impossible
      for option in options[machine].indices {
        least = min(least, known[machine][option] + halves[depth][machine][option])
      }
      total = total + least
    }
    return total
  }

  // MARK: Before the search

  /// More would take too long to weigh against each other.
  private static let maximumOptions = 96

  private static func options(
    _ question: RecommendationQuestion, _ rules: ReachRules, _ budget: SearchBudget
  ) -> [[(role: Role, weight: Weight)]] {
    (0..<question.machineCount).map { machine in
      let options = question.roles(of: machine, rules).sorted { $0.weight < $1.weight }
      if options.count > maximumOptions { budget.leaveOut(options[maximumOptions].weight) }
      return Array(options.prefix(maximumOptions))
    }
  }

  private static func halves(
    _ question: RecommendationQuestion, _ options: [[(role: Role, weight: Weight)]],
    _ order: [Int]
  ) -> [[[Weight]]] {
    var rest = options.map { $0.map { _ in Weight.zero } }
    var halves = Array(repeating: rest, count: order.count + 1)
    for depth in order.indices.reversed() {
      let machine = order[depth]
      for other in order[(depth + 1)...] {
        var mine = [Weight](repeating: .impossible, count: options[machine].count)
        var others = [Weight](repeating: .impossible, count: options[other].count)
        for (i, a) in options[machine].enumerated() {
          for (j, b) in options[other].enumerated() {
            guard let pair = question.pair(machine, a.role, other, b.role) else { continue }
            let half = Weight(exposure: pair.apart).half
            mine[i] = min(mine[i], half)
            others[j] = min(others[j], half)
          }
        }
        for i in mine.indices { rest[machine][i] = rest[machine][i] + mine[i] }
        for j in others.indices { rest[other][j] = rest[other][j] + others[j] }
      }
      halves[depth] = rest
    }
    return halves
  }
}

extension RecommendationQuestion {
  /// Routers first, so that who is routed to whom is known when others are attached; then each
  /// time the VM that has most to do with those before it.
  func searchOrder() -> [Int] {
    var order: [Int] = []
    var open = Array(0..<machineCount)
    var links = [Int](repeating: 0, count: machineCount)
    let degrees = (0..<machineCount).map { machine in
      (0..<machineCount).count { needs(machine, $0) }
    }
    func isBefore(_ left: Int, _ right: Int) -> Bool {
      let (a, b) = (lab.machines[left].forwards, lab.machines[right].forwards)
      if a != b { return a }
      if links[left] != links[right] { return links[left] > links[right] }
      return (degrees[right], kinds[left], left) < (degrees[left], kinds[right], right)
    }
    while let next = open.min(by: isBefore) {
      order.append(next)
      open.removeAll { $0 == next }
      for other in open where needs(next, other) { links[other] += 1 }
    }
    return order
  }
}
