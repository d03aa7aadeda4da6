/// What a network's prefix has to have room for.
struct NetworkNeed {
  /// How many adapters are attached.
  var adapters = 0
  /// How many hosts the document asks room for.
  var size = 0
  /// Addresses that the document fixes for the network itself: its router, its DHCP server.
  var ownAddresses: [IPv4Address] = []
  /// Addresses that the document fixes for adapters.
  var adapterAddresses: [IPv4Address] = []

  /// How many addresses the planner must be able to give.
  var hosts: Int { max(adapters, size) }

  /// The length of a new prefix on which `capacity` tells how many adapters have room.
  ///
  /// A size that the document gives is met closely. Without one it is a /24, as the hypervisor
  /// would take, or as much shorter as it takes for a quarter more adapters than there are.
  func prefixLength(capacity: (_ length: Int) -> UInt128) -> Int {
    let longest = size > 0 ? 29 : 24
    let wanted = UInt128(size > 0 ? hosts : adapters + adapters / 4)
    var length = longest
    while length > 8, capacity(length) < wanted { length -= 1 }
    return length
  }
}

/// What each network needs, by index in `Lab.networks`; those of one switch are counted at the one
/// whose prefix they share.
func networkNeeds(of lab: Lab) -> [NetworkNeed] {
  var needs = lab.networks.map { _ in NetworkNeed() }
  for machine in lab.machines {
    for adapter in machine.adapters {
      guard let network = adapter.network else { continue }
      let owner = lab.switches[network]
      needs[owner].adapters += 1
      if let address = adapter.address { needs[owner].adapterAddresses.append(address) }
      needs[owner].adapterAddresses += adapter.secondary.map(\.address)
    }
  }
  for (index, network) in lab.networks.enumerated() {
    let owner = lab.switches[index]
    needs[owner].size = max(needs[owner].size, network.size ?? 0)
    needs[owner].ownAddresses += network.ownAddresses
  }
  return needs
}

extension Network {
  /// The addresses that the document fixes for the network itself.
  fileprivate var ownAddresses: [IPv4Address] {
    var addresses = [gateway]
    if let parts = dhcp?.parts { addresses += [parts.server, parts.first, parts.last] }
    if case .address(let host) = hostAddress { addresses.append(host) }
    return addresses.compactMap { $0 }
  }
}
