internal import LabCore

/// A place in a lab: an adapter of a VM, by index.
struct AdapterPlace: Hashable {
  let machine: Int
  let adapter: Int
}

/// The addresses of machines that the document leaves open: the LAN's, and the internet's.
///
/// A measurement needs every machine to have an address; which one decides nothing as long as
/// nothing else in the lab has it.
struct StandInAddresses {
  /// The prefix of the LAN.
  let lan: IPv4Prefix
  /// The host's address on the LAN.
  let host: InterfaceAddress<IPv4Address>?
  /// Nil where the LAN's prefix has no room.
  let lanRouter: IPv4Address?
  /// Nil where the LAN's prefix has no room.
  let lanPeer: IPv4Address?
  /// What the LAN's DHCP server gives to bridged adapters.
  let leases: [AdapterPlace: IPv4Address]
  /// The link between the LAN's router and the internet.
  let internet: IPv4Prefix
}

/// Chooses the addresses that the document leaves open.
func standInAddresses(for lab: Lab, plan: AddressPlan) -> StandInAddresses {
  var used = prefixesInUse(by: lab, plan: plan)
  let uplink = lab.host.uplink
  let lan = lanPrefix(of: lab, plan: plan) ?? firstUnused(used)
  used.insert(lan)
  var taken = addressesInUse(by: lab, plan: plan)
  var withoutPool = taken
  if let pool = uplink.dhcp { withoutPool.insert(pool) }
  func takeOutsidePool() -> IPv4Address? {
    let address = withoutPool.firstFree(in: lan.hosts) ?? taken.firstFree(in: lan.hosts)
    if let address {
      taken.insert(address)
      withoutPool.insert(address)
    }
    return address
  }
  let router = uplink.gateway ?? takeOutsidePool()
  let host =
    uplink.ipv4
    ?? takeOutsidePool().map { InterfaceAddress(address: $0, prefixLength: lan.length) }
  let peer = takeOutsidePool()
  var leases: [AdapterPlace: IPv4Address] = [:]
  for (machine, adapters) in plan.adapters.enumerated() {
    for (adapter, planned) in adapters.enumerated() where planned.ipv4.source == .lan {
      guard let lease = taken.firstFree(in: uplink.dhcp ?? lan.hosts) else { continue }
      taken.insert(lease)
      leases[AdapterPlace(machine: machine, adapter: adapter)] = lease
    }
  }
  return StandInAddresses(
    lan: lan, host: host, lanRouter: router, lanPeer: peer, leases: leases,
    internet: firstUnused(used))
}

/// The LAN's prefix as far as the document tells it; nil where nothing is known.
private func lanPrefix(of lab: Lab, plan: AddressPlan) -> IPv4Prefix? {
  let uplink = lab.host.uplink
  if let ipv4 = uplink.ipv4 { return ipv4.prefix }
  let bridged = lab.networks.indices.filter { lab.networks[$0].mode == .bridged }
  if let prefix = bridged.lazy.compactMap({ plan.networks[$0].ipv4?.prefix }).first {
    return prefix
  }
  let statics = lab.machines.flatMap(\.adapters).compactMap { adapter in
    adapter.network.map(bridged.contains) == true ? adapter.address : nil
  }
  let known = [uplink.gateway, uplink.dhcp?.first, uplink.dhcp?.last].compactMap { $0 } + statics
  guard let first = known.first else { return nil }
  let candidates = (8...24).reversed().lazy.map { IPv4Prefix(containing: first, length: $0) }
  return candidates.first { known.allSatisfy($0.hosts.contains) } ?? candidates.first
}

private func prefixesInUse(by lab: Lab, plan: AddressPlan) -> AddressSet<IPv4Address> {
  var used = AddressSet<IPv4Address>()
  for network in plan.networks {
    if let ipv4 = network.ipv4 { used.insert(ipv4.prefix) }
  }
  for adapter in plan.adapters.joined() {
    if let address = adapter.ipv4.address {
      used.insert(IPv4Prefix(containing: address, length: adapter.ipv4.prefixLength ?? 24))
    }
  }
  for case .ipv4(let prefix) in lab.host.occupied { used.insert(prefix) }
  for case .ipv4(let prefix, _) in lab.machines.flatMap(\.routes) where prefix.length >= 8 {
    used.insert(prefix)
  }
  if let ipv4 = lab.host.uplink.ipv4 { used.insert(ipv4.prefix) }
  return used
}

private func addressesInUse(by lab: Lab, plan: AddressPlan) -> AddressSet<IPv4Address> {
  var taken = AddressSet<IPv4Address>()
  for network in plan.networks {
    for address in [network.ipv4?.host, network.ipv4?.gateway] {
      if let address { taken.insert(address) }
    }
  }
  for adapter in plan.adapters.joined() {
    for address in [adapter.ipv4.address, adapter.ipv4.gateway] {
      if let address { taken.insert(address) }
    }
  }
  for machine in lab.machines {
    if let gateway = machine.gateway { taken.insert(gateway) }
    for case .ipv4(_, let router) in machine.routes { taken.insert(router) }
  }
  for address in [lab.host.uplink.ipv4?.address, lab.host.uplink.gateway] {
    if let address { taken.insert(address) }
  }
  return taken
}

/// A /24 that overlaps nothing in use: those for documentation (RFC 5737) first, then those for
/// benchmarks (RFC 2544).
private func firstUnused(_ used: AddressSet<IPv4Address>) -> IPv4Prefix {
  let documentation: [UInt32] = [0xc000_0200, 0xc633_6400, 0xcb00_7100]
  let benchmarks = (0..<512).lazy.map { UInt32(0xc612_0000) + UInt32($0) << 8 }
  func prefix(_ bits: UInt32) -> IPv4Prefix {
    IPv4Prefix(containing: IPv4Address(bits: bits), length: 24)
  }
  return documentation.map(prefix).first { !used.overlaps($0) }
    ?? benchmarks.map(prefix).first { !used.overlaps($0) }
    ?? prefix(documentation[0])
}
