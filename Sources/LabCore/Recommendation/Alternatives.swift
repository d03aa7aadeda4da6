/// Labs that a person would weigh against the best: without port forwards, without bridged
/// networks, without administrator rights, with fewer adapters, with VMs alike that are asked for
/// alike. None of them is worse than another in all that counts.
func alternatives(
  to best: JudgedLab, of lab: Lab, _ rules: ReachRules, effort: SearchEffort,
  budget: Budget
) -> [JudgedLab] {
  let best = WeighedLab(best)
  var chosen: [WeighedLab] = []
  for restriction in restrictions(for: best) where budget.allows(1000) {
    let found = findBest(
      for: lab, rules, restriction, effort: effort.forAside,
      budget: budget)
    guard let judged = found.best.map(WeighedLab.init) else { continue }
    let others = [best] + chosen
    guard !others.contains(where: { $0.isAsGood(as: judged) }) else { continue }
    chosen.removeAll { judged.isAsGood(as: $0) }
    chosen.append(judged)
  }
  return chosen.map(\.judged).sorted { $0.cost < $1.cost }
}

/// What a search has to do without.
struct SearchRestriction: Hashable {
  var excludedModes: Set<NetworkMode> = []
  var allowsForwards = true
  var maximumAdapters = Int.max
  /// Whether VMs that no requirement tells apart get the same role.
  var treatsAlike = false
}

private func restrictions(for weighed: WeighedLab) -> [SearchRestriction] {
  var restrictions: [SearchRestriction] = []
  let best = weighed.judged.lab
  let modes = best.modesInUse
  if !best.portForwards.isEmpty { restrictions.append(SearchRestriction(allowsForwards: false)) }
  if modes.contains(where: { $0.segment == .uplink }) {
    restrictions.append(best.excluding { $0.segment == .uplink })
  }
  if modes.contains(where: \.needsAdministrator) {
    restrictions.append(best.excluding { $0.needsAdministrator })
  }
  if weighed.isUneven { restrictions.append(SearchRestriction(treatsAlike: true)) }
  let widest = best.machines.map(\.adapters.count).max() ?? 0
  for limit in stride(from: widest - 1, to: 0, by: -1) {
    restrictions.append(SearchRestriction(maximumAdapters: limit))
  }
  return restrictions
}

/// A lab with what people weigh beside its cost.
private struct WeighedLab {
  let judged: JudgedLab
  let isUneven: Bool

  init(_ judged: JudgedLab) {
    self.judged = judged
    isUneven = judged.lab.isUneven
  }

  /// Whether another lab is better in nothing: not in its cost, and not in needing no forwards, no
  /// bridged network or no administrator, and not in treating VMs alike.
  func isAsGood(as other: WeighedLab) -> Bool {
    judged.cost.isAsGood(as: other.judged.cost)
      && zip(burdens, other.burdens).allSatisfy { !$0 || $1 }
  }

  private var burdens: [Bool] {
    let modes = judged.lab.modesInUse
    return [
      !judged.lab.portForwards.isEmpty, modes.contains { $0.segment == .uplink },
      modes.contains(where: \.needsAdministrator), isUneven,
    ]
  }
}

extension Lab {
  /// What keeps out the modes of its product of which something holds.
  fileprivate func excluding(_ isOut: (ModeProfile) -> Bool) -> SearchRestriction {
    SearchRestriction(excludedModes: Set(product.modes.filter(isOut).map(\.mode)))
  }

  /// Whether VMs that no requirement tells apart are attached in different ways.
  var isUneven: Bool {
    let classes = RecommendationQuestion(self).symmetryClasses
    var ways: [Int: [NetworkMode]] = [:]
    return machines.indices.contains { machine in
      let modes = machines[machine].adapters.compactMap { network(of: $0)?.mode }
      let way = NetworkMode.allCases.flatMap { mode in modes.filter { $0 == mode } }
      defer { ways[classes[machine]] = way }
      return ways[classes[machine]].map { $0 != way } ?? false
    }
  }
}
