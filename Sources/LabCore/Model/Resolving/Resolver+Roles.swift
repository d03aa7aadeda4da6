/// The VMs that a network's document names, or means, as its router and its DHCP server.
extension Resolver {
  /// The VM of a name; nil, and a fault, where there is none.
  mutating func machine(_ name: DNSLabel?, at pointer: JSONPointer) -> Int? {
    guard let name else { return nil }
    if let index = machineIndex[name] { return index }
    if ["none", "no", "null", "off", "auto", "dhcp"].contains(name.text) {
      report(
        .unknownReference, pointer, "there is no VM \"\(name)\"; leave the key out instead")
    } else {
      reportUnknown(name, .machine, pointer)
    }
    return nil
  }

  /// The VM that serves DHCP on a network: the one that its document names, or the one that has the
  /// server's address.
  mutating func dhcpMachine(of network: NetworkDraft, at pointer: JSONPointer) -> Int? {
    switch network.dhcp {
    case .served(let name, _, _): machine(name, at: pointer)
    case .on(let server?, _, _):
      network.name.flatMap { owners[OwnedAddress(network: $0, address: server)] }
    case .on, .off, nil: nil
    }
  }

  /// What a network asks of its DHCP server, with the server's address where the document fixes it.
  func dhcpRequest(of network: NetworkDraft, servedBy machine: Int?) -> DHCPRequest? {
    guard case .served(_, let first, let last) = network.dhcp, let machine,
      let address = staticAddress(of: machine, on: network)
    else { return network.dhcp }
    return .on(server: address, first: first, last: last)
  }

  /// The address that the document fixes for a VM on a network.
  func staticAddress(of machine: Int, on network: NetworkDraft) -> IPv4Address? {
    draft.vms[machine].adapters.lazy
      .filter { $0.network == network.name }.compactMap(\.address).first
  }

  /// By address: the first VM that the document gives it to.
  func ownersOfAddresses() -> [OwnedAddress: Int] {
    var owners: [OwnedAddress: Int] = [:]
    for (index, machine) in draft.vms.enumerated() {
      for adapter in machine.adapters {
        guard let network = adapter.network, let address = adapter.address else { continue }
        let owned = OwnedAddress(network: network, address: address)
        if owners[owned] == nil { owners[owned] = index }
      }
    }
    return owners
  }
}

/// An address on a network.
struct OwnedAddress: Hashable {
  let network: DNSLabel
  let address: IPv4Address
}
