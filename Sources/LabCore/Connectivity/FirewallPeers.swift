/// The sets of addresses that the firewalls of a fabric name, each once.
///
/// Two addresses in the same of them are one to every firewall.
struct FirewallPeers {
  private let matchers: [AddressMatcher]

  init(_ fabric: Fabric) {
    var known: Set<AddressMatcher> = []
    var matchers: [AddressMatcher] = []
    for firewall in Set(fabric.firewalls.compactMap { $0 }) {
      for rule in firewall.inbound.rules + firewall.forward.rules {
        for matcher in [rule.source, rule.target].compactMap({ $0 })
        where known.insert(matcher).inserted {
          matchers.append(matcher)
        }
      }
    }
    self.matchers = matchers
  }

  /// A bit for each set: whether the address is in it.
  func memberships(of address: AddressBits) -> [UInt64] {
    var words = [UInt64](repeating: 0, count: (matchers.count + 63) / 64)
    for (index, matcher) in matchers.enumerated() where matcher.contains(address) {
      words[index >> 6] |= 1 << UInt64(index & 63)
    }
    return words
  }
}
