extension FabricCompiler {
  /// What is known of the LAN's prefix: the uplink's, a bridged network's, or what holds the
  /// bridged adapters' static addresses.
  static func knownLAN(lab: Lab, plan: AddressPlan) -> Prefix<Address>? {
    if let uplink = Address.uplink(lab.host.uplink) { return uplink.prefix }
    for (index, network) in lab.networks.enumerated() where network.isOnUntaggedLAN {
      if let addresses = Address.addresses(plan.networks[index]) { return addresses.prefix }
    }
    let known = bridgedAddresses(lab: lab, plan: plan) + hints(lab)
    guard let first = known.first else { return nil }
    var length = Address.family == .ipv4 ? 24 : 64
    while length > 8 {
      let prefix = Prefix(containing: first, length: length)
      if known.allSatisfy(prefix.contains) { return prefix }
      length -= 1
    }
    return Prefix(containing: first, length: length)
  }

  static func standIns(lab: Lab, plan: AddressPlan) -> StandIns<Address> {
    let uplink = lab.host.uplink
    return StandIns(
      lan: knownLAN(lab: lab, plan: plan),
      host: Address.uplink(uplink)?.address,
      router: Address.uplinkGateway(uplink), pool: Address.uplinkPool(uplink),
      taken: knownAddresses(plan) + lab.host.siteRoutes.compactMap { Address.route($0)?.via },
      avoiding: prefixes(lab: lab, plan: plan) + otherPrefixes(lab),
      candidates: Address.standInPrefixes)
  }

  /// Addresses that somebody has already; a stand-in must be nobody's.
  private static func knownAddresses(_ plan: AddressPlan) -> [Address] {
    plan.adapters.joined().compactMap { Address.assignment($0)?.address }
      + plan.networks.compactMap(Address.addresses).flatMap { [$0.host, $0.gateway] }
      .compactMap { $0 }
  }

  private static func bridgedAddresses(lab: Lab, plan: AddressPlan) -> [Address] {
    lab.machines.indices.flatMap { machine in
      lab.machines[machine].adapters.indices.compactMap { position in
        let adapter = lab.machines[machine].adapters[position]
        guard lab.network(of: adapter)?.isOnUntaggedLAN == true else { return nil }
        return Address.assignment(plan.adapters[machine][position])?.address
      }
    }
  }

  /// Addresses of the LAN that a document names without naming its prefix.
  private static func hints(_ lab: Lab) -> [Address] {
    let uplink = lab.host.uplink
    let pool = Address.uplinkPool(uplink)
    return [Address.uplinkGateway(uplink), pool?.first, pool?.last].compactMap { $0 }
      .filter { !$0.isLinkLocal }
  }

  /// Every prefix that the lab's own networks use, or that its VMs have routes to.
  static func prefixes(lab: Lab, plan: AddressPlan) -> [Prefix<Address>] {
    networkPrefixes(lab: lab, plan: plan)
      + lab.machines.flatMap(\.routes).compactMap { Address.route($0)?.to }
      .filter { $0.length > 0 }
  }

  /// Every prefix that the lab's own networks use, those within VMs included.
  static func networkPrefixes(lab: Lab, plan: AddressPlan) -> [Prefix<Address>] {
    var prefixes = plan.networks.compactMap { Address.addresses($0)?.prefix }
    for machine in lab.machines {
      for adapter in machine.adapters {
        guard let network = lab.network(of: adapter), network.profile.segment == .adapter,
          let link = Address.natLink(network, prefix: nil, slot: adapter.slot, in: lab)
        else { continue }
        prefixes.append(link.prefix)
      }
      prefixes += machine.inside.compactMap { Address.prefix($0.prefix) }
    }
    return prefixes
  }

  /// Prefixes that the host or the LAN's routers lead elsewhere.
  private static func otherPrefixes(_ lab: Lab) -> [Prefix<Address>] {
    lab.host.occupied.compactMap(Address.prefix)
      + (lab.host.siteRoutes + lab.host.routes).compactMap { Address.route($0)?.to }
      .filter { $0.length > 0 }
  }
}
