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
  // What is found is told, also when the time of the search is over.
  let telling = Budget(steps: stepsOfTelling)
  return RecommendationReport(
    requirements: lab.draft.requirements,
    recommendations: (chosen + alone).enumerated().map { index, judged in
      Recommendation(judged, rank: index + 1, budget: telling)
    },
    ruledOut: modes.ruledOut, proof: found.proof, change: change)
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
  init(_ judged: JudgedLab, rank: Int, budget: Budget) {
    self.init(
      rank: rank, summary: judged.lab.networkSummary, modes: judged.lab.modesInUse.map(\.mode),
      cost: judged.cost, lab: judged.lab.draft,
      because: reasons(for: judged, budget: budget),
      caveats: LabCore.caveats(of: judged, budget: budget))
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
