internal import LabCore

/// Draws the blueprint of a lab whose addresses are planned, with those of one family.
func drawBlueprint(of lab: Lab, plan: AddressPlan, family: AddressFamily) -> Blueprint {
  switch family {
  case .ipv4:
    var drawing = BlueprintDrawing<IPv4Address>(lab: lab, plan: plan)
    return drawing.draw()
  case .ipv6:
    var drawing = BlueprintDrawing<IPv6Address>(lab: lab, plan: plan)
    return drawing.draw()
  }
}

/// A blueprint while it is drawn.
struct BlueprintDrawing<Address: LabAddress> {
  let lab: Lab
  let plan: AddressPlan
  let standIns: StandInAddresses<Address>
  var blueprint = Blueprint()
  /// The LAN's segment.
  let lanSegment: Int
  /// That of the LAN's own machines.
  var wiredSegment: Int
  /// By index in `Lab.networks`: the segment of the switch it is on; NAT has none of that kind.
  var segments: [Int: Int] = [:]
  /// By adapter: the engine that serves it alone.
  var privateEngines: [AdapterPlace: Int] = [:]
  /// By index in `Lab.networks`: the engine of the NAT network whose switch it is on.
  var sharedEngines: [Int: Int] = [:]

  init(lab: Lab, plan: AddressPlan) {
    self.lab = lab
    self.plan = plan
    standIns = StandInAddresses(for: lab, plan: plan)
    lanSegment = 0
    wiredSegment = 0
    blueprint.segmentCount = 1
  }

  mutating func draw() -> Blueprint {
    for machine in lab.machines.indices { drawMachine(machine) }
    drawHost()
    drawLAN()
    for network in lab.networks.indices { drawNATNetwork(network) }
    drawForwards()
    drawRules()
    return blueprint
  }

  mutating func newSegment() -> Int {
    blueprint.segmentCount += 1
    return blueprint.segmentCount - 1
  }

  mutating func add(_ node: BlueprintNode, as station: Station? = nil) -> Int {
    blueprint.nodes.append(node)
    let index = blueprint.nodes.count - 1
    if let station { blueprint.stations.append((station, index)) }
    return index
  }

  /// The segment of a network that is a switch.
  mutating func segment(ofSwitch network: Int) -> Int {
    let key = lab.switches[network]
    if lab.networks[key].profile.segment == .uplink { return lanSegment }
    if let segment = segments[key] { return segment }
    let segment = newSegment()
    segments[key] = segment
    return segment
  }

  // MARK: Host

  private mutating func drawHost() {
    var node = BlueprintNode(title: "the host", forwards: lab.host.forwards)
    node.interfaces.append(
      BlueprintInterface(
        name: Self.uplinkName, segment: lanSegment,
        addresses: standIns.host.map {
          [BlueprintAddress($0.address, prefixLength: $0.prefixLength)]
        } ?? []))
    for network in lab.networks.indices
    where lab.networks[network].profile.host.isOnSwitch && lab.switches[network] == network {
      guard let addresses = Address.addresses(plan.networks[network]), let address = addresses.host
      else { continue }
      node.interfaces.append(
        BlueprintInterface(
          name: "vboxnet\(network)", segment: segment(ofSwitch: network),
          addresses: [BlueprintAddress(address, prefixLength: addresses.prefix.length)]))
    }
    leadAway(&node)
    node.routes += lab.host.routes.compactMap(Address.route).map {
      BlueprintRoute(
        destination: Address.ofEitherFamily($0.destination),
        way: .router($0.router.ofEitherFamily, interface: nil))
    }
    node.routes += defaultRouteToTheLAN
    blueprint.host = add(node, as: .host)
  }

  /// The host's interface to the LAN.
  static var uplinkName: String { "uplink" }

