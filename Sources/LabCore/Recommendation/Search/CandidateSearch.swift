/// The networks of a candidate and how every VM is attached to them.
struct CandidateDesign: Hashable {
  var networks: [SharedNetwork]
  /// By index in `Lab.machines`.
  var attachments: [Attachment]
}

/// Finds the cheapest candidate by branch and bound: first every VM's role, which decides most of
/// the exposure, then the networks (`NetworkSearch`).
///
/// Roles are given to one VM after the other, each time to the one that has the fewest left, the
/// most promising first. Roles that cannot be part of a better candidate than the best so far are
/// dropped on the way (`OpenRoles`).
struct CandidateSearch {
  private let question: RecommendationQuestion
  private let rules: ReachRules
  private let progress: SearchProgress
  /// The VMs in the order in which they get networks: routers first.
  private let order: [Int]
  private let pairs: RolePairs
  /// The cost of the best candidate so far, the incumbent.
  private var limit: Weight
  private var memo: NetworkMemo
  private let judge: (CandidateDesign, Weight) -> Weight
  /// No candidate costs less than this.
  private(set) var rootBound = Weight.zero

  /// - Parameters:
  ///   - limit: candidates that cost this or more do not count.
  ///   - judge: takes a candidate that is better than the limit, and returns the new limit.
  init(
    _ question: RecommendationQuestion, _ rules: ReachRules, progress: SearchProgress,
    limit: Weight = .impossible,
    judge: @escaping (CandidateDesign, Weight) -> Weight
  ) {
    self.question = question
    self.rules = rules
    self.progress = progress
    self.limit = limit
    self.judge = judge
    memo = NetworkMemo(question)
    order = question.searchOrder()
    pairs = RolePairs(question, rules, progress)
  }

  mutating func run() {
    guard !question.isContradictory else { return }
    guard progress.mayGoOn() else { return progress.leaveOut(.zero) }
    var open = OpenRoles(pairs)
    guard open.tighten(to: limit, rounds: 40, work: 8_000_000, progress) else { return }
    rootBound = open.bound
    chooseRoles(open)
  }

  private mutating func chooseRoles(_ open: OpenRoles) {
    guard let machine = open.next else { return chooseNetworks(open.chosen) }
    let bound = open.bound
    for option in open.choices(of: machine) {
      guard bound < limit else { return }
      guard progress.takesDecision() else { return progress.leaveOut(bound) }
      guard var next = open.choosing(option, of: machine, question) else { continue }
      // Where its shares change, each level of the search has a copy of them.
      let bytes = next.shareBytes
      let hasRoom = progress.reserves(bytes: bytes)
      defer { if hasRoom { progress.release(bytes: bytes) } }
      guard next.tighten(to: limit, rounds: hasRoom ? 2 : 0, work: 400_000, progress)
      else { continue }
      chooseRoles(next)
    }
  }

  private mutating func chooseNetworks(_ chosen: [Int]) {
    let roles = zip(pairs.options, chosen).map { $0[$1].role }
    let search = NetworkSearch(
      question, rules: rules, roles: roles, order: order, progress: progress, judge: judge)
    limit = memo.limit(of: search, below: limit, progress)
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
      return (degrees[right], symmetryClasses[left], left)
        < (degrees[left], symmetryClasses[right], right)
    }
    while let next = open.min(by: isBefore) {
      order.append(next)
      open.removeAll { $0 == next }
      for other in open where needs(next, other) { links[other] += 1 }
    }
    return order
  }
}
