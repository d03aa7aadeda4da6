/// Changes of firewalls, and ports of gateways.
extension LabDraft {
  /// The chains that a VM's firewall stands for.
  private func chains(
    of machine: Int
  ) -> (inbound: FirewallChainDraft?, forward: FirewallChainDraft?) {
    switch vms[machine].firewall {
    case .chains(let inbound, let forward): return (inbound, forward)
    case .preset(let preset):
      let rules = Firewall(preset).inbound.exceptions.filter { $0.from != .sameLink }
      return (
        FirewallChainDraft(
          policy: .deny,
          except: rules.map { FirewallRuleDraft(transport: $0.transport, port: $0.port) }), nil
      )
    case nil: return (nil, nil)
    }
  }

  mutating func changeChain(
    _ chain: Stop.Filter.Chain, of machine: Int, _ change: (inout FirewallChainDraft) -> Void
  ) {
    var (inbound, forward) = chains(of: machine)
    var changed = (chain == .inbound ? inbound : forward) ?? FirewallChainDraft(policy: .accept)
    change(&changed)
    switch chain {
    case .inbound: inbound = changed
    case .forward: forward = changed
    }
    vms[machine].firewall = .chains(inbound: inbound, forward: forward)
  }

  /// An exception more; a preset is written out with it.
  func edits(
    _ machine: Int, _ chain: Stop.Filter.Chain, adding rule: FirewallRuleDraft
  ) -> [Edit] {
    let place = place(machine)["firewall"]
    let added = value(of: rule)
    let (inbound, forward) = chains(of: machine)
    if case .preset = vms[machine].firewall {
      let rules = (inbound?.except ?? []).map(value) + [added]
      let written = EditValue.object([
        EditMember("policy", .string("deny")), EditMember("except", .array(rules)),
      ])
      return [.replace(place, .object([EditMember(chain.key, written)]))]
    }
    let known = chain == .inbound ? inbound : forward
    return known?.except.isEmpty ?? true
      ? [.add(place[chain.key]["except"], .array([added]))]
      : [.add(place[chain.key]["except"]["-"], added)]
  }

  private func value(of rule: FirewallRuleDraft) -> EditValue {
    var members: [EditMember] = []
    if let slot = rule.slot { members.append(EditMember("slot", .integer(slot))) }
    if let from = rule.from { members.append(EditMember("from", .string(from.description))) }
    if let to = rule.to { members.append(EditMember("to", .string(to.description))) }
    if let transport = rule.transport {
      members.append(EditMember("protocol", .string(transport.rawValue)))
    }
    if let port = rule.port { members.append(EditMember("port", .integer(port))) }
    return .object(members)
  }

  func add(_ forward: DestinationForwardDraft, to machine: Int) -> Edit {
    var members = [EditMember("protocol", .string((forward.transport ?? .tcp).rawValue))]
    if let port = forward.port { members.append(EditMember("port", .integer(port))) }
    if let target = forward.target { members.append(EditMember("vm", .string("\(target)"))) }
    if let port = forward.targetPort { members.append(EditMember("to_port", .integer(port))) }
    let place = place(machine)["forwards"]
    return vms[machine].forwards.isEmpty
      ? .add(place, .array([.object(members)])) : .add(place["-"], .object(members))
  }
}

extension Stop.Filter.Chain {
  /// Its key in documents.
  var key: String {
    switch self {
    case .inbound: "inbound"
    case .forward: "forward"
    }
  }
}
