/// What VMs let in and through.
extension Resolver {
  mutating func resolveFirewall(
    _ firewall: FirewallDraft, adapters: [Adapter], at pointer: JSONPointer
  ) -> Firewall {
    switch firewall {
    case .preset(let preset): Firewall(preset)
    case .chains(let inbound, let forward):
      Firewall(
        inbound: resolveChain(inbound, adapters, at: pointer["inbound"]),
        forward: resolveChain(forward, adapters, at: pointer["forward"]))
    }
  }

  private mutating func resolveChain(
    _ chain: FirewallChainDraft?, _ adapters: [Adapter], at pointer: JSONPointer
  ) -> FirewallChain {
    guard let chain else { return .open }
    if chain.policy == nil {
      report(.missing, pointer["policy"], "say whether the policy is to accept or to deny")
    }
    let rules = chain.except.indices.map {
      resolveRule(chain.except[$0], adapters, at: pointer["except"][$0])
    }
    return FirewallChain(policy: chain.policy ?? .accept, exceptions: rules)
  }

  private mutating func resolveRule(
    _ rule: FirewallRuleDraft, _ adapters: [Adapter], at pointer: JSONPointer
  ) -> FirewallRule {
    if rule.transport == .icmp, rule.port != nil {
      report(.contradiction, pointer["port"], "ICMP has no ports; leave the port out")
    }
    return FirewallRule(
      adapter: adapterIndex(inSlot: rule.slot, of: adapters, at: pointer["slot"]),
      from: rule.from.flatMap { resolvePeer($0, at: pointer["from"]) },
      to: rule.to.flatMap { resolvePeer($0, at: pointer["to"]) },
      transport: rule.transport, port: rule.port)
  }

  private mutating func resolvePeer(
    _ peer: FirewallPeerDraft, at pointer: JSONPointer
  ) -> FirewallPeer? {
    switch peer {
    case .prefix(let prefix): return .prefix(prefix)
    case .endpoints(let selector):
      switch resolveSelector(selector, at: pointer) {
      case .vms: return .machines
      case .host: return .host
      case .lan: return .lan
      case .internet: return .internet
      case .site: return .site
      case .tag(let tag): return .tag(tag)
      case .vm(let name): return machineIndex[name].map(FirewallPeer.machine)
      }
    }
  }

  mutating func adapterIndex(
    inSlot slot: Int?, of adapters: [Adapter], at pointer: JSONPointer
  ) -> Int? {
    guard let slot else { return nil }
    if let index = adapters.firstIndex(where: { $0.slot == slot }) { return index }
    report(.unknownReference, pointer, "the VM has no adapter in slot \(slot)")
    return nil
  }
}
