/// Builds the machine that a lab is, for one address family.
public func compileFabric(lab: Lab, plan: AddressPlan, family: AddressFamily) -> Fabric {
  switch family {
  case .ipv4:
    var compiler = FabricCompiler<IPv4Address>(lab: lab, plan: plan)
    return compiler.compile()
  case .ipv6:
    var compiler = FabricCompiler<IPv6Address>(lab: lab, plan: plan)
    return compiler.compile()
  }
}

struct FabricCompiler<Address: FabricFamily> {
  let lab: Lab
  let plan: AddressPlan
  var nodes: [FabricNode] = []
  var interfaces: [FabricInterface] = []
  var routes: [FabricRoute] = []
  var segments: [Segment] = []
  /// By index in `Lab.networks`, for all whose adapters share a segment.
  var segmentOfNetwork: [Int: Int] = [:]
  /// The engine of each adapter with a segment of its own, and of each switch that has one.
  var natRouterOfGuest: [AdapterReference: Int] = [:]
  var natRouterOfNetwork: [Int: Int] = [:]
  var lanSegment = 0
  var internetSegment = 0
  var standIns: StandIns<Address>?
  let internetPrefix: Prefix<Address>
  var linkLocalCount = 0
  /// What is behind the LAN's routers.
  let site: SitePlan<Address>
  /// Of the LAN's other VLANs, by number: its addresses and those that stand in for unknown ones.
  var vlanLinks: [Int: StandIns<Address>] = [:]
  var segmentOfVLAN: [Int: Int] = [:]
  /// Of networks whose prefix nobody knows before boot, by index in `Lab.networks`.
  var unknownLinks: [Int: StandIns<Address>] = [:]

  init(lab: Lab, plan: AddressPlan) {
    self.lab = lab
    self.plan = plan
    let standIns = Self.standIns(lab: lab, plan: plan)
    internetPrefix = standIns.internet
    self.standIns =
      Address.isOnEveryLAN || Self.knownLAN(lab: lab, plan: plan) != nil ? standIns : nil
    site = SitePlan(lab: lab, plan: plan, lan: self.standIns?.lan)
    addHiddenLinks(beside: standIns)
  }

  mutating func compile() -> Fabric {
    addSegments()
    for machine in lab.machines.indices { addMachine(machine) }
    addHost()
    addLANPeer()
    addInternet()
    addSite()
    addLANRouter()
    addSiteRouters()
    addNATRouters()
    let (listeners, hostEntrances, taken) = listeners()
    return Fabric(
      family: Address.family, machineCount: lab.machines.count, nodes: nodes,
      interfaces: interfaces, routes: routes, segments: segments, listeners: listeners,
      takenPorts: taken,
      firewalls: firewalls(), entrances: entrances() + hostEntrances,
      isolatesClients: lab.host.uplink.clientIsolation ?? false, hasSite: lab.hasSite,
      internetAddress: bits(internetPrefix.hosts.first), hasInternet: lab.host.hasInternet,
      gates: hostGates())
  }

  func bits(_ address: Address) -> AddressBits { AddressBits(address.bits) }

  // MARK: Segments

  private mutating func addSegments() {
    lanSegment = addSegment(.lan)
    internetSegment = addSegment(.internet)
    for number in vlanLinks.keys.sorted() { segmentOfVLAN[number] = addSegment(.vlan(number)) }
    for (index, network) in lab.networks.enumerated() {
      switch network.profile.segment {
      case .adapter: break
      case .uplink:
        segmentOfNetwork[index] = network.vlan.flatMap { segmentOfVLAN[$0] } ?? lanSegment
      case .network:
        let owner = lab.switches[index]
        if let segment = segmentOfNetwork[owner] {
          segmentOfNetwork[index] = segment
        } else {
          let segment = addSegment(.network(owner))
          segmentOfNetwork[owner] = segment
          segmentOfNetwork[index] = segment
        }
      }
    }
  }

