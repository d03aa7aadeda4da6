/// The host as a router of its own networks.
extension FabricCompiler {
  /// Whether a network has the host as its router.
  private var isHostRouter: Bool { lab.networks.contains { $0.profile.router == .host } }

  /// By segment: what the host lets pass; nil where the product has nothing to do with it.
  ///
  /// A host that routes because the document says so lets everything pass, unless the product has
  /// rules of its own.
  func hostGates() -> [HostGate]? {
    let isAsNeeded = lab.product.facts.forwarding == .asNeeded
    let isAsked = lab.draft.host?.forwarding ?? false
    guard isHostRouter || lab.host.forwards && isAsNeeded else { return nil }
    var gates = [HostGate](repeating: .open, count: segments.count)
    for (index, network) in lab.networks.enumerated() where network.profile.segment == .network {
      guard let segment = segmentOfNetwork[index], lab.switches[index] == index else { continue }
      let gate = Address.family == .ipv4 ? network.profile.gate : network.profile.gate6
      gates[segment] =
        isAsked && !isAsNeeded
        ? HostGate(letsOut: true, inward: .open, translation: gate.translation) : gate
    }
    return gates
  }

  /// The routes of the LAN's router to networks that the document announces there.
  func announcedRoutes(by interface: Int) -> [FabricRoute] {
    guard let host = standIns?.host else { return [] }
    return announcedPrefixes.map {
      FabricRoute(prefix: FabricPrefix($0), interface: interface, nextHop: bits(host))
    }
  }

  /// What the LAN's router has routes to by way of the host.
  var announcedPrefixes: [Prefix<Address>] {
    lab.networks.indices.filter { lab.networks[$0].isAnnounced && lab.switches[$0] == $0 }
      .compactMap { Address.addresses(plan.networks[$0])?.prefix }
  }

  /// A port forward that the host's routing serves for whoever comes by the LAN (destination NAT in
  /// the kernel: the client's address stays).
  func hostEntrance(_ forward: PortForward, _ index: Int, at bound: AddressBits?) -> Entrance? {
    let own = nodes[lab.machines.count].interfaces.map { interfaces[$0] }
      .filter { $0.segment == lanSegment && (bound == nil || $0.address == bound) }
    let target = nodes[forward.machine].interfaces.map { interfaces[$0] }
      .first { $0.adapter == forward.adapter.map { .init(machine: forward.machine, adapter: $0) } }
    guard let target, !own.isEmpty else { return nil }
    return Entrance(
      origin: .host(forward: index), node: lab.machines.count, segment: lanSegment,
      addresses: own.map(\.address), transport: forward.transport, port: forward.hostPort,
      target: target.address, targetPort: forward.guestPort)
  }
}
