/// Addresses in the place of those that nobody can know before boot: what the LAN's DHCP server
/// will say, the address of another machine of the LAN, one of the internet.
///
/// The fabric needs them to send packets; no answer ever shows one.
struct StandIns<Address: IPAddress> {
  let lan: Prefix<Address>
  let host: Address?
  let router: Address?
  let peer: Address?
  let internet: Prefix<Address>
  private var guests: AddressSet<Address>
  private let pool: AddressRange<Address>

  /// Stand-ins for what is nil, beside what is known.
  ///
  /// - Parameters:
  ///   - taken: addresses that machines of the LAN are known to have.
  ///   - avoiding: prefixes of the lab, which no invented prefix may overlap.
  init(
    lan: Prefix<Address>?, host: Address?, router: Address?, pool: AddressRange<Address>?,
    taken: [Address], avoiding: [Prefix<Address>], candidates: [Prefix<Address>]
  ) {
    var free = candidates.filter { candidate in
      !avoiding.contains { $0.overlaps(candidate) }
        && !(lan.map { $0.overlaps(candidate) } ?? false)
    }
    if free.isEmpty { free = candidates }
    let invented = lan ?? free.removeFirst()
    self.lan = invented
    internet = free.first ?? candidates[candidates.count - 1]
    var used = AddressSet<Address>()
    for address in taken { used.insert(address) }
    if let host { used.insert(host) }
    if let router { used.insert(router) }
    let hosts = invented.hosts
    func invent(from end: AddressRange<Address>) -> Address? {
      guard let address = used.firstFree(in: end) else { return nil }
      used.insert(address)
      return address
    }
    self.router = router ?? invent(from: hosts)
    self.host = host ?? invent(from: hosts)
    peer = invent(from: Self.outside(pool, of: hosts)) ?? invent(from: hosts)
    guests = used
    self.pool = pool ?? hosts
  }

  /// The part of a prefix above its DHCP pool, where machines with fixed addresses tend to be.
  private static func outside(
    _ pool: AddressRange<Address>?, of hosts: AddressRange<Address>
  ) -> AddressRange<Address> {
    guard let pool, pool.last < hosts.last,
      let above = AddressRange(first: Address(bits: pool.last.bits + 1), last: hosts.last)
    else { return hosts }
    return above
  }

  /// An address for the next guest that has one from the LAN; nil when the LAN is full.
  mutating func nextGuest() -> Address? {
    guard let address = guests.firstFree(in: pool) else { return nil }
    guests.insert(address)
    return address
  }
}

/// Prefixes that no lab uses, to invent addresses from: for benchmarking (RFC 2544), for
/// documentation (RFC 5737, RFC 3849), and what is left of the private and shared ones.
enum StandInPrefixes {
  static let ipv4 = [
    IPv4Prefix(198, 18, 0, 0, length: 15),
    IPv4Prefix(203, 0, 113, 0, length: 24),
    IPv4Prefix(198, 51, 100, 0, length: 24),
    IPv4Prefix(192, 0, 2, 0, length: 24),
    IPv4Prefix(100, 64, 0, 0, length: 10),
    IPv4Prefix(9, 0, 0, 0, length: 16),
  ]
  static let ipv6 = [
    IPv6Prefix(containing: IPv6Address(bits: 0x2001_0db8_ffff << 80), length: 48),
    IPv6Prefix(containing: IPv6Address(bits: 0x2001_0db8_fffe << 80), length: 48),
    IPv6Prefix(containing: IPv6Address(bits: 0x2001_0002 << 96), length: 48),
  ]
}