  mutating func addSegment(_ kind: Segment.Kind) -> Int {
    segments.append(Segment(kind: kind))
    return segments.count - 1
  }

  // MARK: Nodes

  mutating func addNode(
    _ kind: FabricNode.Kind, interfaces added: [FabricInterface], routes table: [FabricRoute],
    forwards: Bool, isAttached: Bool = true
  ) {
    let firstInterface = interfaces.count
    interfaces.append(contentsOf: added)
    let firstRoute = routes.count
    routes.append(contentsOf: longestFirst(table))
    nodes.append(
      FabricNode(
        kind: kind, interfaces: firstInterface..<interfaces.count,
        routes: firstRoute..<routes.count, forwards: forwards, isAttached: isAttached))
  }

  /// Longest prefix first, otherwise in order.
  private func longestFirst(_ table: [FabricRoute]) -> [FabricRoute] {
    table.enumerated().sorted {
      ($1.element.prefix.length, $0.offset) < ($0.element.prefix.length, $1.offset)
    }.map(\.element)
  }

  func onLinkRoutes(_ added: [FabricInterface]) -> [FabricRoute] {
    added.enumerated().map { offset, interface in
      FabricRoute(
        prefix: interface.prefix, interface: interfaces.count + offset, nextHop: nil)
    }
  }

  private mutating func addNATRouters() {
    for (index, network) in lab.networks.enumerated()
    where network.profile.segment == .network && lab.switches[index] == index {
      guard
        let link = Address.natLink(
          network, prefix: Address.addresses(plan.networks[index])?.prefix, slot: 1, in: lab),
        let segment = segmentOfNetwork[index]
      else { continue }
      natRouterOfNetwork[index] = nodes.count
      addNATRouter(link, on: segment, network: index, guest: nil)
    }
    for (guest, segment) in privateSegments {
      let adapter = lab.machines[guest.machine].adapters[guest.adapter]
      guard let index = adapter.network,
        let link = privateLink(of: lab.networks[index], slot: adapter.slot)
      else { continue }
      natRouterOfGuest[guest] = nodes.count
      addNATRouter(link, on: segment, network: index, guest: guest)
    }
  }

  private func privateLink(of network: Network, slot: Int) -> NATLink<Address>? {
    network.profile.router.lendsHostAddress
      ? lentLink : Address.natLink(network, prefix: nil, slot: slot, in: lab)
  }

  /// The segments that adapters have to themselves, in the order of the VMs.
  private var privateSegments: [(AdapterReference, Int)] {
    segments.enumerated().compactMap { index, segment in
      guard case .privateNAT(_, let guest) = segment.kind else { return nil }
      return (guest, index)
    }
  }

  private mutating func addNATRouter(
    _ link: NATLink<Address>, on segment: Int, network: Int, guest: AdapterReference?
  ) {
    let node = nodes.count
    var addresses = [link.gateway]
    for address in [link.hostLoopback].compactMap({ $0 }) + link.servers
    where !addresses.contains(address) {
      addresses.append(address)
    }
    let added = addresses.map { interface(node, segment, $0, link.prefix) }
    addNode(
      .natRouter(
        NATRouter(
          network: network, guest: guest, gateway: bits(link.gateway),
          hostLoopback: link.hostLoopback.map(bits),
          lendsHostAddress: lab.networks[network].profile.router.lendsHostAddress)),
      interfaces: added, routes: Array(onLinkRoutes(added).prefix(1)), forwards: false)
  }

  func interface(
    _ node: Int, _ segment: Int, _ address: Address, _ prefix: Prefix<Address>,
    mac: MACAddress? = nil, isStandIn: Bool = false, adapter: AdapterReference? = nil
  ) -> FabricInterface {
    FabricInterface(
      node: node, segment: segment, address: bits(address), prefix: FabricPrefix(prefix),
      mac: mac, isStandIn: isStandIn, adapter: adapter)
  }
}