  /// Gives the host its routes that lead out of the lab: where one is to a whole network of the
  /// host's, it takes the place of that network's own.
  private func leadAway(_ node: inout BlueprintNode) {
    let occupied = lab.host.occupied.compactMap(Address.prefix)
      .filter { $0.length > 0 && $0 != standIns.lan }.map(Address.ofEitherFamily)
    for interface in node.interfaces.indices {
      for address in node.interfaces[interface].addresses.indices
      where occupied.contains(node.interfaces[interface].addresses[address].prefix) {
        node.interfaces[interface].addresses[address].lacksRoute = true
      }
    }
    guard !node.addresses.isEmpty else { return }
    node.routes += occupied.map { BlueprintRoute(destination: $0, way: .away) }
  }

  // MARK: LAN and internet

  private mutating func drawLAN() {
    var peer = BlueprintNode(title: "the LAN's other machine")
    // An access point that keeps its clients apart has the router on its wired side, and the host
    // with all of its VMs on one radio.
    let isApart = lab.host.uplink.clientIsolation == true
    if isApart {
      wiredSegment = newSegment()
      blueprint.trunks.append(BlueprintTrunk(segment: lanSegment, apart: wiredSegment))
    }
    peer.interfaces.append(lanInterface(named: "lan", standIns.lanPeer))
    peer.interfaces[0].isKeptApart = isApart
    peer.routes += defaultRouteToTheLAN
    _ = add(peer, as: .lan)
    var router = BlueprintNode(title: "the LAN's router", forwards: true)
    router.interfaces.append(lanInterface(named: "lan", standIns.lanRouter))
    // A router known by its link-local address is on the LAN's prefix all the same.
    if let lan = standIns.lan, standIns.lanRouter?.isLinkLocal == true {
      router.routes.append(
        BlueprintRoute(destination: Address.ofEitherFamily(lan), way: .onLink(interface: 0)))
    }
    if lab.host.hasInternet { drawInternet(behind: &router) }
    drawSite(behind: &router)
    let index = add(router)
    if lab.host.hasInternet { blueprint.lanRouter = index }
  }

  private mutating func drawInternet(behind router: inout BlueprintNode) {
    guard let outside = standIns.internet.address(at: 1),
      let peerAddress = standIns.internet.address(at: 2)
    else { return }
    let segment = newSegment()
    let length = standIns.internet.length
    router.filter = .homeRouter(outside: outsideName)
    router.interfaces.append(
      BlueprintInterface(
        name: outsideName, segment: segment,
        addresses: [BlueprintAddress(outside, prefixLength: length)]))
    router.routes.append(defaultRoute(via: peerAddress))
    // Whatever it dials goes to the LAN's router, so that it is that one who keeps it out; whatever
    // is not for itself it sends back, as a provider's router may.
    var internet = BlueprintNode(title: "the internet", forwards: true, filter: .deadEnd)
    internet.interfaces.append(
      BlueprintInterface(
        name: "peer", segment: segment,
        addresses: [BlueprintAddress(peerAddress, prefixLength: length)]))
    internet.routes.append(defaultRoute(via: outside))
    _ = add(internet, as: .internet)
  }

  func lanInterface(named name: String, _ address: Address?) -> BlueprintInterface {
    let length = standIns.lan?.length ?? Address.Bits.bitWidth
    return BlueprintInterface(
      name: name, segment: wiredSegment,
      addresses: address.map {
        [BlueprintAddress($0, prefixLength: $0.isLinkLocal ? 64 : length)]
      } ?? [])
  }

  /// The default route of a machine whose first interface is on the LAN.
  var defaultRouteToTheLAN: [BlueprintRoute] {
    standIns.lanRouter.map { [defaultRoute(via: $0, interface: 0)] } ?? []
  }

  func defaultRoute(via router: Address, interface: Int? = nil) -> BlueprintRoute {
    BlueprintRoute(
      destination: Address.everywhere,
      way: .router(router.ofEitherFamily, interface: interface))
  }
}

/// The LAN router's interface to the internet.
let outsideName = "outside"
