/// Requirements that no lab meets together, as few as can be found.
///
/// Plain contradictions need no search; otherwise sets of two and three requirements are tried,
/// unless they are too many, and then one requirement after the other is left out as long as the
/// rest stays unmeetable.
func unmeetableCore(
  of lab: Lab, _ rules: ReachRules, effort: SearchEffort, budget: Budget
) -> UnmeetableCore {
  if let core = coreOfRoles(lab, rules) {
    return UnmeetableCore(
      requirements: core, isSmallest: core.count == 1 || lab.requirements.count <= 8,
      because: sentence(lab, core))
  }
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

/// One or two requirements of a VM with who is no VM that no role of it meets, which takes no search.
///
/// Nil where there are none, and where constraints might make a requirement between VMs unmeetable.
private func coreOfRoles(_ lab: Lab, _ rules: ReachRules) -> [Int]? {
  guard lab.machines.count <= maximumSearchedMachines else { return nil }
  let whole = RecommendationQuestion(lab)
  let isFree = lab.product.modes.allSatisfy { lab.draft.constraints.reasonAgainst($0) == nil }
  guard isFree, whole.kept.isEmpty, whole.adapterLimits.allSatisfy({ $0 > 1 }) else { return nil }
  var classes: Set<Int> = []
  let stuck = (0..<whole.machineCount).filter { machine in
    classes.insert(whole.symmetryClasses[machine]).inserted
      && whole.roles(of: machine, rules, atMost: 1).isEmpty
  }
  for size in [1, 2] {
    for machine in stuck.prefix(maximumStuck) {
      let core = subsets(of: lab.outerRequirements(of: machine), size).first { requirements in
        let question = RecommendationQuestion(lab, requirements: requirements)
        return question.isContradictory || question.roles(of: machine, rules, atMost: 1).isEmpty
      }
      if let core { return core }
    }
  }
  return nil
}

/// Of how many VMs without a role the requirements are looked at.
private let maximumStuck = 16

extension Lab {
  /// Requirements of a VM with who is no VM, the first of them.
  fileprivate func outerRequirements(of machine: Int) -> [Int] {
    let own = requirements.indices.filter { index in
      let ends = [requirements[index].from, requirements[index].to].map(endpoints)
      return ends.contains { $0.contains(.machine(machine)) }
        && ends.contains { !$0.contains(where: \.isMachine) }
    }
    return Array(own.prefix(8))
  }
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
    var check = RequirementCheck(lab: candidate, fabric: fabric, budget: budget)
    guard let failures = try? check.failures() else { return [] }
    return Set(candidate.requirements.indices).subtracting(failures.map(\.index))
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
  case 1: return "\(nobody(in: lab)) can do this: \(names[0]).\(advice(lab, requirements[0]))"
  case 2 where isContradiction(lab, requirements):
    return "These contradict each other: \(names[0]); \(names[1])."
  default: return "\(nobody(in: lab)) can do these together: \(names.joined(separator: "; "))."
  }
}

/// What constraints rule out, another lab may do.
private func nobody(in lab: Lab) -> String {
  lab.product.modes.contains { lab.draft.constraints.reasonAgainst($0) != nil }
    ? "No lab within your constraints" : "No lab"
}

/// A port forward opens one port; a requirement without a port asks for all of them.
private func advice(_ lab: Lab, _ index: Int) -> String {
  let requirement = lab.requirements[index]
  guard requirement.allow, requirement.port == nil, requirement.transport != .icmp,
    requirement.transport != .multicast, requirement.from == .host || requirement.from == .lan
  else { return "" }
  switch requirement.to {
  case .vms, .tag, .vm: return " A port forward may do for a single port: say which one."
  case .host, .lan, .internet, .site: return ""
  }
}

private func isContradiction(_ lab: Lab, _ requirements: [Int]) -> Bool {
  RecommendationQuestion(lab, requirements: requirements).isContradictory
}

extension Lab {
  /// The first two requirements of which one says what the other denies.
  fileprivate var firstContradiction: [Int]? {
    let sides = requirements.map { RequirementSides($0, of: self) }
    for one in requirements.indices {
      for other in requirements.indices.dropFirst(one + 1)
      where requirements[one].allow != requirements[other].allow {
        let contradicts = sides[one].targetsShared(with: sides[other]).contains {
          requirements[one].contradicts(requirements[other], of: $0)
        }
        if contradicts { return [one, other] }
      }
    }
    return nil
  }
}

/// Whom a requirement speaks of.
private struct RequirementSides {
  private let from: EndpointSide
  private let to: EndpointSide

  /// VMs, of which there are at most `MachineSet.capacity`, and the other endpoints.
  private struct EndpointSide {
    var machines = MachineSet()
    var others: [Endpoint] = []

    init(_ endpoints: [Endpoint]) {
      for endpoint in endpoints {
        if case .machine(let index) = endpoint {
          machines.insert(index)
        } else {
          others.append(endpoint)
        }
      }
    }

    var count: Int { machines.count + others.count }

    func shared(with other: EndpointSide) -> EndpointSide {
      var shared = self
      shared.machines = machines.intersection(other.machines)
      shared.others = others.filter(other.others.contains)
      return shared
    }

    func contains(_ endpoint: Endpoint) -> Bool {
      if case .machine(let index) = endpoint {
        machines.contains(index)
      } else {
        others.contains(endpoint)
      }
    }
  }

  init(_ requirement: Requirement, of lab: Lab) {
    from = EndpointSide(lab.endpoints(of: requirement.from))
    to = EndpointSide(lab.endpoints(of: requirement.to))
  }

  /// A VM and every other endpoint, as far as both requirements speak of a pair with it as target:
  /// whether they contradict is the same for all VMs.
  func targetsShared(with other: RequirementSides) -> [Endpoint] {
    let sources = from.shared(with: other.from)
    let targets = to.shared(with: other.to)
    func isTarget(_ endpoint: Endpoint) -> Bool {
      sources.count > (sources.contains(endpoint) ? 1 : 0)
    }
    let machine = targets.machines.lazy.map(Endpoint.machine).first(where: isTarget)
    return (machine.map { [$0] } ?? []) + targets.others.filter(isTarget)
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
    return "\(from.called) \(allow ? "" : "not ")to \(to.called)\(flow)"
  }
}

extension EndpointSelector {
  /// As people say it: `each kali` for a tag.
  public var called: String {
    if case .tag(let tag) = self { "each \(tag)" } else { description }
  }
}
