import LabCore
import TestSupport

extension Setting {
  /// A question of a seed: half of them such that some lab meets all of it.
  public func question(seed: UInt64) -> Question {
    var source = QuestionSource(setting: self, random: SeededGenerator(seed: seed))
    return source.question()
  }
}

private struct QuestionSource {
  let setting: Setting
  var random: SeededGenerator
  var tags: [[String]] = []

  mutating func question() -> Question {
    tags = (0..<setting.machines).map { _ in ["red", "blue"].filter { _ in random.oneIn(3) } }
    let isFriendly = !random.oneIn(3)
    let count = Int.random(in: 1...(random.oneIn(3) ? 7 : 4), using: &random)
    var requirements: [RequirementDraft] = []
    for _ in 0..<count {
      var requirement = requirement()
      // Refusals are what most often contradicts.
      if isFriendly, requirement.allow == false, !random.oneIn(3) { requirement.allow = nil }
      requirements.append(requirement)
    }
    return Question(tags: tags, requirements: requirements, limits: limits())
  }

  private mutating func requirement() -> RequirementDraft {
    var requirement = RequirementDraft(from: selector(), to: selector())
    while !speaksOfMachines(requirement) || speaksOfOneself(requirement) {
      requirement = RequirementDraft(from: selector(), to: selector())
    }
    requirement.transport = random.pick([nil, nil, nil, nil, .tcp, .udp, .icmp])
    if requirement.transport != .icmp, random.oneIn(3) { requirement.port = random.pick([22, 80]) }
    if random.oneIn(3) { requirement.allow = false }
    return requirement
  }

  private mutating func selector() -> EndpointSelector {
    let used = Set(tags.joined()).sorted()
    switch Int.random(in: 0..<10, using: &random) {
    case 0: return .host
    case 1: return .lan
    case 2: return .internet
    case 3: return .vms
    case 4 where !used.isEmpty: return .tag(label(random.pick(used)))
    default: return .vm(label(Setting.names[Int.random(in: 0..<setting.machines, using: &random)]))
    }
  }

  private func speaksOfMachines(_ requirement: RequirementDraft) -> Bool {
    [requirement.from, requirement.to].contains { selector in
      switch selector {
      case .vms, .tag, .vm: true
      case .host, .lan, .internet, .site, nil: false
      }
    }
  }

  private func speaksOfOneself(_ requirement: RequirementDraft) -> Bool {
    guard case .vm? = requirement.from else { return false }
    return requirement.from == requirement.to
  }

  private mutating func limits() -> Limits {
    var limits = Limits(adapters: Array(repeating: 4, count: setting.machines))
    switch Int.random(in: 0..<8, using: &random) {
    case 0: limits.modes.subtract([.hostOnly, .bridged])
    case 1: limits.modes.remove(.bridged)
    case 2: limits.modes.remove(random.pick(Hypervisor.Product.virtualbox.words))
    case 3:
      limits.modes = [
        random.pick(Hypervisor.Product.virtualbox.words),
        random.pick(Hypervisor.Product.virtualbox.words),
      ]
    default: break
    }
    if !random.oneIn(3) {
      limits.adapters = limits.adapters.map { _ in setting.adapters }
      if random.oneIn(3) { limits.adapters = limits.adapters.map { _ in 1 } }
    }
    if random.oneIn(4) {
      limits.adapters = limits.adapters.map { _ in Int.random(in: 1...2, using: &random) }
    }
    for (machine, kept) in setting.kept.attachments.enumerated() {
      limits.adapters[machine] = max(limits.adapters[machine], kept.count)
    }
    limits.modes.formUnion(setting.kept.modes)
    return limits
  }
}
