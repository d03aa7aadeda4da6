/// The pools of every mode with what is free of them: what prefixes are taken from.
struct PrefixSpace {
  /// By mode: its pools, in the order in which they are tried.
  private var pools: [NetworkMode: [FreePrefixes]] = [:]

  init() {
    for mode in NetworkMode.allCases {
      pools[mode] = VirtualBoxDefaults.pools(of: mode).map(FreePrefixes.init)
    }
  }

  /// Takes the best fitting prefix of the first pool with room; nil when none has any.
  mutating func take(ofLength length: Int, for mode: NetworkMode) -> IPv4Prefix? {
    for pool in pools[mode] ?? [] {
      if let prefix = pool.bestFit(ofLength: length) {
        occupy(prefix)
        return prefix
      }
    }
    return nil
  }

  /// Takes a prefix out of every pool.
  mutating func occupy(_ prefix: IPv4Prefix) {
    for mode in NetworkMode.allCases {
      for index in pools[mode]?.indices ?? 0..<0 { pools[mode]?[index].remove(prefix) }
    }
  }
}

extension VirtualBoxDefaults {
  /// What prefixes of a mode are taken from, in the order in which the pools are tried: the mode's
  /// own, then private space (RFC 1918) that is seldom in use, then all of it.
  ///
  /// On Linux, macOS and Solaris, VirtualBox from 6.1.28 on refuses host-only prefixes outside the
  /// first pool until `/etc/vbox/networks.conf` allows them.
  static func pools(of mode: NetworkMode) -> [[AddressRange<IPv4Address>]] {
    let own: [[AddressRange<IPv4Address>]] =
      switch mode {
      case .nat, .bridged: []
      case .natNetwork:
        [
          [
            AddressRange(
              from: address(10, 0, UInt32(firstNATNetworkOctet), 0), through: natNetworkPool.last)
          ],
          [AddressRange(from: address(10, 1, 0, 0), through: address(10, 9, 255, 255))],
        ]
      case .internal:
        [
          [internalPool.addresses],
          [AddressRange(from: address(10, 11, 0, 0), through: address(10, 127, 255, 255))],
        ]
      case .hostOnly:
        [
          [hostOnlyPool.addresses],
          [AddressRange(from: address(192, 168, 64, 0), through: address(192, 168, 255, 255))],
        ]
      }
    return own.isEmpty ? [] : own + overflowPools
  }

  private static let overflowPools: [[AddressRange<IPv4Address>]] = [
    [prefix(172, 16, 0, 0, length: 12).addresses],
    [prefix(10, 128, 0, 0, length: 9).addresses],
    [
      prefix(10, 0, 0, 0, length: 8).addresses, prefix(172, 16, 0, 0, length: 12).addresses,
      prefix(192, 168, 0, 0, length: 16).addresses,
    ],
  ]
}
