/// Requirements that no lab meets together, as few as can be found.
///
/// Plain contradictions need no search; otherwise sets of two and three requirements are tried,
/// unless they are too many, and then one requirement after the other is left out as long as the
/// rest stays unmeetable.
func unmeetableCore(
  of lab: Lab, _ rules: ReachRules, effort: SearchEffort, budget: Budget
) -> UnmeetableCore {
  var search = CoreSearch(lab, rules, effort: effort, budget: budget)
  let all = Array(lab.requirements.indices)
  if all.count > 1, let single = all.first(where: { search.isUnmeetable([$0]) }) {
    return search.core([single])
  }
  if let contradiction = lab.firstContradiction { return search.core(contradiction) }
  for size in [2, 3] where size < all.count {
    guard search.mayTry(size) else { break }
    for candidate in subsets(of: all, size) where search.isUnmeetable(candidate) {
      return search.core(candidate)
    }
  }
  var rest = all
  for requirement in all {
    let fewer = rest.filter { $0 != requirement }
    if !fewer.isEmpty, search.isUnmeetable(fewer) { rest = fewer }
  }
  return search.core(rest)
}

/// Which sets of a lab's requirements can be met.
private struct CoreSearch {
  private let lab: Lab
  private let rules: ReachRules
  private let effort: SearchEffort
  private let budget: Budget
  /// What candidates that were found meet, by index.
  private var meetable: [Set<Int>] = []
  /// Whether of all sets that were tried it is known whether they can be met.
  private var isCertain = true

  /// Whether the sets of a size are few enough to try them all.
  mutating func mayTry(_ size: Int) -> Bool {
    let isFew = lab.requirements.count <= (size == 2 ? 200 : 40)
    if !isFew { isCertain = false }
    return isFew
  }

  init(_ lab: Lab, _ rules: ReachRules, effort: SearchEffort, budget: Budget) {
    self.lab = lab
    self.rules = rules
    self.effort = effort.forAside
    self.budget = budget
  }

  mutating func isUnmeetable(_ requirements: [Int]) -> Bool {
    if meetable.contains(where: { $0.isSuperset(of: requirements) }) { return false }
    guard budget.allows(1000) else {
      isCertain = false
      return false
    }
    let question = RecommendationQuestion(lab, requirements: requirements)
    if question.isContradictory { return true }
    let progress = SearchProgress(
      decisions: effort.steps(forMachines: lab.machines.count) / 2 + 200, within: budget)
    var found: CandidateDesign?
    var search = CandidateSearch(question, rules, progress: progress) { design, weight in
      found = design
      progress.end()
      return weight
    }
    search.run()
    if let found { meetable.append(met(by: found, question).union(requirements)) }
    if found == nil, !progress.isComplete { isCertain = false }
    return found == nil && progress.isComplete
  }

  private func met(by design: CandidateDesign, _ question: RecommendationQuestion) -> Set<Int> {
    guard let candidate = CandidateWriter(question).lab(of: design) else { return [] }
    let fabric = compileFabric(
      lab: candidate, plan: assignAddresses(in: candidate), family: .ipv4)
    var check = RequirementCheck(lab: candidate, fabric: fabric)
    return Set(candidate.requirements.indices).subtracting(check.failures().map(\.index))
  }

  func core(_ requirements: [Int]) -> UnmeetableCore {
    // Sets of four and more are not all tried.
    UnmeetableCore(
      requirements: requirements, isSmallest: isCertain && requirements.count <= 4,
      because: sentence(lab, requirements))
  }
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

extension Lab {
  /// The first two requirements of which one says what the other denies.
  fileprivate var firstContradiction: [Int]? {
    var said: [EndpointPair: [Int]] = [:]
    for (index, requirement) in requirements.enumerated() {
      for (source, target) in pairs(of: requirement) {
        said[EndpointPair(source: source, target: target), default: []].append(index)
      }
    }
    var first: [Int]?
    for (pair, indices) in said where indices.count > 1 {
      for (place, one) in indices.enumerated() {
        for other in indices[(place + 1)...]
        where requirements[one].contradicts(requirements[other], of: pair.target) {
          if first.map({ [one, other].lexicographicallyPrecedes($0) }) ?? true {
            first = [one, other]
          }
        }
      }
    }
    return first
  }
}

extension Requirement {
  /// Whether of a pair one requirement says what the other denies.
  fileprivate func contradicts(_ other: Requirement, of target: Endpoint) -> Bool {
    guard allow != other.allow else { return false }
    let (wish, refusal) = allow ? (self, other) : (other, self)
    guard let service = wish.service else { return true }
    guard target.isMachine else { return false }
    return refusal.service == service
      || refusal.port == nil && refusal.transport == wish.transport
  }

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
