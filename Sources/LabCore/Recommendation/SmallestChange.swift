/// The lab that meets the requirements and differs least from what the document says now: adapters
/// and networks stay where they can, with their addresses.
///
/// The document itself where it meets them already. Otherwise one of these, whichever takes the
/// fewest parts to be added or removed: the cheapest lab that keeps all that is there, and the
/// recommended labs, with networks and adapters that are there already in the place of their own.
/// Nil where nothing was found, and for documents without adapters.
func smallestChange(
  of lab: Lab, to recommended: [JudgedLab], _ rules: ReachRules, effort: SearchEffort,
  budget: Budget
) -> LabDraft? {
  guard !lab.requirements.isEmpty, lab.machines.contains(where: { !$0.adapters.isEmpty }) else {
    return nil
  }
  do throws(BudgetExhausted) {
    if try lab.meetsRequirements(within: budget) { return lab.draft }
  } catch {
    return nil
  }
  guard !recommended.isEmpty else { return nil }
  var candidates = recommended.map { withPresentParts($0, of: lab) }
  var draft = lab.draft
  draft.constraints.keptNetworks = lab.networks.map(\.name)
  if case .success(let keeping) = resolve(draft) {
    let found = findBest(
      for: keeping, rules, SearchRestriction(), effort: effort.forAside,
      budget: budget)
    if let best = found.best { candidates.insert(withPresentParts(best, of: lab), at: 0) }
  }
  let sized = candidates.map { (size: $0.lab.draft.changes(from: lab.draft), judged: $0) }
  return sized.min { ($0.size, $0.judged.cost) < ($1.size, $1.judged.cost) }?.judged.lab.draft
}

/// A recommended lab with networks, adapters and forwards of the present one in the place of equal
/// ones of its own; as it is where that would not meet the requirements.
private func withPresentParts(_ recommended: JudgedLab, of lab: Lab) -> JudgedLab {
  for keepsAddresses in [true, false] {
    let draft = PresentParts(lab, keepsAddresses: keepsAddresses).replacing(recommended.lab)
    guard case .success(let candidate) = resolve(draft) else { continue }
    guard let judged = JudgedLab.judged(candidate) else { continue }
    if judged.cost.unmet == 0, judged.cost.exposure <= recommended.cost.exposure { return judged }
  }
  return recommended
}

private struct PresentParts {
  private let lab: Lab
  private let keepsAddresses: Bool

  init(_ lab: Lab, keepsAddresses: Bool) {
    self.lab = lab
    self.keepsAddresses = keepsAddresses
  }

  func replacing(_ other: Lab) -> LabDraft {
    let counterparts = counterparts(of: other)
    var draft = other.draft
    draft.constraints = lab.draft.constraints
    var names: [DNSLabel: DNSLabel] = [:]
    let taken = Set(counterparts.compactMap { $0 }.map { lab.networks[$0].name })
    draft.networks = []
    let places = Dictionary(
      counterparts.enumerated().compactMap { place, index in index.map { ($0, place) } },
      uniquingKeysWith: min)
    for (index, network) in other.networks.enumerated() {
      names[network.name] =
        counterparts[index].map { lab.networks[$0].name } ?? free(network.name, taken)
    }
    // In the order in which they stand now, new ones after them.
    for (index, network) in lab.draft.networks.enumerated() {
      guard let place = places[index] else { continue }
      draft.networks.append(keepsAddresses ? network : renamed(other.draft.networks[place], names))
    }
    for (index, network) in other.draft.networks.enumerated() where counterparts[index] == nil {
      draft.networks.append(renamed(network, names))
    }
    for machine in draft.vms.indices {
      draft.vms[machine].adapters = adapters(of: machine, draft.vms[machine].adapters, names)
    }
    let forwards = Dictionary(
      lab.draft.portForwards.map { ($0.way, $0) }, uniquingKeysWith: { first, _ in first })
    draft.portForwards = draft.portForwards.map { forwards[$0.way] ?? $0.withoutSlot() }
    return draft
  }

  private func renamed(_ network: NetworkDraft, _ names: [DNSLabel: DNSLabel]) -> NetworkDraft {
    var network = network
    network.name = network.name.flatMap { names[$0] }
    return network
  }

