/// Finds the lab that meets a lab's requirements at the least cost (`LabCost`), and proves that
/// there is no better one.
///
/// The same lab gets the same answer as long as `mayContinue` does not interfere.
///
/// - Parameters:
///   - effort: how far to search before the best so far has to do.
///   - mayContinue: asked every now and then; the search ends with the best that it has when it
///     says no, because time is up or nobody waits for the answer any more.
public func recommend(
  for lab: Lab, effort: SearchEffort = .usual, mayContinue: () -> Bool = { true }
) -> RecommendationReport {
  let modes = ModesAlone(lab)
  let found = withoutActuallyEscaping(mayContinue) { mayContinue in
    findBest(for: lab, effort: effort, mayContinue: mayContinue)
  }
  var recommendations: [Recommendation] = []
  if let best = found.best {
    recommendations.append(recommendation(best, rank: 1))
  }
  for mode in modes.fitting where !mode.isSameModeAlone(as: found.best) {
    recommendations.append(recommendation(mode, rank: recommendations.count + 1))
  }
  return RecommendationReport(
    requirements: lab.draft.requirements, recommendations: recommendations,
    ruledOut: modes.ruledOut, proof: found.proof)
}

/// How far to search: how many times a VM may be attached in some way.
public struct SearchEffort: Hashable, Sendable {
  /// Not negative.
  public let steps: Int

  /// An effort of a number of steps.
  public init(steps: Int) {
    self.steps = max(0, steps)
  }

  /// The modes alone.
  public static let none = SearchEffort(steps: 0)
  /// Proves the optimum of most labs of up to twelve VMs.
  public static let usual = SearchEffort(steps: 200_000)
}

private func recommendation(_ judged: JudgedLab, rank: Int) -> Recommendation {
  Recommendation(
    rank: rank, summary: judged.lab.networkSummary, modes: judged.lab.modesInUse,
    cost: judged.cost, lab: judged.lab.draft, because: reasons(for: judged),
    caveats: caveats(of: judged.lab))
}

extension JudgedLab {
  /// Whether another lab is this one's only mode for all VMs as well, up to names.
  fileprivate func isSameModeAlone(as other: JudgedLab?) -> Bool {
    guard let other else { return false }
    return other.lab.networks.count == 1 && cost == other.cost
      && lab.modesInUse == other.lab.modesInUse
      && other.lab.machines.allSatisfy { $0.adapters.count == 1 }
  }
}
