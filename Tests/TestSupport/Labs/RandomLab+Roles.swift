public import LabCore

/// Gateways that translate, firewalls, ports that lead elsewhere, further addresses and networks
/// within VMs.
extension RandomLab {
  mutating func addRoles(to machines: inout [VirtualMachineDraft], _ networks: [NetworkDraft]) {
    for index in machines.indices {
      let routes = machines[index].forwarding == true
      if random.oneIn(routes ? 2 : 20) { masquerade(&machines[index]) }
      if random.oneIn(routes ? 3 : 10) {
        machines[index].firewall = firewall(of: machines[index], machines)
      }
      if random.oneIn(routes ? 3 : 30) {
        machines[index].forwards = ports(of: machines[index], machines)
      }
      if random.oneIn(15) { addSecondary(to: &machines[index], networks) }
      if random.oneIn(15) { machines[index].inside = [inside(networks)] }
    }
  }

  private mutating func masquerade(_ machine: inout VirtualMachineDraft) {
    for adapter in machine.adapters.indices where random.oneIn(2) {
      machine.adapters[adapter].masquerade = true
    }
  }

  private mutating func addSecondary(
    to machine: inout VirtualMachineDraft, _ networks: [NetworkDraft]
  ) {
    for adapter in machine.adapters.indices {
      let network = networks.first { $0.name == machine.adapters[adapter].network }
      guard let prefix = network?.ipv4,
        let address = prefix.address(at: Int.random(in: 41...60, using: &random))
      else { continue }
      machine.adapters[adapter].secondary = [SecondaryAddressDraft(address: address)]
    }
  }

  private mutating func inside(_ networks: [NetworkDraft]) -> InnerNetworkDraft {
    let known = networks.compactMap(\.ipv4)
    let own = prefix("172.17.0.0/16")
    return InnerNetworkDraft(
      prefix: .ipv4(random.oneIn(3) ? known.randomElement(using: &random) ?? own : own))
  }

  // MARK: The host

  mutating func giveRoles(to host: inout HostDraft) {
    if random.oneIn(5) { host.masquerade = true }
    if random.oneIn(8) { host.routes = [hostRoute()] }
    if random.oneIn(8) { host.occupied = [.ipv4(occupiedPrefix())] }
    guard host.uplink?.ipv4 != nil else { return }
    if random.oneIn(4) { host.uplink?.routes = siteRoutes() }
    if random.oneIn(8) {
      host.uplink?.kind = .wireless
      host.uplink?.clientIsolation = true
    }
  }

  private mutating func hostRoute() -> RouteDraft {
    let number = Int.random(in: 0..<maximumNetworks, using: &random)
    return RouteDraft(
      to: .ipv4(prefix("10.20.\(number).0/24")), via: .ipv4(address("192.168.56.101")))
  }

  private mutating func occupiedPrefix() -> IPv4Prefix {
    let number = 56 + Int.random(in: 0..<maximumNetworks, using: &random)
    return prefix(
      random.pick([
        "192.168.\(number).0/24", "192.168.\(number).96/27", "192.168.0.0/16", "10.20.0.0/16",
      ]))
  }

  /// Further prefixes behind a router of the LAN, or behind the LAN's own.
  private mutating func siteRoutes() -> [RouteDraft] {
    let router = address(random.pick(["192.168.1.254", "192.168.1.1"]))
    let to = prefix(random.pick(["10.77.0.0/16", "172.20.5.0/24", "10.0.0.0/8"]))
    var routes = [RouteDraft(to: .ipv4(to), via: .ipv4(router))]
    if random.oneIn(3) {
      routes.append(
        RouteDraft(to: .ipv4(prefix("10.88.0.0/16")), via: .ipv4(address("192.168.1.253"))))
    }
    return routes
  }

  // MARK: Firewalls

  private mutating func firewall(
    of machine: VirtualMachineDraft, _ machines: [VirtualMachineDraft]
  ) -> FirewallDraft {
    if random.oneIn(4) { return .preset(random.pick(Firewall.Preset.allCases)) }
    return .chains(
      inbound: random.oneIn(2) ? chain(of: machine, machines) : nil,
      forward: random.oneIn(2) ? chain(of: machine, machines) : nil)
  }

  private mutating func chain(
    of machine: VirtualMachineDraft, _ machines: [VirtualMachineDraft]
  ) -> FirewallChainDraft {
    let rules = (0..<random.pick([0, 1, 1, 2])).map { _ in rule(of: machine, machines) }
    return FirewallChainDraft(policy: random.oneIn(3) ? .accept : .deny, except: rules)
  }

  private mutating func rule(
    of machine: VirtualMachineDraft, _ machines: [VirtualMachineDraft]
  ) -> FirewallRuleDraft {
    var rule = FirewallRuleDraft()
    let slots = slotsOfTheirOwn(machine)
    switch Int.random(in: 0..<5, using: &random) {
    case 0 where !slots.isEmpty: rule.slot = random.pick(slots)
    case 1: rule.from = peer(machines)
    case 2: rule.to = peer(machines)
    case 3: rule.transport = random.pick(FirewallRule.Transport.allCases)
    default:
      rule.transport = .tcp
      rule.port = random.pick([22, 80])
    }
    if random.oneIn(4), rule.from == nil { rule.from = peer(machines) }
    return rule
  }

  private mutating func peer(_ machines: [VirtualMachineDraft]) -> FirewallPeerDraft {
    switch Int.random(in: 0..<7, using: &random) {
    case 0: .endpoints(.host)
    case 1: .endpoints(.lan)
    case 2: .endpoints(.internet)
    case 3: .endpoints(.vms)
    case 4: .prefix(.ipv4(prefix(random.pick(["10.20.0.0/16", "192.168.0.0/16", "10.0.2.0/24"]))))
    default: random.pick(machines).name.map { .endpoints(.vm($0)) } ?? .endpoints(.vms)
    }
  }

  /// Slots that are alone on their network: of two adapters on one network, which of them a packet
  /// comes in by is chance.
  private func slotsOfTheirOwn(_ machine: VirtualMachineDraft) -> [Int] {
    machine.adapters.indices.filter { index in
      let network = machine.adapters[index].network
      return network != nil && machine.adapters.filter { $0.network == network }.count == 1
    }.map { $0 + 1 }
  }

  // MARK: Ports

  private mutating func ports(
    of machine: VirtualMachineDraft, _ machines: [VirtualMachineDraft]
  ) -> [DestinationForwardDraft] {
    let slots = slotsOfTheirOwn(machine)
    return (0..<random.pick([1, 1, 2])).map { index in
      DestinationForwardDraft(
        slot: !slots.isEmpty && random.oneIn(2) ? random.pick(slots) : nil,
        transport: random.oneIn(5) ? .udp : .tcp, port: 8443 + index,
        target: random.pick(machines).name.map { .machine($0) },
        targetPort: random.pick([22, 80]))
    }
  }

  /// Ports that the LAN's router lets in from the internet.
  mutating func lanForwards(
    _ machines: [VirtualMachineDraft]
  ) -> [DestinationForwardDraft] {
    (0..<random.pick([1, 1, 2])).map { index in
      let host = AddressReference.machine(label("host"))
      let target =
        random.oneIn(2) ? host : random.pick(machines).name.map { .machine($0) } ?? host
      return DestinationForwardDraft(
        transport: .tcp, port: 9443 + index, target: target,
        targetPort: random.pick([22, 80, 2200, 2201, 8443]))
    }
  }
}
