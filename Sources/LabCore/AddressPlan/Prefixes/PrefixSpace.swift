/// The pools of a lab with what is free of them: what prefixes are taken from.
///
/// A prefix that another network had until lately rests: it is taken again only where nothing else
/// of a pool is free, the longest rested first.
struct PrefixSpace {
  private let ranges: [NetworkMode: [[AddressRange<IPv4Address>]]]
  /// By mode: its pools, in the order in which they are tried.
  private var free: [NetworkMode: [FreePrefixes]]
  private var occupied: [IPv4Prefix] = []
  /// The longest rested first.
  private var resting: [IPv4Prefix]

  init(of lab: Lab, resting: [IPv4Prefix] = []) {
    var ranges: [NetworkMode: [[AddressRange<IPv4Address>]]] = [:]
    for mode in NetworkMode.allCases { ranges[mode] = lab.product.pools(of: mode) }
    self.ranges = ranges
    self.resting = resting
    free = Self.whole(ranges)
    for prefix in resting { remove(prefix) }
  }

  private static func whole(
    _ ranges: [NetworkMode: [[AddressRange<IPv4Address>]]]
  ) -> [NetworkMode: [FreePrefixes]] {
    ranges.mapValues { $0.map(FreePrefixes.init) }
  }

  /// Takes the best fitting prefix of the first pool with room; nil when none has any.
  mutating func take(ofLength length: Int, for mode: NetworkMode) -> IPv4Prefix? {
    for pool in free[mode]?.indices ?? 0..<0 {
      repeat {
        if let prefix = free[mode]?[pool].bestFit(ofLength: length) {
          occupy(prefix)
          return prefix
        }
      } while wakeLongestRested(in: ranges[mode]?[pool] ?? [])
    }
    return nil
  }

  /// Takes a prefix out of every pool.
  mutating func occupy(_ prefix: IPv4Prefix) {
    occupied.append(prefix)
    remove(prefix)
  }

  private mutating func remove(_ prefix: IPv4Prefix) {
    for mode in NetworkMode.allCases {
      for pool in free[mode]?.indices ?? 0..<0 { free[mode]?[pool].remove(prefix) }
    }
  }

  /// Gives one resting prefix back to the pools; false when none rests in this one.
  private mutating func wakeLongestRested(in pool: [AddressRange<IPv4Address>]) -> Bool {
    let index = resting.firstIndex { prefix in pool.contains { $0.overlaps(prefix.addresses) } }
    guard let index else { return false }
    resting.remove(at: index)
    free = Self.whole(ranges)
    for prefix in occupied + resting { remove(prefix) }
    return true
  }
}
