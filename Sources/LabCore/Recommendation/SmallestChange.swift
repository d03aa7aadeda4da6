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
  if JudgedLab(lab).cost.unmet == 0 { return lab.draft }
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
    let judged = JudgedLab(candidate)
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
    for (index, network) in other.networks.enumerated() {
      names[network.name] =
        counterparts[index].map { lab.networks[$0].name } ?? free(network.name, taken)
    }
    // In the order in which they stand now, new ones after them.
    for (index, network) in lab.draft.networks.enumerated() {
      guard let place = counterparts.firstIndex(of: index) else { continue }
      draft.networks.append(keepsAddresses ? network : renamed(other.draft.networks[place], names))
    }
    for (index, network) in other.draft.networks.enumerated() where counterparts[index] == nil {
      draft.networks.append(renamed(network, names))
    }
    for machine in draft.vms.indices {
      draft.vms[machine].adapters = adapters(of: machine, draft.vms[machine].adapters, names)
    }
    draft.portForwards = draft.portForwards.map { forward in
      lab.draft.portForwards.first { $0.leads(like: forward) } ?? forward.withoutSlot()
    }
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
    var found = [Int?](repeating: nil, count: other.networks.count)
    var pairs: [(common: Int, there: Int, here: Int)] = []
    for (there, network) in other.networks.enumerated() {
      for (here, present) in lab.networks.enumerated() where network.mode == present.mode {
        let common = other.members(of: there).intersection(lab.members(of: here)).count
        if common > 0 { pairs.append((common, there, here)) }
      }
    }
    pairs.sort { ($1.common, $0.there, $0.here) < ($0.common, $1.there, $1.here) }
    for pair in pairs where found[pair.there] == nil && !found.contains(pair.here) {
      found[pair.there] = pair.here
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
  fileprivate func members(of network: Int) -> Set<DNSLabel> {
    Set(
      machines.filter { $0.adapters.contains { $0.network == network } }.map(\.name))
  }
}

extension PortForwardDraft {
  fileprivate func leads(like other: PortForwardDraft) -> Bool {
    vm == other.vm && guestPort == other.guestPort
      && (transport ?? .tcp) == (other.transport ?? .tcp)
      && (hostAddress == nil) == (other.hostAddress == nil)
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
