/// Looks for the forms of a product's modes that a lab's networks should have there.
///
/// Few combinations are all tried. Of many, the networks are gone through one after the other, each
/// tried in every form, until none gets better.
struct TranslationSearch {
  /// A lab on the product, judged.
  struct Candidate {
    let lab: Lab
    let reach: PlannedReach
    let verdicts: RequirementVerdicts
    let lost: [Translation.Loss]
    let cost: TranslationCost
  }

  private let rewriter: ProductRewriter
  private let before: PlannedReach
  /// By network: the forms to try, the likeliest first.
  private let forms: [[ModeProfile]]

  private static let mostCombinations = 100
  private static let mostRounds = 3

  init(_ lab: Lab, to product: Hypervisor.Product, before: PlannedReach) {
    self.before = before
    rewriter = ProductRewriter(lab, to: product)
    let target = rewriter.target
    forms = lab.networks.map { target.forms(likest: $0.profile) }
  }

  /// The best lab that the product has; nil where it has none.
  func best(_ budget: Budget) throws(BudgetExhausted) -> Candidate? {
    var choice = forms.map { _ in 0 }
    var best = try judge(choice, budget)
    let combinations = forms.reduce(1) { $0 > Self.mostCombinations ? $0 : $0 * $1.count }
    do throws(BudgetExhausted) {
      if combinations <= Self.mostCombinations {
        while advance(&choice) { best = better(best, try judge(choice, budget)) }
      } else {
        for _ in 0..<Self.mostRounds {
          guard try improve(&choice, &best, budget) else { break }
        }
      }
    } catch {
      // The best so far is the answer.
      guard best != nil, error != .clientGone else { throw error }
    }
    return best
  }

  private func better(_ best: Candidate?, _ other: Candidate?) -> Candidate? {
    guard let best, let other else { return best ?? other }
    return other.cost < best.cost ? other : best
  }

  /// The next combination, as a number whose digits are the networks' forms; false after the last.
  private func advance(_ choice: inout [Int]) -> Bool {
    for network in forms.indices.reversed() {
      choice[network] += 1
      if choice[network] < forms[network].count { return true }
      choice[network] = 0
    }
    return false
  }

  /// Goes through the networks once; false where no form of any is better.
  private func improve(
    _ choice: inout [Int], _ best: inout Candidate?, _ budget: Budget
  ) throws(BudgetExhausted) -> Bool {
    var hasImproved = false
    for network in forms.indices {
      for form in forms[network].indices where form != choice[network] {
        var other = choice
        other[network] = form
        guard let candidate = try judge(other, budget),
          best.map({ candidate.cost < $0.cost }) ?? true
        else { continue }
        best = candidate
        choice = other
        hasImproved = true
      }
    }
    return hasImproved
  }

  private func judge(
    _ choice: [Int], _ budget: Budget
  ) throws(BudgetExhausted) -> Candidate? {
    let chosen = choice.indices.map { forms[$0][choice[$0]] }
    guard let (lab, lost) = rewriter.lab(with: chosen) else { return nil }
    try budget.spend(16 * (lab.machines.count + lab.networks.count))
    let plan = Plan(lab)
    let reach = try plan.reach(ConnectivityQuery(), budget: budget)
    let verdicts = try judgeRequirements(of: lab, plan: plan.addresses, budget: budget)
    let cost = TranslationCost(
      of: lab, reach, verdicts, before: before, losses: lost.count,
      steps: zip(choice, forms).reduce(0) { $0 + $1.0 })
    return Candidate(lab: lab, reach: reach, verdicts: verdicts, lost: lost, cost: cost)
  }
}

/// What a moved lab costs: the smaller, the better, by the first part that differs.
struct TranslationCost: Hashable, Comparable {
  /// Networks beyond what the product has on a host.
  private let impossible: Int
  private let broken: Int
  /// Pairs that must not talk, and do.
  private let opened: Int
  /// Pairs that talk in one of the labs alone.
  private let changed: Int
  /// VMs that the LAN or the internet reaches.
  private let exposed: Int
  /// What is lost, and addresses that nothing hands out.
  private let byHand: Int
  /// How far the forms are from the likeliest.
  private let steps: Int

  init(
    of lab: Lab, _ reach: PlannedReach, _ verdicts: RequirementVerdicts, before: PlannedReach,
    losses: Int, steps: Int
  ) {
    var counts: [NetworkMode: Int] = [:]
    for network in lab.networks { counts[network.mode, default: 0] += 1 }
    impossible = lab.product.modes.reduce(0) { excess, form in
      excess + max(0, counts[form.mode, default: 0] - (form.limit ?? .max))
    }
    broken = Set(verdicts.failures.map(\.requirement)).count
    opened = verdicts.failures.filter { !lab.requirements[$0.requirement].allow }
      .reduce(0) { $0 + $1.pairCount }
    (changed, exposed) = reach.matrix.changes(since: before.matrix)
    byHand =
      losses
      + reach.addresses.adapters.joined().count { $0.ipv4.source == .planned }
    self.steps = steps
  }

  private var parts: [Int] { [impossible, broken, opened, changed, exposed, byHand, steps] }

  static func < (left: TranslationCost, right: TranslationCost) -> Bool {
    left.parts.lexicographicallyPrecedes(right.parts)
  }
}

extension ConnectivityMatrix {
  /// How many pairs are open in one of two matrices of the same endpoints alone, and into how many
  /// VMs the LAN or the internet gets.
  fileprivate func changes(since old: ConnectivityMatrix) -> (changed: Int, exposed: Int) {
    var (changed, exposed) = (0, 0)
    for source in endpoints.indices {
      let isOutside = endpoints[source] == .lan || endpoints[source] == .internet
      for (target, (own, other)) in zip(row(source), old.row(source)).enumerated() {
        let isOpen = Outcome(rawValue: own)?.isReachable ?? false
        if own != other, isOpen != (Outcome(rawValue: other)?.isReachable ?? false) { changed += 1 }
        if isOutside, isOpen, case .machine = endpoints[target] { exposed += 1 }
      }
    }
    return (changed, exposed)
  }
}

extension ProductProfile {
  /// Every form of every mode, those of the same word first, then those that come nearest.
  fileprivate func forms(likest profile: ModeProfile) -> [ModeProfile] {
    let words = [profile.mode] + profile.mode.nearest
    let others = modes.map(\.mode).filter { !words.contains($0) }
    return (words + others).flatMap(forms)
  }
}
