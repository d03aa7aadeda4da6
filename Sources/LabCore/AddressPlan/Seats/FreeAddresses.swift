/// What is free of a network.
public struct NetworkFreeAddresses: Hashable, Sendable {
  /// Nil where the network has no IPv4 prefix, or one that is not the planner's to give from: on
  /// NAT and bridged networks.
  public let ipv4: FreeAddresses<IPv4Address>?
  /// The same for IPv6.
  public let ipv6: FreeAddresses<IPv6Address>?
}

/// What is free of a network's prefix.
public struct FreeAddresses<Address: IPAddress>: Hashable, Sendable {
  /// The network's.
  public let prefix: Prefix<Address>
  /// What the planner can give at once, in order: in the DHCP pool where there is one that takes
  /// reservations, else anywhere in the prefix.
  public let ranges: [AddressRange<Address>]
  /// What somebody had until lately: given only when nothing else is free, in this order.
  public let resting: [RestingAddress<Address>]
  /// What nobody has outside of where the planner gives from: free for static addresses.
  public let staticRanges: [AddressRange<Address>]

  /// The fewest prefixes that make up `ranges`, in order.
  public var prefixes: [Prefix<Address>] { ranges.flatMap { $0.prefixes() } }

  /// How many addresses can be given, those that rest included; all of IPv6 counts as one less
  /// than it has.
  public var count: UInt128 {
    ranges.reduce(UInt128(resting.count)) { $0.addingReportingOverflow($1.count).partialValue }
  }

  /// The addresses that are next to be given: the lowest first, then those that have rested
  /// longest. Nil where there are not so many.
  public func next(_ count: Int) -> [Address]? {
    guard count > 0 else { return [] }
    guard UInt128(count) <= self.count else { return nil }
    var found = Array(ranges.lazy.flatMap { $0 }.prefix(count))
    found += resting.prefix(count - found.count).map(\.address)
    return found
  }
}

/// An address that somebody had until lately.
public struct RestingAddress<Address: IPAddress>: Hashable, Sendable {
  /// The address.
  public let address: Address
  /// When it was given up, in milliseconds since 1970-01-01 UTC.
  public let freedAt: Int64
}

/// What is free of a network of a planned lab.
///
/// - Parameters:
///   - network: an index in `Lab.networks`.
///   - plan: the lab's.
///   - memory: what came back with the plan; it knows of reservations and of what rests.
///   - identities, time, rest: as in `assignAddresses(in:remembering:knownBy:at:rest:beside:)`.
public func freeAddresses(
  of network: Int, in lab: Lab, plan: AddressPlan, remembering memory: AddressMemory,
  knownBy identities: LabIdentities? = nil, at time: Int64,
  rest: Int64 = AddressMemory.usualRest
) -> NetworkFreeAddresses {
  let recollection = Recollection(
    memory, of: lab, identities: identities ?? LabIdentities(naming: lab), at: time, rest: rest)
  let owner = lab.switches[network]
  let prefix = plan.networks[network].ipv4?.prefix
  let ipv4 = services(of: lab.networks[owner], prefix: prefix, in: lab)?.allotment
  let link =
    lab.networks[owner].profile.prefixes.isPlanned
    ? ipv6Link(of: lab.networks[owner], prefix: ipv6Prefixes(of: lab)[owner], slot: 1, in: lab)
    : nil
  let secondary = lab.machines.lazy.flatMap(\.adapters)
    .filter { $0.network.map { lab.switches[$0] } == owner }.flatMap(\.secondary).map(\.address)
  let members = lab.machines.indices.flatMap { machine in
    zip(lab.machines[machine].adapters, plan.adapters[machine])
      .filter { adapter, _ in adapter.network.map { lab.switches[$0] } == owner }
      .map(\.1)
  }
  return NetworkFreeAddresses(
    ipv4: ipv4.map {
      free(of: $0, members.compactMap(\.ipv4.address) + secondary, owner, recollection)
    },
    ipv6: link.map {
      free(of: $0.allotment, members.compactMap { $0.ipv6?.address }, owner, recollection)
    })
}

private func free<Address: IPAddress>(
  of allotment: Allotment<Address>, _ assigned: [Address], _ owner: Int,
  _ recollection: Recollection
) -> FreeAddresses<Address> {
  let taken = allotment.blocked(assigned + recollection.reservations(on: owner))
  let resting: [(address: Address, since: Int64)] = recollection.resting(on: owner)
  let asleep = resting.filter { row in
    allotment.range?.contains(row.address) == true && !taken.contains(row.address)
  }
  var unavailable = taken
  for row in asleep { unavailable.insert(row.address) }
  var elsewhere = taken
  if let range = allotment.range { elsewhere.insert(range) }
  return FreeAddresses(
    prefix: allotment.prefix,
    ranges: allotment.range.map { unavailable.freeRanges(in: $0) } ?? [],
    resting: asleep.map { RestingAddress(address: $0.address, freedAt: $0.since) },
    staticRanges: elsewhere.freeRanges(in: allotment.prefix.hosts))
}
