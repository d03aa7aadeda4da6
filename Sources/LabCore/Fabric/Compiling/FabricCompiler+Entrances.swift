extension FabricCompiler {
  /// The ports of VMs, then of the LAN's router, that lead elsewhere. None over IPv6, as documents
  /// write their targets as IPv4 addresses.
  func entrances() -> [Entrance] {
    guard Address.family == .ipv4 else { return [] }
    return lab.machines.indices.flatMap(entrances(ofMachine:)) + lanEntrances()
  }

  private func entrances(ofMachine machine: Int) -> [Entrance] {
    lab.machines[machine].portForwards.enumerated().compactMap { index, forward in
      let segment = forward.adapter.map { self.segment(of: lab.machines[machine], adapter: $0) }
      // Unplugged, it hears nobody.
      if case .some(nil) = segment { return nil }
      let near = nodes[machine].interfaces.map { interfaces[$0].segment }
      return entrance(
        forward, .machine(machine, forward: index), node: machine, segment: segment ?? nil,
        near: near)
    }
  }

  private func lanEntrances() -> [Entrance] {
    guard let node = nodes.firstIndex(where: { $0.kind == .lanRouter }) else { return [] }
    return lab.host.lanForwards.enumerated().compactMap { index, forward in
      entrance(
        forward, .uplink(forward: index), node: node, segment: internetSegment,
        near: [lanSegment])
    }
  }

  private func entrance(
    _ forward: DestinationForward, _ origin: Entrance.Origin, node: Int, segment: Int?,
    near: [Int]
  ) -> Entrance? {
    guard let target = address(of: forward.target, near: near) else { return nil }
    let own = nodes[node].interfaces.map { interfaces[$0] }
      .filter { !$0.isInner && (segment == nil || $0.segment == segment) }
    return Entrance(
      origin: origin, node: node, segment: segment, addresses: own.map(\.address),
      transport: forward.transport, port: forward.port, target: target,
      targetPort: forward.targetPort)
  }

  /// Where a forward leads: a machine's address on a segment that the router is on too, where it
  /// has one there.
  private func address(
    of target: DestinationForward.Target, near segments: [Int]
  ) -> AddressBits? {
    let node: Int
    switch target {
    case .address(let address):
      return AddressBits(address.bits)
    case .machine(let machine): node = machine
    case .host: node = lab.machines.count
    }
    let own = nodes[node].interfaces.map { interfaces[$0] }.filter { !$0.isInner }
    return (own.first { segments.contains($0.segment) } ?? own.first)?.address
  }
}
