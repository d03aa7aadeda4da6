extension FabricCompiler {
  /// Adds a VM with a foot on each segment where it has an address and its cable is plugged in.
  mutating func addMachine(_ index: Int) {
    let machine = lab.machines[index]
    let node = nodes.count
    var added: [FabricInterface] = []
    var gateways: [Address?] = []
    var isAttached = false
    for (position, adapter) in machine.adapters.enumerated() where adapter.cableConnected {
      guard let network = adapter.network else { continue }
      isAttached = true
      let reference = AdapterReference(machine: index, adapter: position)
      let segment = self.segment(of: network, guest: reference)
      let adapterPlan = plan.adapters[index][position]
      guard let (assignment, link) = address(of: adapterPlan, network: network) else { continue }
      var own = interface(
        node, segment, link.address, link.prefix, mac: adapterPlan.mac,
        isStandIn: assignment.address == nil, adapter: reference)
      own.masquerades = adapter.masquerades
      own.port = lab.networks[network].profile.port
      let further = secondaryAddresses(of: reference, beside: own)
      added += [own] + further
      gateways.append(gateway(assignment, network: network))
      gateways += further.map { _ in nil }
    }
    for inner in machine.inside.compactMap({ Address.prefix($0.prefix) }) {
      added.append(innerInterface(of: index, node: node, inner))
      gateways.append(nil)
    }
    let table = routingTable(machine, added, gateways)
    addNode(
      .machine(index), interfaces: added, routes: table, forwards: machine.forwards,
      isAttached: isAttached)
  }

  private mutating func segment(of network: Int, guest: AdapterReference) -> Int {
    segmentOfNetwork[network] ?? addSegment(.privateNAT(network: network, guest: guest))
  }

  /// An adapter's address with its link; one that stands in where only the LAN or the guest
  /// itself will know it.
  private mutating func address(
    of plan: AdapterPlan, network: Int
  ) -> (Assignment<Address>, InterfaceAddress<Address>)? {
    guard let assignment = Address.assignment(plan) else { return nil }
    if isHidden(network: network) {
      return hiddenAddress(assignment, network: network).map { (assignment, $0) }
    }
    if lab.networks[network].profile.segment == .uplink {
      guard let lan = standIns?.lan,
        let address = assignment.address
          ?? (assignment.source == .lan ? standIns?.nextGuest() : nil)
      else { return nil }
      return (assignment, InterfaceAddress(address: address, prefixLength: lan.length))
    }
    guard let length = assignment.prefixLength,
      let address = assignment.address ?? nextLinkLocal(assignment)
    else { return nil }
    return (assignment, InterfaceAddress(address: address, prefixLength: length))
  }

  /// Link-local addresses are random; any that no two guests share will do.
  private mutating func nextLinkLocal(_ assignment: Assignment<Address>) -> Address? {
    guard assignment.source == .linkLocal, Address.family == .ipv4 else { return nil }
    linkLocalCount += 1
    let base = IPv4Prefix.linkLocal.network.bits + 256
    return Address(bits: Address.Bits(base) + Address.Bits(linkLocalCount))
  }

  private func gateway(_ assignment: Assignment<Address>, network: Int) -> Address? {
    if isHidden(network: network) { return hiddenGateway(network: network) }
    guard lab.networks[network].profile.segment == .uplink else { return assignment.gateway }
    return standIns?.router
  }

  /// On-link prefixes, then static routes whose router is on a link, then the default route: the
  /// VM's own gateway, or that of the lowest slot that offers one.
  private func routingTable(
    _ machine: VirtualMachine, _ added: [FabricInterface], _ gateways: [Address?]
  ) -> [FabricRoute] {
    var table = onLinkRoutes(added)
    let own = Set(added.map(\.address))
    table += staticRoutes(machine.routes, beside: table, of: added)
    if let gateway = Address.gateway(machine) {
      if let interface = onLink(bits(gateway), table, own) {
        table.append(FabricRoute(prefix: .all, interface: interface, nextHop: bits(gateway)))
      }
      return table
    }
    // Out of the adapter itself, whatever the networks within the VM are.
    let outer = Set(added.filter { !$0.isInner }.map(\.address))
    for (offset, gateway) in gateways.enumerated() {
      guard let gateway, !outer.contains(bits(gateway)),
        added[offset].prefix.contains(bits(gateway))
      else { continue }
      table.append(
        FabricRoute(
          prefix: .all, interface: interfaces.count + offset, nextHop: bits(gateway)))
      break
    }
    return table
  }

  /// Those static routes whose router is on a link, and that lead where no other does.
  func staticRoutes(
    _ routes: [Route], beside table: [FabricRoute], of added: [FabricInterface]
  ) -> [FabricRoute] {
    let own = Set(added.map(\.address))
    var lines: [FabricRoute] = []
    for route in routes {
      guard let (prefix, router) = Address.route(route),
        let interface = onLink(bits(router), table, own)
      else { continue }
      let line = FabricRoute(
        prefix: FabricPrefix(prefix), interface: interface, nextHop: bits(router))
      if !(table + lines).contains(where: { $0.prefix == line.prefix }) { lines.append(line) }
    }
    return lines
  }

  private func onLink(
    _ router: AddressBits, _ table: [FabricRoute], _ own: Set<AddressBits>
  ) -> Int? {
    guard !own.contains(router) else { return nil }
    return table.filter { $0.nextHop == nil && $0.prefix.contains(router) }
      .max { $0.prefix.length < $1.prefix.length }?.interface
  }

  // MARK: Listeners

  /// The port forwards that a socket of the host listens for, and those that its routing serves; of
  /// those that want one port of one address, only the first can have it, whether its guest is
  /// plugged in or not.
  ///
  /// None over IPv6: NAT forwards IPv4 alone, and a NAT network keeps rules for IPv6 in a list of
  /// their own, which a document has not (VirtualBox 7.1, DrvNAT and `--port-forward-4`).
  func listeners() -> (listeners: [Listener], entrances: [Entrance], taken: Set<PortService>) {
    guard Address.family == .ipv4 else { return ([], [], []) }
    var claims: [HostPortClaim] = []
    var listeners: [Listener] = []
    var entrances: [Entrance] = []
    for (index, forward) in lab.portForwards.enumerated() {
      guard let claim = claim(of: forward) else { continue }
      guard !claims.contains(where: claim.clashes) else { continue }
      claims.append(claim)
      if reach(of: forward) == .lan {
        let entrance = hostEntrance(forward, index, at: claim.address)
        if let entrance { entrances.append(entrance) }
      } else if let listener = listener(forward, index, claim) {
        listeners.append(listener)
      }
    }
    let taken = claims.map { PortService(transport: $0.transport, port: $0.port) }
    return (listeners, entrances, Set(taken))
  }

  /// Whom a forward serves.
  private func reach(of forward: PortForward) -> ForwardReach {
    guard let adapter = forward.adapter,
      let network = lab.machines[forward.machine].adapters[adapter].network
    else { return .nobody }
    return lab.networks[lab.switches[network]].profile.forwards
  }

  /// The socket that a forward's NAT router opens on the host; nil where there is no such router,
  /// or the host has no such address.
  private func claim(of forward: PortForward) -> HostPortClaim? {
    guard reach(of: forward) != .nobody else { return nil }
    let bound = Address.hostAddress(forward).flatMap { $0.isUnspecified ? nil : $0 }
    guard let bound else {
      return HostPortClaim(transport: forward.transport, port: forward.hostPort, address: nil)
    }
    return hostAddressBound(to: bound).map {
      HostPortClaim(transport: forward.transport, port: forward.hostPort, address: $0)
    }
  }

  private func listener(
    _ forward: PortForward, _ index: Int, _ claim: HostPortClaim
  ) -> Listener? {
    guard let adapter = forward.adapter,
      let network = lab.machines[forward.machine].adapters[adapter].network
    else { return nil }
    let reference = AdapterReference(machine: forward.machine, adapter: adapter)
    guard
      let router = natRouterOfGuest[reference] ?? natRouterOfNetwork[lab.switches[network]],
      let interface = nodes[forward.machine].interfaces.first(where: {
        interfaces[$0].adapter == reference
      })
    else { return nil }
    return Listener(
      forward: index, transport: forward.transport, hostPort: forward.hostPort,
      guestPort: forward.guestPort, hostAddress: claim.address, router: router,
      machine: forward.machine, interface: interface)
  }

  /// The address of the host that a forward listens on; nil where the host has no such address.
  ///
  /// Where the host's address on the LAN is unknown, one that is in no network of the lab is taken
  /// to be that.
  private func hostAddressBound(to address: Address) -> AddressBits? {
    let host = nodes[lab.machines.count].interfaces.map { interfaces[$0] }
    if bits(address) == Address.family.loopback
      || host.contains(where: { $0.address == bits(address) })
    {
      return bits(address)
    }
    guard Address.uplink(lab.host.uplink) == nil,
      !Self.prefixes(lab: lab, plan: plan).contains(where: { $0.contains(address) })
    else { return nil }
    return host.first { $0.segment == lanSegment }?.address
  }
}

/// A port of the host that a forward takes.
private struct HostPortClaim {
  let transport: PortForward.Transport
  let port: Int
  /// Nil for all of the host's addresses.
  let address: AddressBits?

  func clashes(with other: HostPortClaim) -> Bool {
    transport == other.transport && port == other.port
      && (address == nil || other.address == nil || address == other.address)
  }
}
