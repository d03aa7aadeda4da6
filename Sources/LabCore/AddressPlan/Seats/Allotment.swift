/// What the planner gives away of a network.
struct Allotment<Address: IPAddress> {
  let prefix: Prefix<Address>
  /// What it gives from; nil where that has no address at all.
  let range: AddressRange<Address>?
  /// A part of the range that someone else gives away.
  var withheld: AddressRange<Address>?
  /// Never given away: routers, the host, servers.
  let reserved: [Address]
  /// Whether the addresses are to be pinned in the DHCP pool or to be configured in the guests.
  let source: AddressSource

  /// How many adapters could get an address of an empty network.
  var capacity: UInt128 { free(without: []) }

  /// How many addresses are left when some are taken.
  func free(without taken: [Address]) -> UInt128 {
    range.map { blocked(taken).freeCount(in: $0) } ?? 0
  }

  /// Whether an adapter may go on having an address that it once got.
  private func allows(_ address: Address) -> Bool {
    guard let range, range.contains(address), !reserved.contains(address) else { return false }
    return !(withheld?.contains(address) ?? false)
  }

  /// Everything that is not to be given away.
  func blocked(_ taken: some Sequence<Address>) -> AddressSet<Address> {
    var ranges = (reserved + taken).map { AddressRange(from: $0, through: $0) }
    if let withheld { ranges.append(withheld) }
    return AddressSet(ranges)
  }
}

/// An adapter that is to get an address.
struct AddressClaim<Address: IPAddress> {
  let adapter: AdapterReference
  let claimant: Claimant
  /// The address that it has, and keeps as long as the network allows it.
  var kept: Address?
  /// The address that it had until lately, and gets again if nobody else has it.
  var former: Address?
}

extension Allotment {
  /// Gives each claim an address; nil for those that are left when there are no more.
  ///
  /// Who has an address keeps it. The others share the lowest that are free; those that rest are
  /// given only when all others are gone, the longest rested first.
  ///
  /// - Parameters:
  ///   - claims: in an order that does not depend on places in the document.
  ///   - fixed: what the document or a reservation gives to someone.
  ///   - resting: what someone had until lately, the longest rested first.
  func allocate(
    _ claims: [AddressClaim<Address>], fixed: [Address], resting: [Address]
  ) -> [Address?] {
    var result = recall(claims)
    var held = Set(result.compactMap { $0 })
    let others = Set(fixed)
    for (index, claim) in claims.enumerated() where result[index] == nil {
      guard let address = claim.former, allows(address), !others.contains(address),
        held.insert(address).inserted
      else { continue }
      result[index] = address
    }
    let waiting = claims.indices.filter { result[$0] == nil }
    guard let range, !waiting.isEmpty else { return result }
    let found = lowestFree(
      waiting.count, in: range, outside: blocked(held.union(others)), resting: resting)
    let seats = shareOut(
      seats: found.map(offset), among: waiting.map { claims[$0].claimant },
      numberedFrom: Numbering(first: offset(range.first), step: 1))
    for (index, seat) in zip(waiting, seats) { result[index] = seat.map { found[$0] } }
    return result
  }

  /// Gives each claim the address that it has and keeps; nil for those that have none.
  func recall(_ claims: [AddressClaim<Address>]) -> [Address?] {
    var held: Set<Address> = []
    return claims.map { claim in
      guard let address = claim.kept, allows(address), held.insert(address).inserted else {
        return nil
      }
      return address
    }
  }

  /// How far an address is into the prefix, so that who gets which does not depend on the prefix.
  private func offset(_ address: Address) -> UInt64 {
    UInt64(truncatingIfNeeded: address.bits - prefix.network.bits)
  }
}

/// The lowest addresses of a range that are not taken and do not rest, in order; where they are
/// too few, also those that rest, the longest rested first.
func lowestFree<Address: IPAddress>(
  _ count: Int, in range: AddressRange<Address>, outside taken: AddressSet<Address>,
  resting: [Address]
) -> [Address] {
  let asleep = AddressSet(resting.map { AddressRange(from: $0, through: $0) })
  var found: [Address] = []
  for free in taken.union(asleep).freeRanges(in: range) {
    for address in free {
      guard found.count < count else { return found }
      found.append(address)
    }
  }
  var awake = taken
  for address in resting where found.count < count {
    guard range.contains(address), !awake.contains(address) else { continue }
    awake.insert(address)
    found.append(address)
  }
  return found.sorted()
}
