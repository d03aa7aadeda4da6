/// Where the IPv4 prefix of a network comes from.
public struct PrefixProfile: Hashable, Sendable {
  /// Who chooses it where the document gives none.
  enum Source: Hashable, Sendable {
    /// Each adapter has one of its own: `first` for slot 1, the next /24 for the next slot.
    case bySlot(first: IPv4Prefix)
    /// Each adapter has the same one, whichever slot it is in.
    case same(IPv4Prefix)
    /// It is the LAN's.
    case uplink
    /// The planner takes one from these pools, in the order in which they are tried.
    case pools([[AddressRange<IPv4Address>]])
    /// The product chooses it at each boot.
    case unknown
  }

  let source: Source
  /// The lengths that the product takes.
  let lengths: ClosedRange<Int>
  /// Where a network that has to move finds a new one.
  let spare: AddressRange<IPv4Address>

  init(
    _ source: Source, lengths: ClosedRange<Int> = 0...32, spare: AddressRange<IPv4Address>
  ) {
    self.source = source
    self.lengths = lengths
    self.spare = spare
  }

  /// Whether the planner gives a network a prefix where the document gives none.
  public var isPlanned: Bool {
    if case .pools = source { true } else { false }
  }

  /// Whether nobody knows it before boot.
  var isUnknown: Bool { source == .unknown }

  /// What the planner takes prefixes from; nothing where they are not its to choose.
  var pools: [[AddressRange<IPv4Address>]] {
    if case .pools(let pools) = source { pools } else { [] }
  }

  /// The private prefix of the adapter in a slot; nil where adapters have none of their own.
  func prefix(ofAdapterIn slot: Int) -> IPv4Prefix? {
    let first: IPv4Prefix
    switch source {
    case .same(let prefix): return prefix
    case .bySlot(let prefix): first = prefix
    case .uplink, .pools, .unknown: return nil
    }
    let third = (first.network.bits >> 8 & 0xff) &+ UInt32(truncatingIfNeeded: slot - 1)
    let bits = first.network.bits & 0xffff_0000 | (third & 0xff) << 8
    return IPv4Prefix(containing: IPv4Address(bits: bits), length: 24)
  }
}

extension PrefixProfile {
  /// Private space (RFC 1918) for networks of any mode whose own pools are full: first what is
  /// seldom in use, then all of it.
  static let overflowPools: [[AddressRange<IPv4Address>]] = [
    [IPv4Prefix(172, 16, 0, 0, length: 12).addresses],
    [IPv4Prefix(10, 128, 0, 0, length: 9).addresses],
    [
      IPv4Prefix(10, 0, 0, 0, length: 8).addresses, IPv4Prefix(172, 16, 0, 0, length: 12).addresses,
      IPv4Prefix(192, 168, 0, 0, length: 16).addresses,
    ],
  ]

  /// The LAN's.
  static let lan = PrefixProfile(.uplink, spare: IPv4Prefix(10, 10, 0, 0, length: 16).addresses)

  /// Prefixes from a first one on, sixteen /24 in all, then from anywhere.
  static func counting(from first: IPv4Prefix) -> PrefixProfile {
    let last = IPv4Address(bits: first.network.bits + 16 * 256 - 1)
    let range = AddressRange(from: first.network, through: last)
    return PrefixProfile(.pools([[range]] + overflowPools), lengths: 1...30, spare: range)
  }
}

extension Network {
  /// The private prefix of the network's adapter in a slot; nil where all adapters share one.
  func prefix(ofAdapterIn slot: Int) -> IPv4Prefix? {
    profile.segment == .adapter
      ? ipv4 ?? profile.prefixes.prefix(ofAdapterIn: slot) : nil
  }
}

/// What a network's router announces over IPv6 where the document gives no prefix.
public enum AnnouncedIPv6: Hashable, Sendable {
  case nothing
  case fixed(IPv6Prefix)
  /// The second and third octets of the IPv4 prefix after this /48.
  case beside(IPv6Prefix)

  /// The prefix beside an IPv4 prefix.
  func prefix(beside ipv4: IPv4Prefix?) -> IPv6Prefix? {
    switch self {
    case .nothing: return nil
    case .fixed(let prefix): return prefix
    case .beside(let base):
      guard let ipv4 else { return nil }
      let octets = UInt128(ipv4.network.bits >> 8 & 0xffff)
      return IPv6Prefix(
        containing: IPv6Address(bits: base.network.bits | octets << 64), length: 64)
    }
  }
}