  private func free(_ name: DNSLabel, _ taken: Set<DNSLabel>) -> DNSLabel {
    var candidate = name
    var number = 2
    while taken.contains(candidate), let next = try? DNSLabel(parsing: "\(name)-\(number)") {
      candidate = next
      number += 1
    }
    return candidate
  }

  /// By network of another lab: the present one of its mode that has most members in common.
  private func counterparts(of other: Lab) -> [Int?] {
    struct Pair: Hashable {
      let there: Int
      let here: Int
    }
    var common: [Pair: Int] = [:]
    for (theirs, ours) in zip(other.machines, lab.machines) {
      let networks = Set(ours.adapters.compactMap(\.network))
      for there in Set(theirs.adapters.compactMap(\.network)) {
        for here in networks where other.networks[there].mode == lab.networks[here].mode {
          common[Pair(there: there, here: here), default: 0] += 1
        }
      }
    }
    let pairs = common.sorted {
      ($1.value, $0.key.there, $0.key.here) < ($0.value, $1.key.there, $1.key.here)
    }
    var found = [Int?](repeating: nil, count: other.networks.count)
    var taken: Set<Int> = []
    for (pair, _) in pairs where found[pair.there] == nil && !taken.contains(pair.here) {
      found[pair.there] = pair.here
      taken.insert(pair.here)
    }
    return found
  }

  /// The VM's adapters: present ones in their slots, new ones in slots that are free.
  private func adapters(
    of machine: Int, _ wanted: [AdapterDraft], _ names: [DNSLabel: DNSLabel]
  ) -> [AdapterDraft] {
    let present = lab.machines[machine].adapters
    var kept: [Int] = []
    var new: [AdapterDraft] = []
    for adapter in wanted {
      let network = adapter.network.flatMap { names[$0] }
      let index = present.indices.first { index in
        !kept.contains(index) && present[index].network.map { lab.networks[$0].name } == network
      }
      if let index {
        kept.append(index)
      } else {
        new.append(AdapterDraft(network: network, address: adapter.address, model: adapter.model))
      }
    }
    var result = kept.map { index in
      var adapter = lab.draft.vms[machine].adapters[index]
      if kept.count < present.count || !new.isEmpty { adapter.slot = present[index].slot }
      return adapter
    }
    let taken = kept.map { present[$0].slot }
    var slot = 1
    for var adapter in new {
      while taken.contains(slot) { slot += 1 }
      adapter.slot = kept.isEmpty ? nil : slot
      slot += 1
      result.append(adapter)
    }
    return kept.isEmpty ? result : result.sorted { ($0.slot ?? 0) < ($1.slot ?? 0) }
  }
}

extension Lab {
  /// Whether the lab as it is meets its requirements.
  fileprivate func meetsRequirements(within budget: Budget) throws(BudgetExhausted) -> Bool {
    let fabric = compileFabric(lab: self, plan: assignAddresses(in: self), family: .ipv4)
    var check = RequirementCheck(lab: self, fabric: fabric, budget: budget)
    return try check.firstFailure() == nil
  }
}

/// What forwards that lead alike have in common.
private struct ForwardedWay: Hashable {
  let vm: DNSLabel?
  let guestPort: Int?
  let transport: PortForward.Transport
  let isBound: Bool
}

extension PortForwardDraft {
  fileprivate var way: ForwardedWay {
    ForwardedWay(
      vm: vm, guestPort: guestPort, transport: transport ?? .tcp, isBound: hostAddress != nil)
  }

  /// Slots may have moved; the first adapter behind a NAT is meant.
  fileprivate func withoutSlot() -> PortForwardDraft {
    var forward = self
    forward.slot = nil
    return forward
  }
}

extension LabDraft {
  /// How many networks, adapters and forwards are added, removed or changed.
  fileprivate func changes(from old: LabDraft) -> Int {
    var count = difference(old.networks, networks) + difference(old.portForwards, portForwards)
    for (before, after) in zip(old.vms, vms) {
      count += difference(
        before.adapters.map { $0.withoutSlot() }, after.adapters.map { $0.withoutSlot() })
    }
    return count
  }

  private func difference<Part: Hashable>(_ old: [Part], _ new: [Part]) -> Int {
    Set(old).symmetricDifference(new).count
  }
}

extension AdapterDraft {
  fileprivate func withoutSlot() -> AdapterDraft {
    var adapter = self
    adapter.slot = nil
    return adapter
  }
}
