/// Labs that a person would weigh against the best: without port forwards, without bridged
/// networks, without administrator rights, with fewer adapters. None of them is worse than another
/// in all that counts.
func alternatives(
  to best: JudgedLab, of lab: Lab, effort: SearchEffort, mayContinue: @escaping () -> Bool
) -> [JudgedLab] {
  var chosen: [JudgedLab] = []
  for restriction in restrictions(for: best.lab) where mayContinue() {
    let found = findBest(
      for: lab, restriction, effort: effort.forAside,
      mayContinue: mayContinue)
    guard let judged = found.best else { continue }
    let others = [best] + chosen
    guard !others.contains(where: { $0.isAsGood(as: judged) }) else { continue }
    chosen.removeAll { judged.isAsGood(as: $0) }
    chosen.append(judged)
  }
  return chosen.sorted { $0.cost < $1.cost }
}

/// What a search has to do without.
struct SearchRestriction: Hashable {
  var excludedModes: Set<NetworkMode> = []
  var allowsForwards = true
  var maximumAdapters = Int.max
}

private func restrictions(for best: Lab) -> [SearchRestriction] {
  var restrictions: [SearchRestriction] = []
  let modes = best.modesInUse
  if !best.portForwards.isEmpty { restrictions.append(SearchRestriction(allowsForwards: false)) }
  if modes.contains(.bridged) {
    restrictions.append(SearchRestriction(excludedModes: [.bridged]))
  }
  if modes.contains(where: \.needsAdministrator) {
    restrictions.append(SearchRestriction(excludedModes: [.bridged, .hostOnly]))
  }
  let widest = best.machines.map(\.adapters.count).max() ?? 0
  for limit in stride(from: widest - 1, to: 0, by: -1) {
    restrictions.append(SearchRestriction(maximumAdapters: limit))
  }
  return restrictions
}

extension JudgedLab {
  /// Whether another lab is better in nothing: not in its cost, and not in needing no forwards, no
  /// bridged network or no administrator.
  fileprivate func isAsGood(as other: JudgedLab) -> Bool {
    cost.isAsGood(as: other.cost) && zip(burdens, other.burdens).allSatisfy { !$0 || $1 }
  }

  private var burdens: [Bool] {
    let modes = lab.modesInUse
    return [
      !lab.portForwards.isEmpty, modes.contains(.bridged),
      modes.contains(where: \.needsAdministrator),
    ]
  }
}
