internal import LabCore

extension BlueprintDrawing {
  /// Draws a VM, and the private engines of its NAT adapters.
  mutating func drawMachine(_ index: Int) {
    let machine = lab.machines[index]
    var node = BlueprintNode(title: "VM \(machine.name)", forwards: machine.forwards)
    var offered: [(interface: Int, gateway: Address)] = []
    for (position, adapter) in machine.adapters.enumerated() {
      guard let network = adapter.network else { continue }
      let place = AdapterPlace(machine: index, adapter: position)
      // Also without a cable: an engine listens on the host whether its guest hears it or not.
      let segment = segment(of: network, at: place)
      guard adapter.cableConnected else { continue }
      let address = address(at: place)
      if let gateway = gateway(at: place), let address, address.isOnLink(gateway.ofEitherFamily) {
        offered.append((node.interfaces.count, gateway))
      }
      node.interfaces.append(
        BlueprintInterface(
          name: name(of: position), segment: segment,
          mac: plan.adapters[index][position].mac,
          addresses: address.map { [$0] + further(adapter, beside: $0) } ?? []))
    }
    for inner in machine.inside.compactMap({ Address.prefix($0.prefix) }) {
      let segment = newSegment()
      node.interfaces.append(
        BlueprintInterface(
          name: "inner\(segment)", segment: segment,
          addresses: [BlueprintAddress(inner.hosts.first, prefixLength: inner.length)],
          isInner: true))
    }
    // A router of the VM's own is its only default route; a static route to everywhere comes
    // before one that is merely offered.
    if let own = Address.gateway(machine) { node.routes.append(defaultRoute(via: own)) }
    for route in machine.routes.compactMap(Address.route) {
      node.routes.append(
        BlueprintRoute(
          destination: Address.ofEitherFamily(route.destination),
          way: .router(route.router.ofEitherFamily, interface: nil)))
    }
    let own = Set(node.addresses)
    if Address.gateway(machine) == nil,
      let first = offered.first(where: { !own.contains($0.gateway.ofEitherFamily) })
    {
      node.routes.append(defaultRoute(via: first.gateway, interface: first.interface))
    }
    _ = add(node, as: .machine(index))
  }

  /// An adapter's further addresses. One with a hardware address of its own is left out: what
  /// VirtualBox's switch does with it no bridge of a kernel's does.
  private func further(
    _ adapter: Adapter, beside own: BlueprintAddress
  ) -> [BlueprintAddress] {
    guard Address.family == .ipv4 else { return [] }
    return adapter.secondary.filter { $0.mac == nil }
      .map { BlueprintAddress($0.address, prefixLength: own.prefixLength) }
  }

  private mutating func segment(of network: Int, at place: AdapterPlace) -> Int {
    guard lab.networks[network].profile.segment == .adapter else {
      return segment(ofSwitch: network)
    }
    let segment = newSegment()
    drawPrivateEngine(of: network, at: place, segment: segment)
    return segment
  }

  /// The address that an adapter has in the rebuilt lab.
  private func address(at place: AdapterPlace) -> BlueprintAddress? {
    guard let planned = Address.assignment(plan.adapters[place.machine][place.adapter]) else {
      return nil
    }
    let lanLength = standIns.lan?.length ?? Address.Bits.bitWidth
    switch planned.source {
    case .none: return nil
    case .lan:
      return standIns.leases[place].map { BlueprintAddress($0, prefixLength: lanLength) }
    case .linkLocal:
      let before = lab.machines[..<place.machine].reduce(0) { $0 + $1.adapters.count }
      return Address.linkLocal(before + place.adapter).map {
        BlueprintAddress($0.address, prefixLength: $0.prefixLength)
      }
    case .static, .planned, .reserved, .engine:
      return planned.address.map {
        BlueprintAddress($0, prefixLength: planned.prefixLength ?? lanLength)
      }
    }
  }

  /// The default router that an adapter offers its VM.
  private func gateway(at place: AdapterPlace) -> Address? {
    let plan = plan.adapters[place.machine][place.adapter]
    if let planned = Address.assignment(plan)?.gateway { return planned }
    let adapter = lab.machines[place.machine].adapters[place.adapter]
    return lab.profile(of: adapter)?.segment == .uplink ? standIns.lanRouter : nil
  }
}
