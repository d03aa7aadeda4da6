// What an adapter's address is, and where it comes from.

extension AddressPlanner {
  mutating func assignIPv4(
    _ adapter: Adapter, _ reference: AdapterReference
  ) -> Assignment<IPv4Address> {
    guard let attached = adapter.network else { return .none("the adapter is not attached") }
    let owner = lab.switches[attached]
    switch lab.networks[owner].profile.segment {
    case .adapter: return assignAlone(adapter, lab.networks[owner])
    case .uplink: return assignLAN(adapter, services[owner], vlan: lab.networks[owner].vlan)
    case .network:
      guard let services = services[owner] else { return unplaced(adapter, lab.networks[owner]) }
      return assign(adapter, reference, on: owner, services)
    }
  }

  /// On a segment of the adapter's own.
  private func assignAlone(_ adapter: Adapter, _ network: Network) -> Assignment<IPv4Address> {
    if network.profile.router.lendsHostAddress { return assignHostAddress(adapter) }
    let prefix = network.prefix(ofAdapterIn: adapter.slot)
    guard let services = LabCore.services(of: network, prefix: prefix, in: lab) else {
      return unplaced(adapter, network)
    }
    let length = services.prefix.length
    if let address = adapter.address {
      return Assignment(
        address, prefixLength: length, gateway: services.gateway, source: .static)
    }
    return Assignment(
      services.leased, prefixLength: length, gateway: services.gateway, source: .engine,
      reason: "NAT gives every VM the same address on a private network of its own")
  }

  /// The host's own, with the LAN's router.
  private func assignHostAddress(_ adapter: Adapter) -> Assignment<IPv4Address> {
    let uplink = lab.host.uplink
    return Assignment(
      adapter.address ?? uplink.ipv4?.address, prefixLength: uplink.ipv4?.prefixLength,
      gateway: uplink.gateway, source: adapter.address == nil ? .engine : .static,
      reason: "passt gives the VM the host's own address on the LAN")
  }

  private mutating func assignLAN(
    _ adapter: Adapter, _ services: NetworkServices?, vlan: Int?
  ) -> Assignment<IPv4Address> {
    let gateway = vlan == nil ? lab.host.uplink.gateway : services?.gateway
    if let address = adapter.address {
      return Assignment(
        address, prefixLength: services?.prefix.length, gateway: gateway, source: .static)
    }
    if vlan == nil, let left = leftInLAN {
      guard left > 0 else { return .none("the DHCP range of the LAN has no address left") }
      leftInLAN = left - 1
    }
    return Assignment(
      nil, prefixLength: services?.prefix.length, gateway: gateway, source: .lan,
      reason: vlan.map { "the DHCP server of VLAN \($0) decides" }
        ?? "the DHCP server of the LAN decides")
  }

  /// On a network without a prefix.
  private func unplaced(_ adapter: Adapter, _ network: Network) -> Assignment<IPv4Address> {
    if network.profile.prefixes.isUnknown {
      return Assignment(
        adapter.address, prefixLength: nil, source: adapter.address == nil ? .engine : .static,
        reason: "\(lab.product.name) chooses the prefix of \"\(network.profile.native.name)\" "
          + "at each boot")
    }
    return .none("no prefix is left for the network in the pools of \(network.mode.noun)s")
  }

  private func assign(
    _ adapter: Adapter, _ reference: AdapterReference, on owner: Int, _ services: NetworkServices
  ) -> Assignment<IPv4Address> {
    let length = services.prefix.length
    if let address = adapter.address {
      return Assignment(
        address, prefixLength: length, gateway: services.gateway, source: .static)
    }
    if IPv4Prefix.linkLocal.contains(services.prefix) {
      return Assignment(
        nil, prefixLength: length, source: .linkLocal,
        reason: "the guest gives itself an address of 169.254.0.0/16")
    }
    guard let allocation = ipv4[owner], let address = allocation[twins[reference] ?? reference]
    else {
      return exhausted(services, lab.machines[reference.machine].operatingSystem)
    }
    return Assignment(
      address, prefixLength: length, gateway: services.gateway,
      source: allocation.allotment.source)
  }

  /// Without an answer from DHCP, Windows and macOS give themselves a link-local address
  /// (RFC 3927); many others stay without one.
  private func exhausted(
    _ services: NetworkServices, _ operatingSystem: VirtualMachine.OperatingSystem
  ) -> Assignment<IPv4Address> {
    guard services.dhcp != nil else {
      return .none("\(services.prefix) has no address left")
    }
    switch operatingSystem {
    case .windows, .macos:
      return Assignment(
        nil, prefixLength: IPv4Prefix.linkLocal.length, source: .linkLocal,
        reason: "the DHCP pool has no address left; the guest gives itself one of 169.254.0.0/16")
    case .linux, .android, .bsd, .other:
      return .none("the DHCP pool has no address left")
    }
  }

  // MARK: IPv6

  func assignIPv6(
    _ adapter: Adapter, _ reference: AdapterReference
  ) -> Assignment<IPv6Address>? {
    guard let attached = adapter.network else { return nil }
    let owner = lab.switches[attached]
    let network = lab.networks[owner]
    guard let link = link(on: owner, slot: adapter.slot) else {
      return adapter.address6.map {
        Assignment($0, prefixLength: 64, gateway: network.gateway6, source: .static)
      }
    }
    if let address = adapter.address6 {
      return Assignment(
        address, prefixLength: link.prefix.length, gateway: link.gateway, source: .static)
    }
    switch network.profile.segment {
    case .uplink:
      return Assignment(
        nil, prefixLength: link.prefix.length, gateway: link.gateway, source: .lan,
        reason: "the guest makes its address from what the LAN's router announces")
    case .adapter:
      return Assignment(
        link.prefix.address(interfaceIdentifier: mac(reference)),
        prefixLength: link.prefix.length, gateway: link.gateway, source: .engine,
        reason: "the NAT router announces the prefix; the rest is made from the MAC address")
    case .network:
      return assignIPv6(reference, on: owner, link)
    }
  }

  private func assignIPv6(
    _ reference: AdapterReference, on owner: Int, _ link: IPv6Link
  ) -> Assignment<IPv6Address> {
    let length = link.prefix.length
    guard let allocation = ipv6[owner] else {
      return Assignment(
        link.prefix.address(interfaceIdentifier: mac(reference)), prefixLength: length,
        gateway: link.gateway, source: .planned)
    }
    guard let address = allocation[reference] else {
      return .none("\(link.prefix) has no address left")
    }
    return Assignment(address, prefixLength: length, gateway: link.gateway, source: .planned)
  }

  private func mac(_ reference: AdapterReference) -> MACAddress {
    macs[reference.machine][reference.adapter]
  }
}
