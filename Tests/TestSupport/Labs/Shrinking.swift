public import LabCore

/// Takes from a lab whatever can go without what is wrong with it going as well.
public func shrink(_ draft: LabDraft, while fails: (LabDraft) -> Bool) -> LabDraft {
  var smallest = draft
  while let smaller = smallerLabs(than: smallest).first(where: fails) { smallest = smaller }
  return smallest
}

/// The labs with one part less, those that lack the biggest first.
public func smallerLabs(than draft: LabDraft) -> [LabDraft] {
  var smaller: [LabDraft] = []
  func without(_ change: (inout LabDraft) -> Void) {
    var changed = draft
    change(&changed)
    if changed != draft, case .success = resolve(changed) { smaller.append(changed) }
  }
  for index in draft.vms.indices.reversed() {
    let name = draft.vms[index].name
    without {
      $0.vms.remove(at: index)
      $0.portForwards.removeAll { $0.vm == name }
    }
  }
  for index in draft.networks.indices.reversed() {
    let name = draft.networks[index].name
    without {
      $0.networks.remove(at: index)
      for machine in $0.vms.indices { $0.vms[machine].adapters.removeAll { $0.network == name } }
    }
  }
  for index in draft.portForwards.indices { without { $0.portForwards.remove(at: index) } }
  for index in draft.vms.indices { withoutPartsOfMachine(index, in: draft, without) }
  for index in draft.networks.indices { withoutPartsOfNetwork(index, in: draft, without) }
  for index in draft.portForwards.indices {
    without { $0.portForwards[index].hostAddress = nil }
    without { $0.portForwards[index].slot = nil }
  }
  without { $0.host?.forwarding = nil }
  without { $0.host?.internet = nil }
  without { $0.host?.uplink = nil }
  without { $0.host?.masquerade = nil }
  without { $0.host?.routes = [] }
  without { $0.host?.occupied = [] }
  without { $0.host?.uplink?.routes = [] }
  without { $0.host?.uplink?.forwards = [] }
  without { $0.host?.uplink?.clientIsolation = nil }
  without { $0.hypervisor = nil }
  return smaller
}

private func withoutPartsOfMachine(
  _ index: Int, in draft: LabDraft, _ without: ((inout LabDraft) -> Void) -> Void
) {
  for adapter in draft.vms[index].adapters.indices {
    without { $0.vms[index].adapters.remove(at: adapter) }
    without { $0.vms[index].adapters[adapter].address = nil }
    without { $0.vms[index].adapters[adapter].address6 = nil }
    without { $0.vms[index].adapters[adapter].mac = nil }
    without { $0.vms[index].adapters[adapter].promiscuous = nil }
    without { $0.vms[index].adapters[adapter].cableConnected = nil }
    without { $0.vms[index].adapters[adapter].masquerade = nil }
    without { $0.vms[index].adapters[adapter].secondary = [] }
  }
  withoutPartsOfRouter(index, in: draft, without)
  without { $0.vms[index].routes = [] }
  without { $0.vms[index].gateway = nil }
  without { $0.vms[index].gateway6 = nil }
  without { $0.vms[index].forwarding = nil }
  without { $0.vms[index].os = nil }
}

private func withoutPartsOfRouter(
  _ index: Int, in draft: LabDraft, _ without: ((inout LabDraft) -> Void) -> Void
) {
  without { $0.vms[index].firewall = nil }
  without { $0.vms[index].inside = [] }
  for forward in draft.vms[index].forwards.indices {
    without { $0.vms[index].forwards.remove(at: forward) }
  }
  guard case .chains(let inbound, let forward) = draft.vms[index].firewall else { return }
  without { $0.vms[index].firewall = .chains(inbound: nil, forward: forward) }
  without { $0.vms[index].firewall = .chains(inbound: inbound, forward: nil) }
  for rule in (inbound?.except ?? []).indices {
    var less = inbound
    less?.except.remove(at: rule)
    without { $0.vms[index].firewall = .chains(inbound: less, forward: forward) }
  }
  for rule in (forward?.except ?? []).indices {
    var less = forward
    less?.except.remove(at: rule)
    without { $0.vms[index].firewall = .chains(inbound: inbound, forward: less) }
  }
}

private func withoutPartsOfNetwork(
  _ index: Int, in draft: LabDraft, _ without: ((inout LabDraft) -> Void) -> Void
) {
  without { $0.networks[index].ipv6 = nil }
  without { $0.networks[index].gateway = nil }
  without { $0.networks[index].gateway6 = nil }
  without { $0.networks[index].dhcp = nil }
  without { $0.networks[index].localhostReachable = nil }
  without { $0.networks[index].hypervisorName = nil }
}
