/// Requirements that no lab meets together, as few as can be found.
///
/// All sets of one, two and three requirements are tried, then one requirement after the other is
/// left out as long as the rest stays unmeetable.
func unmeetableCore(
  of lab: Lab, effort: SearchEffort, mayContinue: @escaping () -> Bool
) -> UnmeetableCore {
  let all = Array(lab.requirements.indices)
  var isSmallest = true
  func isUnmeetable(_ requirements: [Int]) -> Bool {
    switch meetable(lab, requirements, effort: effort, mayContinue: mayContinue) {
    case .yes: return false
    case .no: return true
    case .unknown:
      isSmallest = false
      return false
    }
  }
  func core(_ requirements: [Int]) -> UnmeetableCore {
    UnmeetableCore(
      requirements: requirements, isSmallest: isSmallest,
      because: sentence(lab, requirements))
  }
  for size in 1...3 where size < all.count {
    for candidate in subsets(of: all, size) where isUnmeetable(candidate) {
      return core(candidate)
    }
  }
  var rest = all
  for requirement in all {
    let fewer = rest.filter { $0 != requirement }
    if !fewer.isEmpty, isUnmeetable(fewer) { rest = fewer }
  }
  if rest.count > 4 { isSmallest = false }
  return core(rest)
}

private enum Answer {
  case yes, no, unknown
}

private func meetable(
  _ lab: Lab, _ requirements: [Int], effort: SearchEffort, mayContinue: @escaping () -> Bool
) -> Answer {
  let question = RecommendationQuestion(lab, requirements: requirements)
  let budget = SearchBudget(
    steps: effort.steps(forMachines: lab.machines.count) / 8 + 200, mayContinue)
  var isFound = false
  var search = CandidateSearch(question, budget: budget) { _, weight in
    isFound = true
    budget.end()
    return weight
  }
  search.run()
  if isFound { return .yes }
  return budget.isComplete ? .no : .unknown
}

/// The sets of a size, in the order of their members.
private func subsets(of members: [Int], _ size: Int) -> [[Int]] {
  guard size > 0 else { return [[]] }
  return members.indices.flatMap { first in
    subsets(of: Array(members[(first + 1)...]), size - 1).map { [members[first]] + $0 }
  }
}

private func sentence(_ lab: Lab, _ requirements: [Int]) -> String {
  let names = requirements.map { lab.requirements[$0].sentence }
  switch names.count {
  case 1: return "No lab can do this: \(names[0])."
  case 2 where isContradiction(lab, requirements):
    return "These contradict each other: \(names[0]); \(names[1])."
  default: return "No lab can do these together: \(names.joined(separator: "; "))."
  }
}

private func isContradiction(_ lab: Lab, _ requirements: [Int]) -> Bool {
  RecommendationQuestion(lab, requirements: requirements).isContradictory
}

extension Requirement {
  /// `lan to web on tcp port 80`, `vms not to lan`.
  var sentence: String {
    let flow =
      switch (transport, port) {
      case (_, let port?): " on \(transport.rawValue) port \(port)"
      case (.tcp, nil): ""
      case (_, nil): " over \(transport.rawValue)"
      }
    return "\(from) \(allow ? "" : "not ")to \(to)\(flow)"
  }
}
