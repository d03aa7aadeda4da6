/// Gives every adapter of a lab its address.
///
/// Static addresses stand; every other adapter gets the lowest address that is free, in document
/// order. The same lab always gets the same plan.
public func assignAddresses(in lab: Lab) -> AddressPlan {
  var planner = AddressPlanner(lab: lab)
  let adapters = planner.assignAll()
  return AddressPlan(networks: planner.networkPlans(), adapters: adapters)
}

private struct AddressPlanner {
  let lab: Lab
  let services: [NetworkServices?]
  /// By network: what no further adapter may get.
  var taken: [AddressSet<IPv4Address>]
  var macs: HardwareAddressPlanner
  var leftInLAN: Int?

  init(lab: Lab) {
    self.lab = lab
    let prefixes = planPrefixes(of: lab)
    services = lab.networks.indices.map {
      LabCore.services(of: lab.networks[$0], prefix: prefixes[$0], in: lab)
    }
    taken = services.map { services in
      var taken = AddressSet<IPv4Address>()
      for address in services?.reserved ?? [] { taken.insert(address) }
      return taken
    }
    macs = HardwareAddressPlanner(lab: lab)
    for adapter in lab.machines.flatMap(\.adapters) {
      if let network = adapter.network, let address = adapter.address {
        taken[lab.switches[network]].insert(address)
      }
    }
    leftInLAN = lab.host.uplink.dhcp.map { Int(clamping: $0.count) }
  }

  mutating func assignAll() -> [[AdapterPlan]] {
    var plans: [[AdapterPlan]] = []
    plans.reserveCapacity(lab.machines.count)
    for machine in lab.machines {
      plans.append(
        machine.adapters.map { adapter in
          let mac = macs.address(of: adapter, in: machine)
          return AdapterPlan(
            mac: mac, ipv4: assignIPv4(adapter, of: machine),
            ipv6: assignIPv6(adapter, mac: mac))
        })
    }
    return plans
  }

  // MARK: IPv4

  private mutating func assignIPv4(
    _ adapter: Adapter, of machine: VirtualMachine
  ) -> Assignment<IPv4Address> {
    guard let attached = adapter.network else { return .none("the adapter is not attached") }
    let index = lab.switches[attached]
    let network = lab.networks[index]
    switch network.mode {
    case .nat: return assignNAT(adapter, network)
    case .bridged: return assignLAN(adapter, services[index])
    case .natNetwork, .internal, .hostOnly:
      guard let services = services[index] else { return .none("the network has no prefix") }
      return assign(adapter, on: index, services, operatingSystem: machine.operatingSystem)
    }
  }

  private func assignNAT(_ adapter: Adapter, _ network: Network) -> Assignment<IPv4Address> {
    let services = natServices(network.ipv4 ?? defaultNATPrefix(slot: adapter.slot))
    let prefix = services.prefix
    if let address = adapter.address {
      return Assignment(
        address, prefixLength: prefix.length, gateway: services.gateway, source: .static)
    }
    return Assignment(
      prefix.address(at: NATOffset.guest), prefixLength: prefix.length,
      gateway: services.gateway, source: .engine,
      reason: "NAT gives every VM the same address on a private network of its own")
  }

  private mutating func assignLAN(
    _ adapter: Adapter, _ services: NetworkServices?
  ) -> Assignment<IPv4Address> {
    let gateway = lab.host.uplink.gateway
    if let address = adapter.address {
      return Assignment(
        address, prefixLength: services?.prefix.length, gateway: gateway, source: .static)
    }
    if let left = leftInLAN {
      guard left > 0 else { return .none("the DHCP range of the LAN has no address left") }
      leftInLAN = left - 1
    }
    return Assignment(
      nil, prefixLength: services?.prefix.length, gateway: gateway, source: .lan,
      reason: "the DHCP server of the LAN decides")
  }

  private mutating func assign(
    _ adapter: Adapter, on index: Int, _ services: NetworkServices,
    operatingSystem: VirtualMachine.OperatingSystem
  ) -> Assignment<IPv4Address> {
    let length = services.prefix.length
    if let address = adapter.address {
      return Assignment(
        address, prefixLength: length, gateway: services.gateway, source: .static)
    }
    if VirtualBoxDefaults.linkLocal.contains(services.prefix) {
      return Assignment(
        nil, prefixLength: length, source: .linkLocal,
        reason: "the guest gives itself an address of 169.254.0.0/16")
    }
    let range = services.dhcp?.pool ?? services.prefix.hosts
    guard let address = taken[index].firstFree(in: range) else {
      return exhausted(services, operatingSystem: operatingSystem)
    }
    taken[index].insert(address)
    return Assignment(
      address, prefixLength: length, gateway: services.gateway,
      source: services.dhcp == nil ? .planned : .reserved)
  }

  /// Without an answer from DHCP, Windows and macOS give themselves a link-local address
  /// (RFC 3927); many others stay without one.
  private func exhausted(
    _ services: NetworkServices, operatingSystem: VirtualMachine.OperatingSystem
  ) -> Assignment<IPv4Address> {
    guard services.dhcp != nil else {
      return .none("\(services.prefix) has no address left")
    }
    switch operatingSystem {
    case .windows, .macos:
      return Assignment(
        nil, prefixLength: VirtualBoxDefaults.linkLocal.length, source: .linkLocal,
        reason: "the DHCP pool has no address left; the guest gives itself one of 169.254.0.0/16")
    case .linux, .android, .bsd, .other:
      return .none("the DHCP pool has no address left")
    }
  }

  // MARK: IPv6

  private func assignIPv6(_ adapter: Adapter, mac: MACAddress) -> Assignment<IPv6Address>? {
    guard let attached = adapter.network else { return nil }
    let network = lab.networks[lab.switches[attached]]
    guard let link = ipv6Link(of: network, slot: adapter.slot, in: lab) else { return nil }
    if let address = adapter.address6 {
      return Assignment(
        address, prefixLength: link.prefix.length, gateway: link.gateway, source: .static)
    }
    switch network.mode {
    case .bridged:
      return Assignment(
        nil, prefixLength: link.prefix.length, gateway: link.gateway, source: .lan,
        reason: "the guest makes its address from what the LAN's router announces")
    case .nat:
      return Assignment(
        link.prefix.address(interfaceIdentifier: mac), prefixLength: link.prefix.length,
        gateway: link.gateway, source: .engine,
        reason: "the NAT router announces the prefix; the rest is made from the MAC address")
    case .natNetwork, .internal, .hostOnly:
      return Assignment(
        link.prefix.address(interfaceIdentifier: mac), prefixLength: link.prefix.length,
        gateway: link.gateway, source: .planned)
    }
  }

  // MARK: Networks

  func networkPlans() -> [NetworkPlan] {
    lab.switches.map { index in
      let network = lab.networks[index]
      return NetworkPlan(
        ipv4: services[index].map { addresses(of: $0, taken: taken[index]) },
        ipv6: network.mode == .nat && network.ipv6 == nil
          ? nil : ipv6Link(of: network, slot: 1, in: lab)?.addresses)
    }
  }

  private func addresses(
    of services: NetworkServices, taken: AddressSet<IPv4Address>
  ) -> NetworkAddresses<IPv4Address> {
    let range = services.dhcp?.pool ?? services.prefix.hosts
    return NetworkAddresses(
      prefix: services.prefix, gateway: services.gateway, host: services.host,
      dhcp: services.dhcp, free: taken.freeCount(in: range))
  }
}
