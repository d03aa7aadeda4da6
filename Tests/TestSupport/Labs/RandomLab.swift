public import LabCore

/// Makes labs as people build them, and some that nobody would: mixed modes and versions, router
/// VMs, static routes, gateways of one's own, port forwards that clash, addresses claimed twice,
/// unplugged cables, hosts that route or have no internet, gateways that translate, firewalls, ports
/// that lead elsewhere.
///
/// Every draft resolves.
public struct RandomLab {
  public var random: SeededGenerator
  /// Router VMs included.
  public var maximumMachines = 12
  public var maximumNetworks = 6
  /// Whether VMs and the host also translate, filter, forward ports and lead elsewhere.
  public var hasRoles = false

  public init(seed: UInt64) {
    random = SeededGenerator(seed: seed)
  }

  public mutating func draft() -> LabDraft {
    let networks = (0..<Int.random(in: 1...maximumNetworks, using: &random)).map { network($0) }
    let routers = min(random.pick([0, 0, 1, 1, 2]), maximumMachines - 1)
    let count = Int.random(in: 1...maximumMachines - routers, using: &random)
    var machines = (0..<count).map { machine($0, networks) }
    for index in 0..<routers { addRouter(index, to: &machines, networks) }
    if random.oneIn(12) { repeatAnAddress(in: &machines) }
    if random.oneIn(25) { repeatAHardwareAddress(in: &machines) }
    let hypervisor = hypervisor()
    var host = host()
    if hasRoles {
      addRoles(to: &machines, networks)
      giveRoles(to: &host)
    }
    if hasRoles, random.oneIn(4) {
      var uplink = host.uplink ?? Uplink()
      uplink.forwards = lanForwards(machines)
      host.uplink = uplink
    }
    return LabDraft(
      name: label("lab"), hypervisor: hypervisor, host: host, networks: networks,
      vms: machines, portForwards: forwards(machines))
  }

  func label(_ text: String) -> DNSLabel { try! DNSLabel(parsing: text) }
  func address(_ text: String) -> IPv4Address { try! IPv4Address(parsing: text) }
  func prefix(_ text: String) -> IPv4Prefix { try! IPv4Prefix(parsing: text) }

  // MARK: Host

  private mutating func hypervisor() -> HypervisorDraft {
    let versions = ["6.1.36", "7.0.10", "7.1", "7.1.12", "7.2"]
    return HypervisorDraft(version: HypervisorVersion(parsing: random.pick(versions)))
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
      gateway: random.oneIn(3) ? nil : address("192.168.1.1"),
      gateway6: random.oneIn(2) ? try! IPv6Address(parsing: "2001:470:1::1") : nil)
  }

  // MARK: Networks

  private mutating func network(_ index: Int) -> NetworkDraft {
    let mode = random.pick(Hypervisor.Product.virtualbox.words)
    var network = NetworkDraft(name: label("net\(index)"), mode: mode)
    switch mode {
    case .internal:
      if random.oneIn(2) { network.ipv4 = prefix("10.20.\(index).0/24") }
      if random.oneIn(3) { network.gateway = network.ipv4?.address(at: 1).map { .address($0) } }
      if random.oneIn(6) { network.hypervisorName = "net0" }
      if random.oneIn(5) { network.dhcp = .standard }
    case .natNetwork:
      if random.oneIn(3) { network.ipv4 = prefix("10.0.\(random.pick([2, 2, 3, 9])).0/24") }
    case .hostOnly:
      if random.oneIn(3) { network.ipv4 = prefix("192.168.\(56 + index).0/24") }
      if random.oneIn(12) { network.ipv4 = prefix("192.168.1.0/24") }
      if random.oneIn(3) { network.gateway = network.ipv4?.address(at: 1).map { .address($0) } }
    case .nat:
      if random.oneIn(4) { network.localhostReachable = true }
    case .bridged, .routed: break
    }
    if mode == .internal || mode == .hostOnly, random.oneIn(10) {
      network.ipv4 = prefix("10.99.0.0/24")
      network.gateway = nil
    }
    if mode != .bridged, mode != .nat, random.oneIn(2) {
      network.ipv6 = try! IPv6Prefix(parsing: "fd00:\(index)::/64")
      if mode == .internal, random.oneIn(2) { network.gateway6 = network.ipv6?.address(at: 1) }
    }
    return network
  }

  // MARK: Port forwards

  private mutating func forwards(_ machines: [VirtualMachineDraft]) -> [PortForwardDraft] {
    (0..<Int.random(in: 0...4, using: &random)).map { _ in
      let target = random.pick(machines)
      let slots = target.adapters.count
      return PortForwardDraft(
        transport: random.oneIn(5) ? .udp : .tcp, hostAddress: boundAddress(),
        hostPort: 2200 + Int.random(in: 0...4, using: &random), vm: target.name,
        slot: slots > 0 && random.oneIn(3) ? Int.random(in: 1...slots, using: &random) : nil,
        guestPort: random.pick(hasRoles ? [22, 80, 22, 80, 8443] : [22, 80]))
    }
  }

  private mutating func boundAddress() -> IPv4Address? {
    switch Int.random(in: 0..<8, using: &random) {
    case 0: address("127.0.0.1")
    case 1: address("192.168.1.20")
    case 2: address("0.0.0.0")
    case 3: address("192.168.56.1")
    default: nil
    }
  }
}
