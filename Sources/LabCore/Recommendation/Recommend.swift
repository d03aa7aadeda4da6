/// Finds the lab that meets a lab's requirements at the least cost (`LabCost`), and proves that
/// there is no better one.
///
/// The same lab gets the same answer as long as the budget looks at nothing but steps.
///
/// - Parameters:
///   - effort: how far to search before the best so far has to do.
///   - budget: the search ends with the best that it has when the budget does.
public func recommend(
  for lab: Lab, effort: SearchEffort = .usual, budget: Budget = .unlimited
) -> RecommendationReport {
  let budget = budget.part(steps: effort.work)
  let modes = ModesAlone(lab, budget: budget)
  let mended = lab.standingMachines.isEmpty ? nil : mendedDesign(of: lab, budget: budget)
  if let mended, lab.hasStandingRouter {
    // Beside a router that does, other ways out would lead around it.
    return RecommendationReport(
      lab, [mended], ruledOut: modes.ruledOut, proof: .bound(LabCost()),
      change: mended.judged.lab.draft, keepsDesign: true)
  }
  let rules = ReachRules(lab)
  // Half of the work is left for what is told beside the best.
  let found = findBest(
    for: lab, rules, effort: effort, budget: budget.part(steps: effort.work / 2))
  var chosen: [JudgedLab] = []
  if let best = found.best {
    chosen = alternatives(to: best, of: lab, rules, effort: effort, budget: budget)
    // Of labs that cost the same, one that treats VMs alike goes before one that does not.
    let equal = chosen.first.flatMap { $0.cost == best.cost && !$0.lab.isUneven ? $0 : nil }
    if equal == nil { chosen.insert(best, at: 0) }
  }
  let alone = modes.fitting.filter { mode in
    !chosen.contains { mode.isSameModeAlone(as: $0) }
  }
  let change = smallestChange(
    of: lab, to: chosen + alone, rules, effort: effort, budget: budget)
  var others = mended.map { [$0] } ?? []
  if chosen.isEmpty && alone.isEmpty && mended == nil
    || lab.draft.constraints.mayAddGateways == true
  {
    others += gatewayProposals(for: lab, budget: budget)
  }
  let proposals = merged((chosen + alone).map { Proposal(judged: $0) }, others)
  return RecommendationReport(
    lab, proposals, ruledOut: modes.ruledOut,
    proof: found.proof(besides: others, mended: mended), change: change ?? mended?.judged.lab.draft)
}

/// Labs in their order, with others before the first that costs more.
private func merged(_ labs: [Proposal], _ others: [Proposal]) -> [Proposal] {
  others.reduce(into: labs) { list, other in
    let place = list.firstIndex { other.judged.cost < $0.judged.cost }
    list.insert(other, at: place ?? list.endIndex)
  }
}

extension FoundLab {
  /// What is known of the best lab where others than those of the search are at hand.
  fileprivate func proof(besides others: [Proposal], mended: Proposal?) -> RecommendationProof {
    switch proof {
    case .optimal:
      guard let best, others.contains(where: { $0.judged.cost < best.cost }) else { return proof }
      return .bound(LabCost())
    case .unmeetable: return mended == nil ? proof : .bound(LabCost())
    case .bound(let bound):
      return .bound(others.reduce(bound) { min($0, $1.judged.cost) })
    }
  }
}

extension RecommendationReport {
  fileprivate init(
    _ lab: Lab, _ proposals: [Proposal], ruledOut: [RuledOutMode], proof: RecommendationProof,
    change: LabDraft?, keepsDesign: Bool = false
  ) {
    // What is found is told, also when the time of the search is over.
    let telling = Budget(steps: stepsOfTelling)
    self.init(
      requirements: lab.draft.requirements,
      recommendations: proposals.enumerated().map { index, proposal in
        Recommendation(proposal, rank: index + 1, budget: telling)
      },
      ruledOut: ruledOut.map { $0.amended(by: proposals) }, proof: proof, change: change,
      keepsDesign: keepsDesign)
  }
}

extension RuledOutMode {
  /// With a word on the recommended lab, if there is one, in which port forwards make the mode do.
  fileprivate func amended(by proposals: [Proposal]) -> RuledOutMode {
    let rank = proposals.firstIndex { $0.judged.lab.modesInUse.map(\.mode) == [mode] }
    guard let rank, !proposals[rank].judged.lab.portForwards.isEmpty else { return self }
    return RuledOutMode(
      mode: mode, cause: cause,
      because: "\(because) With the port forwards of number \(rank + 1) it does.")
  }
}

/// How many steps sentences about recommendations may take: some tenths of a second.
private let stepsOfTelling = 10_000_000

/// How far to search: how many decisions the search for a lab of up to twelve VMs may take. Those
/// of larger labs weigh more.
public struct SearchEffort: Hashable, Sendable {
  /// Not negative; with 0 only the modes alone are tried.
  public let steps: Int

  /// An effort of a number of steps.
  public init(steps: Int) {
    self.steps = max(0, steps)
  }

  /// Proves the optimum of most labs of up to twelve VMs.
  public static let usual = SearchEffort(steps: 20_000)
  /// As long as the caller lets it.
  public static let untilStopped = SearchEffort(steps: 1 << 40)

  /// How many steps of a budget all of it may take: for the usual effort some seconds.
  var work: Int { steps == 0 ? 100_000_000 : steps.multipliedReportingOverflow(by: 10_000).0 }

  /// The effort for what is told beside the best: it takes no longer when there is more time.
  var forAside: SearchEffort { SearchEffort(steps: min(steps, Self.usual.steps) / 4) }

  /// How many steps that is for a number of VMs: enough for a first candidate at least.
  func steps(forMachines count: Int) -> Int {
    steps == 0 ? 0 : max(4 * count, steps * 144 / max(144, count * count))
  }
}

extension Recommendation {
  fileprivate init(_ proposal: Proposal, rank: Int, budget: Budget) {
    let judged = proposal.judged
    self.init(
      rank: rank, summary: proposal.summary ?? judged.lab.networkSummary,
      modes: judged.lab.modesInUse.map(\.mode), cost: judged.cost, lab: judged.lab.draft,
      because: proposal.reasons + reasons(for: judged, budget: budget),
      caveats: proposal.caveats + LabCore.caveats(of: judged, budget: budget))
  }
}

extension JudgedLab {
  /// Whether another lab is this one's only mode for all VMs as well, up to names.
  fileprivate func isSameModeAlone(as other: JudgedLab) -> Bool {
    other.lab.networks.count == 1 && cost == other.cost
      && lab.modesInUse == other.lab.modesInUse
      && other.lab.machines.allSatisfy { $0.adapters.count == 1 }
  }
}
