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
struct StandInAddresses<Address: LabAddress> {
  /// The prefix of the LAN; nil where it has none of the family.
  let lan: Prefix<Address>?
  /// The host's address on the LAN.
  let host: InterfaceAddress<Address>?
  /// Nil where the LAN's prefix has no room.
  let lanRouter: Address?
  /// Nil where the LAN's prefix has no room.
  let lanPeer: Address?
  /// What the LAN gives to bridged adapters.
  let leases: [AdapterPlace: Address]
  /// The link between the LAN's router and the internet.
  let internet: Prefix<Address>

  /// Chooses the addresses that the document leaves open.
  init(for lab: Lab, plan: AddressPlan) {
    var used = prefixesInUse(by: lab, plan: plan, Address.self)
    let uplink = lab.host.uplink
    lan =
      lanPrefix(of: lab, plan: plan)
      ?? (Address.isOnEveryLAN ? firstUnused(used) : nil)
    if let lan { used.insert(lan) }
    internet = firstUnused(used)
    var pool = LANPool(lan: lan, lab: lab, plan: plan)
    let lanRouter = Address.gateway(uplink) ?? pool.takeOutsideLeases()
    let host =
      Address.hostAddress(uplink)
      ?? pool.takeOutsideLeases().map { pool.onTheLAN($0) }
    let lanPeer = pool.takeOutsideLeases()
    var leases: [AdapterPlace: Address] = [:]
    for (machine, adapters) in plan.adapters.enumerated() {
      for (adapter, plan) in adapters.enumerated()
      where Address.assignment(plan)?.source == .lan {
        leases[AdapterPlace(machine: machine, adapter: adapter)] = pool.takeLease()
      }
    }
    (self.lanRouter, self.host, self.lanPeer, self.leases) = (lanRouter, host, lanPeer, leases)
  }
}

/// The addresses of the LAN that nobody in the lab has.
private struct LANPool<Address: LabAddress> {
  private let lan: Prefix<Address>?
  private let leases: AddressRange<Address>?
  private var taken: AddressSet<Address>

  init(lan: Prefix<Address>?, lab: Lab, plan: AddressPlan) {
    self.lan = lan
    leases = Address.pool(lab.host.uplink)
    taken = addressesInUse(by: lab, plan: plan)
  }

  func onTheLAN(_ address: Address) -> InterfaceAddress<Address> {
    InterfaceAddress(address: address, prefixLength: lan?.length ?? Address.Bits.bitWidth)
  }

  /// Takes a free address, not one of the DHCP server's if that can be.
  mutating func takeOutsideLeases() -> Address? {
    guard let lan else { return nil }
    var avoided = taken
    if let leases { avoided.insert(leases) }
    return take(avoided.firstFree(in: lan.hosts) ?? taken.firstFree(in: lan.hosts))
  }

  /// Takes a free address, one of the DHCP server's where they are known.
  mutating func takeLease() -> Address? {
    take((leases ?? lan?.hosts).flatMap { taken.firstFree(in: $0) })
  }

  private mutating func take(_ address: Address?) -> Address? {
    if let address { taken.insert(address) }
    return address
  }
}

/// The LAN's prefix as far as the document tells it; nil where nothing is known.
private func lanPrefix<Address: LabAddress>(of lab: Lab, plan: AddressPlan) -> Prefix<Address>? {
  let uplink = lab.host.uplink
  if let own = Address.hostAddress(uplink) { return own.prefix }
  let bridged = lab.networks.indices.filter { lab.networks[$0].profile.segment == .uplink }
  if let prefix = bridged.lazy.compactMap({ Address.addresses(plan.networks[$0])?.prefix }).first {
    return prefix
  }
  let statics = lab.machines.flatMap(\.adapters).compactMap { adapter in
    adapter.network.map(bridged.contains) == true ? Address.fixed(adapter) : nil
  }
  let pool = Address.pool(uplink)
  let named = [Address.gateway(uplink), pool?.first, pool?.last].compactMap { $0 }
  // An address that holds on one link only says nothing of the prefix.
  let known = (named + statics).filter { !$0.isLinkLocal }
  guard let first = known.first else { return nil }
  let usual = Address.usualPrefixLength
  let candidates = (8...usual).reversed().lazy.map { Prefix(containing: first, length: $0) }
  return candidates.first { known.allSatisfy($0.hosts.contains) } ?? candidates.first
}

private func prefixesInUse<Address: LabAddress>(
  by lab: Lab, plan: AddressPlan, _: Address.Type
) -> AddressSet<Address> {
  var used = AddressSet<Address>()
  for network in plan.networks {
    if let addresses = Address.addresses(network) { used.insert(addresses.prefix) }
  }
  for assignment in plan.adapters.joined().compactMap(Address.assignment) {
    if let address = assignment.address {
      used.insert(Prefix(containing: address, length: assignment.prefixLength ?? 24))
    }
  }
  for prefix in lab.host.occupied.compactMap(Address.prefix) { used.insert(prefix) }
  for route in lab.machines.flatMap(\.routes).compactMap(Address.route)
  where route.destination.length >= 8 {
    used.insert(route.destination)
  }
  if let own = Address.hostAddress(lab.host.uplink) { used.insert(own.prefix) }
  return used
}

private func addressesInUse<Address: LabAddress>(
  by lab: Lab, plan: AddressPlan
) -> AddressSet<Address> {
  let networks = plan.networks.compactMap(Address.addresses).flatMap { [$0.host, $0.gateway] }
  let adapters = plan.adapters.joined().compactMap(Address.assignment)
    .flatMap { [$0.address, $0.gateway] }
  let machines = lab.machines.flatMap { machine in
    [Address.gateway(machine)] + machine.routes.map { Address.route($0)?.router }
  }
  let uplink = [
    Address.hostAddress(lab.host.uplink)?.address, Address.gateway(lab.host.uplink),
  ]
  var taken = AddressSet<Address>()
  for address in (networks + adapters + machines + uplink).compactMap({ $0 }) {
    taken.insert(address)
  }
  return taken
}

private func firstUnused<Address: LabAddress>(_ used: AddressSet<Address>) -> Prefix<Address> {
  var fallback: Prefix<Address>?
  for prefix in Address.nobodysPrefixes {
    if !used.overlaps(prefix) { return prefix }
    fallback = fallback ?? prefix
  }
  return fallback ?? Prefix(containing: Address(bits: 0), length: 24)
}
