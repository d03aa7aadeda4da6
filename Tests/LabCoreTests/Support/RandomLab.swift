@testable import LabCore

/// Makes labs as people build them, and some that nobody would.
struct RandomLab {
  var random: SeededRandom
  var maximumMachines = 8
  var maximumNetworks = 6

  init(seed: UInt64) {
    random = SeededRandom(seed: seed)
  }

  mutating func draft() -> LabDraft {
    let networks = (0..<Int.random(in: 1...maximumNetworks, using: &random)).map { network($0) }
    var machines = (0..<Int.random(in: 1...maximumMachines, using: &random)).map {
      machine($0, networks)
    }
    if random.oneIn(2) { addRouter(to: &machines, networks) }
    return LabDraft(
      name: label("lab"), hypervisor: hypervisor(), host: host(), networks: networks,
      vms: machines, portForwards: forwards(machines))
  }

  private func label(_ text: String) -> DNSLabel {
    try! DNSLabel(parsing: text)
  }

  private mutating func hypervisor() -> HypervisorDraft {
    HypervisorDraft(
      version: HypervisorVersion(parsing: random.pick(["6.1.36", "7.0.10", "7.1", "7.2"])))
  }

  private mutating func host() -> HostDraft {
    HostDraft(
      internet: random.oneIn(6) ? false : nil, forwarding: random.oneIn(4),
      uplink: random.oneIn(3) ? nil : uplink())
  }

  private mutating func uplink() -> Uplink {
    if random.oneIn(8) { return Uplink(interface: "eth0") }
    return Uplink(
      interface: "eth0", ipv4: try! InterfaceAddress(parsing: "192.168.1.20/24"),
      ipv6: random.oneIn(2) ? try! InterfaceAddress(parsing: "2001:470:1::20/64") : nil,
      gateway: random.oneIn(3) ? nil : try! IPv4Address(parsing: "192.168.1.1"),
      gateway6: random.oneIn(2) ? try! IPv6Address(parsing: "2001:470:1::1") : nil)
  }

  private mutating func network(_ index: Int) -> NetworkDraft {
    let mode = random.pick(NetworkMode.allCases)
    var network = NetworkDraft(name: label("net\(index)"), mode: mode)
    switch mode {
    case .internal:
      if random.oneIn(2) { network.ipv4 = prefix("10.20.\(index).0/24") }
      if random.oneIn(3) { network.gateway = network.ipv4?.address(at: 1) }
      if random.oneIn(6) { network.hypervisorName = "net0" }
    case .natNetwork:
      if random.oneIn(3) { network.ipv4 = prefix("10.0.\(random.pick([2, 2, 3, 9])).0/24") }
    case .hostOnly:
      if random.oneIn(3) { network.ipv4 = prefix("192.168.\(56 + index).0/24") }
      if random.oneIn(12) { network.ipv4 = prefix("192.168.1.0/24") }
      if random.oneIn(3) { network.gateway = network.ipv4?.address(at: 1) }
    case .nat:
      if random.oneIn(4) { network.localhostReachable = true }
    case .bridged: break
    }
    if mode == .internal || mode == .hostOnly, random.oneIn(10) {
      network.ipv4 = prefix("10.99.0.0/24")
      network.gateway = nil
    }
    if mode != .bridged, mode != .nat, random.oneIn(2) {
      network.ipv6 = try! IPv6Prefix(parsing: "fd00:\(index)::/64")
    }
    return network
  }

  private func prefix(_ text: String) -> IPv4Prefix {
    try! IPv4Prefix(parsing: text)
  }

  private mutating func machine(_ index: Int, _ networks: [NetworkDraft]) -> VirtualMachineDraft {
    let adapters = (0..<Int.random(in: 0...3, using: &random)).map { _ in adapter(networks) }
    var machine = VirtualMachineDraft(
      name: label("vm\(index)"), os: random.pick(VirtualMachine.OperatingSystem.allCases),
      adapters: adapters)
    if random.oneIn(8) { machine.forwarding = true }
    if random.oneIn(6) { machine.routes = [route(networks)].compactMap { $0 } }
    if random.oneIn(10) { machine.gateway = networks.compactMap(\.ipv4).first?.address(at: 1) }
    return machine
  }

  private mutating func adapter(_ networks: [NetworkDraft]) -> AdapterDraft {
    guard !random.oneIn(10) else { return AdapterDraft(network: nil) }
    let network = random.pick(networks)
    var adapter = AdapterDraft(network: network.name)
    if random.oneIn(5), let prefix = network.ipv4 {
      adapter.address = prefix.address(at: Int.random(in: 10...20, using: &random))
    }
    if random.oneIn(20) { adapter.cableConnected = false }
    return adapter
  }

  private mutating func route(_ networks: [NetworkDraft]) -> RouteDraft? {
    let known = networks.compactMap(\.ipv4)
    guard let to = known.randomElement(using: &random),
      let via = known.randomElement(using: &random)?.address(at: random.pick([1, 5, 10]))
    else { return nil }
    // Within the LAN, which half of a prefix a lease falls into is not known before boot.
    let isLAN = to == prefix("192.168.1.0/24")
    let length = random.oneIn(4) && !isLAN ? min(to.length + 2, 32) : to.length
    return RouteDraft(
      to: .ipv4(Prefix(containing: to.network, length: length)), via: .ipv4(via))
  }

  /// A VM that routes between two networks, holding the gateway's address where there is one.
  private mutating func addRouter(
    to machines: inout [VirtualMachineDraft], _ networks: [NetworkDraft]
  ) {
    let legs = networks.shuffled(using: &random).prefix(2)
    machines.append(
      VirtualMachineDraft(
        name: label("router"), forwarding: true,
        adapters: legs.map { AdapterDraft(network: $0.name, address: $0.gateway) }))
    for leg in legs where random.oneIn(2) {
      guard let gateway = leg.gateway else { continue }
      for index in machines.indices
      where machines[index].adapters.contains(where: { $0.network == leg.name }) {
        if random.oneIn(3) { machines[index].gateway = gateway }
      }
    }
  }

  private mutating func forwards(_ machines: [VirtualMachineDraft]) -> [PortForwardDraft] {
    (0..<Int.random(in: 0...3, using: &random)).map { index in
      let bound: IPv4Address? =
        switch Int.random(in: 0..<6, using: &random) {
        case 0: try! IPv4Address(parsing: "127.0.0.1")
        case 1: try! IPv4Address(parsing: "192.168.1.20")
        case 2: try! IPv4Address(parsing: "0.0.0.0")
        default: nil
        }
      return PortForwardDraft(
        transport: random.oneIn(5) ? .udp : .tcp, hostAddress: bound,
        hostPort: 2200 + Int.random(in: 0...4, using: &random),
        vm: random.pick(machines).name, guestPort: random.pick([22, 80]))
    }
  }
}
