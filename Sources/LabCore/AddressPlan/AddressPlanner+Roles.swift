// What follows from VMs that route, serve or are copies of one disk.

extension AddressPlanner {
  /// The adapters that ask DHCP for an address in the name of another: of VMs that are copies of one
  /// disk, the first adapters on one segment, the second ones and so on.
  ///
  /// Servers that go by client identifiers give all of them one address (RFC 2131 section 2, RFC
  /// 4361): VirtualBox's and ISC's do. Whoever has an address already is the one.
  func identicalClients() -> [AdapterReference: AdapterReference] {
    struct Identity: Hashable {
      let disk: DNSLabel
      let owner: Int
      let position: Int
    }
    var clients: [Identity: [AdapterReference]] = [:]
    for index in machines {
      guard let disk = lab.machines[index].copyOf else { continue }
      var count: [Int: Int] = [:]
      for (position, adapter) in lab.machines[index].adapters.enumerated() {
        guard let owner = adapter.network.map({ lab.switches[$0] }), adapter.address == nil,
          ipv4[owner]?.allotment.source == .reserved
        else { continue }
        let identity = Identity(disk: disk, owner: owner, position: count[owner, default: 0])
        count[owner, default: 0] += 1
        clients[identity, default: []].append(
          AdapterReference(machine: index, adapter: position))
      }
    }
    var twins: [AdapterReference: AdapterReference] = [:]
    for (identity, adapters) in clients {
      let known = adapters.first { adapter in
        let rows: (kept: IPv4Address?, former: IPv4Address?) =
          recollection.addresses(of: adapter, on: identity.owner)
        return rows.kept != nil
      }
      guard let one = known ?? adapters.first else { continue }
      for adapter in adapters where adapter != one { twins[adapter] = one }
    }
    return twins
  }

  /// Gives a network the address of the VM that it names as its router, where the document fixes
  /// none.
  mutating func nameGateway(of owner: Int) {
    let network = lab.networks[owner]
    guard let machine = network.gatewayMachine, network.gateway == nil,
      network.profile.segment == .network
    else { return }
    for (position, adapter) in lab.machines[machine].adapters.enumerated() {
      guard let attached = adapter.network, lab.switches[attached] == owner else { continue }
      let reference = AdapterReference(machine: machine, adapter: position)
      guard let address = adapter.address ?? ipv4[owner]?[twins[reference] ?? reference] else {
        continue
      }
      services[owner]?.gateway = address
      return
    }
  }
}
