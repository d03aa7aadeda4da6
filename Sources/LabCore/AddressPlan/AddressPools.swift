/// What prefixes of networks are taken from where a document says so itself: `pools`.
///
/// Nil leaves a mode to its defaults. A mode whose pools are given gets no prefix from anywhere
/// else: when they are full, a further network has none.
public struct AddressPools: Hashable, Sendable {
  /// `pools.nat-network`, in the order in which they are tried.
  public var natNetwork: [IPv4Prefix]?
  /// `pools.internal`, in the order in which they are tried.
  public var `internal`: [IPv4Prefix]?
  /// `pools.host-only`, in the order in which they are tried.
  public var hostOnly: [IPv4Prefix]?

  /// Pools for some of the modes, or for none.
  public init(
    natNetwork: [IPv4Prefix]? = nil, internal: [IPv4Prefix]? = nil, hostOnly: [IPv4Prefix]? = nil
  ) {
    self.natNetwork = natNetwork
    self.internal = `internal`
    self.hostOnly = hostOnly
  }

  /// Those of a mode; nil for modes that take no prefix from a pool.
  public subscript(mode: NetworkMode) -> [IPv4Prefix]? {
    switch mode {
    case .nat, .bridged: nil
    case .natNetwork: natNetwork
    case .internal: `internal`
    case .hostOnly: hostOnly
    }
  }
}

extension Lab {
  /// What prefixes of a mode are taken from, in the order in which the pools are tried; none for
  /// modes whose prefixes are not the planner's to choose.
  func pools(of mode: NetworkMode) -> [[AddressRange<IPv4Address>]] {
    if let given = pools[mode] { return given.map { [$0.addresses] } }
    return VirtualBoxDefaults.pools(of: mode)
  }
}

extension VirtualBoxDefaults {
  /// The pools of a mode: its own, then private space (RFC 1918) that is seldom in use, then all of
  /// it.
  ///
  /// On Linux, macOS and Solaris, VirtualBox from 6.1.28 on refuses host-only prefixes outside the
  /// first pool until `/etc/vbox/networks.conf` allows them; the others come only when it is full.
  static func pools(of mode: NetworkMode) -> [[AddressRange<IPv4Address>]] {
    switch mode {
    case .nat, .bridged: []
    case .natNetwork: natNetworkPools + overflowPools
    case .internal: internalPools + overflowPools
    case .hostOnly: hostOnlyPools + overflowPools
    }
  }

  private static let natNetworkPools = [
    [AddressRange(from: firstNATNetwork, through: natNetworkPool.last)],
    [AddressRange(from: address(10, 1, 0, 0), through: address(10, 9, 255, 255))],
  ]

  private static let internalPools = [
    [internalPool.addresses],
    [AddressRange(from: address(10, 11, 0, 0), through: address(10, 127, 255, 255))],
  ]

  private static let hostOnlyPools = [
    [hostOnlyPool.addresses],
    [AddressRange(from: address(192, 168, 64, 0), through: address(192, 168, 255, 255))],
  ]

  private static let overflowPools: [[AddressRange<IPv4Address>]] = [
    [prefix(172, 16, 0, 0, length: 12).addresses],
    [prefix(10, 128, 0, 0, length: 9).addresses],
    [
      prefix(10, 0, 0, 0, length: 8).addresses, prefix(172, 16, 0, 0, length: 12).addresses,
      prefix(192, 168, 0, 0, length: 16).addresses,
    ],
  ]
}
