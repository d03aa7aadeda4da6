internal import LabCore

/// Draws the blueprint of a lab whose addresses are planned.
func drawBlueprint(of lab: Lab, plan: AddressPlan) -> Blueprint {
  var drawing = BlueprintDrawing(lab: lab, plan: plan)
  return drawing.draw()
}

/// A blueprint while it is drawn.
struct BlueprintDrawing {
  let lab: Lab
  let plan: AddressPlan
  let standIns: StandInAddresses
  var blueprint = Blueprint()
  /// The LAN's segment.
  let lanSegment: Int
  /// By index in `Lab.networks`: the segment of the switch it is on; NAT has none of that kind.
  var segments: [Int: Int] = [:]
  /// By adapter: the engine that serves it alone.
  var privateEngines: [AdapterPlace: Int] = [:]
  /// By index in `Lab.networks`: the engine of the NAT network whose switch it is on.
  var sharedEngines: [Int: Int] = [:]

  init(lab: Lab, plan: AddressPlan) {
    self.lab = lab
    self.plan = plan
    standIns = standInAddresses(for: lab, plan: plan)
    lanSegment = 0
    blueprint.segmentCount = 1
  }

  mutating func draw() -> Blueprint {
    for machine in lab.machines.indices { drawMachine(machine) }
    drawHost()
    drawLAN()
    for network in lab.networks.indices { drawNATNetwork(network) }
    drawForwards()
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
    if lab.networks[key].mode == .bridged { return lanSegment }
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
        name: "uplink", segment: lanSegment,
        addresses: standIns.host.map {
          [BlueprintAddress($0.address, prefixLength: $0.prefixLength)]
        } ?? []))
    for network in lab.networks.indices
    where lab.networks[network].mode == .hostOnly && lab.switches[network] == network {
      guard let ipv4 = plan.networks[network].ipv4, let address = ipv4.host else { continue }
      node.interfaces.append(
        BlueprintInterface(
          name: "vboxnet\(network)", segment: segment(ofSwitch: network),
          addresses: [BlueprintAddress(address, prefixLength: ipv4.prefix.length)]))
    }
    if let router = standIns.lanRouter { node.routes.append(defaultRoute(via: router)) }
    blueprint.host = add(node, as: .host)
  }

  // MARK: LAN and internet

  private mutating func drawLAN() {
    var peer = BlueprintNode(title: "the LAN's other machine")
    peer.interfaces.append(lanInterface(named: "lan", standIns.lanPeer))
    if let router = standIns.lanRouter { peer.routes.append(defaultRoute(via: router)) }
    _ = add(peer, as: .lan)
    var router = BlueprintNode(title: "the LAN's router", forwards: true)
    router.interfaces.append(lanInterface(named: "lan", standIns.lanRouter))
    guard lab.host.hasInternet, let outside = standIns.internet.address(at: 1),
      let peerAddress = standIns.internet.address(at: 2)
    else {
      _ = add(router)
      return
    }
    let segment = newSegment()
    let length = standIns.internet.length
    router.filter = .homeRouter(outside: Self.outsideName)
    router.interfaces.append(
      BlueprintInterface(
        name: Self.outsideName, segment: segment,
        addresses: [BlueprintAddress(outside, prefixLength: length)]))
    router.routes.append(defaultRoute(via: peerAddress))
    _ = add(router)
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

  /// The LAN router's interface to the internet.
  private static let outsideName = "outside"

  private func lanInterface(named name: String, _ address: IPv4Address?) -> BlueprintInterface {
    BlueprintInterface(
      name: name, segment: lanSegment,
      addresses: address.map {
        [BlueprintAddress($0, prefixLength: standIns.lan.length)]
      } ?? [])
  }

  func defaultRoute(via router: IPv4Address, interface: Int? = nil) -> BlueprintRoute {
    BlueprintRoute(
      destination: BlueprintRoute.everywhere, way: .router(.ipv4(router), interface: interface))
  }
}
