internal import LabCore

extension BlueprintDrawing {
  /// Draws the router that NAT gives an adapter of its own.
  mutating func drawPrivateEngine(of network: Int, at place: AdapterPlace, segment: Int) {
    let adapter = lab.machines[place.machine].adapters[place.adapter]
    let network = lab.networks[network]
    let assignment = Address.assignment(plan.adapters[place.machine][place.adapter])
    guard let assignment, let guest = assignment.address, let length = assignment.prefixLength
    else { return }
    guard let engine = network.profile.router.engine else { return }
    let inside = Prefix(containing: guest, length: length)
    let addresses = engine.answering.compactMap { inside.address(at: $0) }
    guard let gateway = addresses.first else { return }
    privateEngines[place] = add(
      title: "the NAT router of VM \(lab.machines[place.machine].name), adapter \(adapter.slot)",
      segment: segment, inside: inside, addresses: addresses, gateway: gateway,
      loopbackAlias: network.reachesHostLoopback
        ? inside.address(at: engine.loopback.offset) : nil)
  }

  /// Draws the router that a NAT network's guests share.
  mutating func drawNATNetwork(_ network: Int) {
    guard lab.networks[network].profile.segment == .network, lab.switches[network] == network,
      let engine = lab.networks[network].profile.router.engine, let segment = segments[network],
      let inside = Address.addresses(plan.networks[network])?.prefix
    else { return }
    let addresses = engine.answering.compactMap { inside.address(at: $0) }
    guard let gateway = addresses.first else { return }
    sharedEngines[network] = add(
      title: "the router of NAT network \(lab.networks[network].name)", segment: segment,
      inside: inside, addresses: addresses, gateway: gateway,
      loopbackAlias: inside.address(at: engine.loopback.offset))
  }

  /// Draws the port forwards for which there is an engine. A document has them for IPv4 only.
  mutating func drawForwards() {
    guard Address.family == .ipv4 else { return }
    for forward in lab.portForwards {
      guard let adapter = forward.adapter else { continue }
      let place = AdapterPlace(machine: forward.machine, adapter: adapter)
      let network = lab.machines[place.machine].adapters[place.adapter].network
      let shared = network.flatMap { sharedEngines[lab.switches[$0]] }
      guard let engine = privateEngines[place] ?? shared,
        let guest = plan.adapters[place.machine][place.adapter].ipv4.address
      else { continue }
      blueprint.forwards.append(
        BlueprintForward(
          engine: engine, transport: forward.transport,
          hostAddress: .ipv4(boundAddress(of: forward)),
          hostPort: UInt16(clamping: forward.hostPort), guestAddress: .ipv4(guest),
          guestPort: UInt16(clamping: forward.guestPort)))
    }
  }

  /// Where the document leaves the host's address on the LAN open, an address that is in no
  /// network of the lab is taken to be that one.
  private func boundAddress(of forward: PortForward) -> IPv4Address {
    guard let address = forward.hostAddress else { return IPv4Address(bits: 0) }
    guard lab.host.uplink.ipv4 == nil, !address.isUnspecified, !address.isLoopback,
      case .ipv4(let host)? = standIns.host?.address.ofEitherFamily
    else { return address }
    let planned = plan.networks.compactMap { $0.ipv4.map { AnyPrefix.ipv4($0.prefix) } }
    let engines = blueprint.engines.map(\.inside)
    let routed = lab.machines.flatMap(\.routes).compactMap(IPv4Address.route)
      .filter { $0.destination.length > 0 }.map { AnyPrefix.ipv4($0.destination) }
    let isElsewhere = (planned + engines + routed).contains { $0.contains(.ipv4(address)) }
    return isElsewhere ? address : host
  }

  private mutating func add(
    title: String, segment: Int, inside: Prefix<Address>, addresses: [Address],
    gateway: Address, loopbackAlias: Address?
  ) -> Int {
    var node = BlueprintNode(title: title)
    node.interfaces.append(
      BlueprintInterface(
        name: NATEngine.insideName, segment: segment,
        addresses: addresses.map { BlueprintAddress($0, prefixLength: inside.length) }))
    // It looks for everybody on its own link, and for nobody anywhere else: an answer to a guest
    // behind a guest is never delivered.
    node.routes.append(
      BlueprintRoute(destination: Address.everywhere, way: .onLink(interface: 0)))
    blueprint.engines.append(
      BlueprintEngine(
        node: add(node), inside: Address.ofEitherFamily(inside), gateway: gateway.ofEitherFamily,
        loopbackAlias: loopbackAlias?.ofEitherFamily))
    return blueprint.engines.count - 1
  }
}

extension EngineProfile {
  /// Every address that it answers for: its gateway first, each once.
  fileprivate var answering: [UInt32] {
    ([gateway, loopback.offset] + servers).reduce(into: []) { known, offset in
      if !known.contains(offset) { known.append(offset) }
    }
  }
}
