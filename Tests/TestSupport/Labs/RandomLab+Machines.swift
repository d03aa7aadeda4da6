public import LabCore

extension RandomLab {
  mutating func machine(_ index: Int, _ networks: [NetworkDraft]) -> VirtualMachineDraft {
    let adapters = (0..<random.pick([0, 1, 1, 1, 2, 2, 3])).map { _ in adapter(networks) }
    var machine = VirtualMachineDraft(
      name: label("vm\(index)"), os: random.pick(VirtualMachine.OperatingSystem.allCases),
      adapters: adapters)
    if random.oneIn(8) { machine.forwarding = true }
    if random.oneIn(6) { machine.routes = [route(networks)].compactMap { $0 } }
    if random.oneIn(10) { machine.gateway = networks.compactMap(\.ipv4).first?.address(at: 1) }
    if random.oneIn(10) { machine.gateway6 = networks.compactMap(\.ipv6).first?.address(at: 1) }
    return machine
  }

  private mutating func adapter(_ networks: [NetworkDraft]) -> AdapterDraft {
    guard !random.oneIn(12) else { return AdapterDraft(network: nil) }
    let network = random.pick(networks)
    var adapter = AdapterDraft(network: network.name)
    if random.oneIn(5), let prefix = network.ipv4 {
      adapter.address = prefix.address(at: Int.random(in: 10...40, using: &random))
    }
    if random.oneIn(6), let prefix = network.ipv6 {
      adapter.address6 = prefix.address(at: Int.random(in: 16...64, using: &random))
    }
    if random.oneIn(20) { adapter.cableConnected = false }
    if random.oneIn(8) { adapter.promiscuous = random.pick(PromiscuousPolicy.allCases) }
    return adapter
  }

  private mutating func route(_ networks: [NetworkDraft]) -> RouteDraft? {
    if random.oneIn(4) { return route6(networks) }
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

  private mutating func route6(_ networks: [NetworkDraft]) -> RouteDraft? {
    let known = networks.compactMap(\.ipv6)
    guard let to = known.randomElement(using: &random),
      let via = known.randomElement(using: &random)?.address(at: random.pick([1, 16, 17]))
    else { return nil }
    return RouteDraft(to: .ipv6(to), via: .ipv6(via))
  }

  /// A VM that routes between two networks, holding the gateway's address where there is one; some
  /// of their VMs are told of it.
  mutating func addRouter(
    _ index: Int, to machines: inout [VirtualMachineDraft], _ networks: [NetworkDraft]
  ) {
    let legs = networks.shuffled(using: &random).prefix(random.pick([2, 2, 3]))
    let isTold = legs.map { _ in random.oneIn(2) }
    for (leg, isTold) in zip(legs, isTold) where isTold {
      for index in machines.indices
      where machines[index].adapters.contains(where: { $0.network == leg.name })
        && random.oneIn(3)
      {
        if let gateway = leg.gateway?.address { machines[index].gateway = gateway }
        if let gateway = leg.gateway6 { machines[index].gateway6 = gateway }
      }
    }
    machines.append(
      VirtualMachineDraft(
        name: label("router\(index)"), forwarding: true,
        adapters: legs.map {
          AdapterDraft(network: $0.name, address: $0.gateway?.address, address6: $0.gateway6)
        }))
  }

  /// Gives a VM the address of another on the same network.
  mutating func repeatAnAddress(in machines: inout [VirtualMachineDraft]) {
    guard let (first, second) = twoOnOneNetwork(machines),
      let address = machines[first.machine].adapters[first.adapter].address
    else { return }
    machines[second.machine].adapters[second.adapter].address = address
  }

  /// Gives a VM's adapter the hardware address of another's on the same network, as a clone has.
  mutating func repeatAHardwareAddress(in machines: inout [VirtualMachineDraft]) {
    guard let (first, second) = twoOnOneNetwork(machines) else { return }
    let mac = try! MACAddress(parsing: "08:00:27:aa:00:01")
    machines[first.machine].adapters[first.adapter].mac = mac
    machines[second.machine].adapters[second.adapter].mac = mac
  }

  private typealias Place = (machine: Int, adapter: Int)

  private mutating func twoOnOneNetwork(_ machines: [VirtualMachineDraft]) -> (Place, Place)? {
    let places = machines.indices.flatMap { machine in
      machines[machine].adapters.indices.map { (machine: machine, adapter: $0) }
    }
    func draft(_ place: Place) -> AdapterDraft { machines[place.machine].adapters[place.adapter] }
    let isFixed = places.filter { draft($0).address != nil && draft($0).network != nil }
    guard let first = isFixed.randomElement(using: &random),
      let second = places.filter({
        $0.machine != first.machine && draft($0).network == draft(first).network
      }).randomElement(using: &random)
    else { return nil }
    return (first, second)
  }
}
