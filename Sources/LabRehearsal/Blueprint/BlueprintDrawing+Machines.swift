internal import LabCore

extension BlueprintDrawing {
  /// Draws a VM, and the private engines of its NAT adapters.
  mutating func drawMachine(_ index: Int) {
    let machine = lab.machines[index]
    var node = BlueprintNode(title: "VM \(machine.name)", forwards: machine.forwards)
    var offered: [(interface: Int, gateway: IPv4Address)] = []
    for (position, adapter) in machine.adapters.enumerated() {
      guard let network = adapter.network else { continue }
      let place = AdapterPlace(machine: index, adapter: position)
      // Also without a cable: an engine listens on the host whether its guest hears it or not.
      let segment = segment(of: network, at: place)
      guard adapter.cableConnected else { continue }
      let address = address(at: place)
      if let gateway = gateway(at: place), let address, address.isOnLink(.ipv4(gateway)) {
        offered.append((node.interfaces.count, gateway))
      }
      node.interfaces.append(
        BlueprintInterface(
          name: "eth\(position)", segment: segment,
          mac: plan.adapters[index][position].mac, addresses: address.map { [$0] } ?? []))
    }
    // A router of the VM's own is its only default route; a static route to everywhere comes
    // before one that is merely offered.
    if let own = machine.gateway { node.routes.append(defaultRoute(via: own)) }
    for case .ipv4(let prefix, let router) in machine.routes {
      node.routes.append(
        BlueprintRoute(
          destination: .ipv4(prefix), way: .router(.ipv4(router), interface: nil)))
    }
    let own = Set(node.addresses)
    if machine.gateway == nil,
      let first = offered.first(where: { !own.contains(.ipv4($0.gateway)) })
    {
      node.routes.append(defaultRoute(via: first.gateway, interface: first.interface))
    }
    _ = add(node, as: .machine(index))
  }

  private mutating func segment(of network: Int, at place: AdapterPlace) -> Int {
    guard lab.networks[network].mode == .nat else { return segment(ofSwitch: network) }
    let segment = newSegment()
    drawPrivateEngine(of: network, at: place, segment: segment)
    return segment
  }

  /// The address that an adapter has in the rebuilt lab.
  private func address(at place: AdapterPlace) -> BlueprintAddress? {
    let planned = plan.adapters[place.machine][place.adapter].ipv4
    switch planned.source {
    case .none: return nil
    case .lan:
      return standIns.leases[place].map {
        BlueprintAddress($0, prefixLength: standIns.lan.length)
      }
    case .linkLocal: return BlueprintAddress(linkLocalAddress(at: place), prefixLength: 16)
    case .static, .planned, .reserved, .engine:
      return planned.address.map {
        BlueprintAddress($0, prefixLength: planned.prefixLength ?? standIns.lan.length)
      }
    }
  }

  /// A distinct address of 169.254.1.0 to 169.254.254.255 (RFC 3927 section 2.1).
  private func linkLocalAddress(at place: AdapterPlace) -> IPv4Address {
    let before = lab.machines[..<place.machine].reduce(0) { $0 + $1.adapters.count }
    let number = UInt32((before + place.adapter) % 65024)
    return IPv4Address(bits: 0xa9fe_0100 + number)
  }

  /// The default router that an adapter offers its VM.
  private func gateway(at place: AdapterPlace) -> IPv4Address? {
    let planned = plan.adapters[place.machine][place.adapter].ipv4.gateway
    if let planned { return planned }
    let adapter = lab.machines[place.machine].adapters[place.adapter]
    return lab.network(of: adapter)?.mode == .bridged ? standIns.lanRouter : nil
  }
}
