extension FabricCompiler {
  /// By machine: its firewall, once all nodes have their addresses.
  func firewalls() -> [FabricFirewall?] {
    let known = KnownPrefixes(
      lan: standIns.map { [FabricPrefix($0.lan)] } ?? [],
      site: lab.host.siteRoutes.compactMap { Address.route($0).map { FabricPrefix($0.to) } },
      lab: Self.prefixes(lab: lab, plan: plan).map { FabricPrefix($0) })
    return lab.machines.map { machine in
      guard let firewall = machine.firewall,
        !firewall.inbound.isOpen || !firewall.forward.isOpen
      else { return nil }
      return FabricFirewall(
        inbound: chain(firewall.inbound, of: machine, known),
        forward: chain(firewall.forward, of: machine, known))
    }
  }

  /// The prefixes that firewalls' words stand for.
  private struct KnownPrefixes {
    let lan: [FabricPrefix]
    let site: [FabricPrefix]
    let lab: [FabricPrefix]
  }

  private func chain(
    _ chain: FirewallChain, of machine: VirtualMachine, _ known: KnownPrefixes
  ) -> FabricChain {
    FabricChain(
      policy: chain.policy,
      rules: chain.exceptions.map { rule in
        FabricRule(
          segment: rule.adapter.map { segment(of: machine, adapter: $0) ?? -1 },
          source: rule.from.flatMap { matcher($0, known) },
          target: rule.to.flatMap { matcher($0, known) },
          isFromSameLink: rule.from == .sameLink, transport: rule.transport, port: rule.port)
      })
  }

  /// The segment that an adapter has a foot on.
  func segment(of machine: VirtualMachine, adapter: Int) -> Int? {
    guard let index = lab.machines.firstIndex(where: { $0.name == machine.name }) else {
      return nil
    }
    let reference = AdapterReference(machine: index, adapter: adapter)
    return nodes[index].interfaces.lazy.map { interfaces[$0] }
      .first { $0.adapter == reference }?.segment
  }

  private func matcher(_ peer: FirewallPeer, _ known: KnownPrefixes) -> AddressMatcher? {
    switch peer {
    case .machine(let index): AddressMatcher(addresses(of: index))
    case .tag(let tag):
      AddressMatcher(
        lab.machines.indices.filter { lab.machines[$0].tags.contains(tag) }.flatMap(addresses))
    case .machines: AddressMatcher(lab.machines.indices.flatMap(addresses))
    case .host: AddressMatcher(addresses(of: lab.machines.count))
    case .lan: AddressMatcher([], known.lan)
    case .site: AddressMatcher([], known.site)
    case .internet: AddressMatcher(allBut: known.lan + known.site + known.lab)
    case .prefix(let prefix):
      AddressMatcher([], Address.prefix(prefix).map { [FabricPrefix($0)] } ?? [])
    case .sameLink: nil
    }
  }

  private func addresses(of node: Int) -> [AddressBits] {
    nodes[node].interfaces.map { interfaces[$0].address }
  }
}
