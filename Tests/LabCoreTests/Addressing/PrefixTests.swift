import LabCore
import Testing

struct PrefixTests {
  static let hosts: [(prefix: String, first: String, last: String, broadcast: String?)] = [
    ("10.0.2.0/24", "10.0.2.1", "10.0.2.254", "10.0.2.255"),
    ("0.0.0.0/0", "0.0.0.1", "255.255.255.254", "255.255.255.255"),
    ("10.0.2.4/30", "10.0.2.5", "10.0.2.6", "10.0.2.7"),
    // A link of two has neither a network nor a broadcast address (RFC 3021).
    ("10.0.2.4/31", "10.0.2.4", "10.0.2.5", nil),
    ("10.0.2.4/32", "10.0.2.4", "10.0.2.4", nil),
    ("255.255.255.254/31", "255.255.255.254", "255.255.255.255", nil),
  ]

  @Test(arguments: hosts)
  func leavesOutNetworkAndBroadcast(
    text: String, first: String, last: String, broadcast: String?
  ) throws {
    let prefix = try IPv4Prefix(parsing: text)
    #expect(prefix.hosts.description == "\(first)-\(last)")
    #expect(prefix.broadcast?.description == broadcast)
  }

  static let hosts6: [(prefix: String, first: String, last: String)] = [
    // The first is every router's (RFC 4291 section 2.6.1), the last is a host's like any other.
    ("fd00::/64", "fd00::1", "fd00::ffff:ffff:ffff:ffff"),
    ("::/0", "::1", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
    ("fd00::4/126", "fd00::5", "fd00::7"),
    // A link of two needs both (RFC 6164).
    ("fd00::4/127", "fd00::4", "fd00::5"),
    ("fd00::4/128", "fd00::4", "fd00::4"),
  ]

  @Test(arguments: hosts6)
  func leavesOutTheRoutersAnycastAddress(text: String, first: String, last: String) throws {
    let prefix = try IPv6Prefix(parsing: text)
    #expect(prefix.hosts.description == "\(first)-\(last)")
    #expect(prefix.broadcast == nil)
  }

  @Test func neverHoldsHostBits() throws {
    let address = try IPv4Address(parsing: "10.0.2.5")
    #expect(IPv4Prefix(network: address, length: 24) == nil)
    #expect(IPv4Prefix(network: address, length: 32)?.description == "10.0.2.5/32")
    #expect(IPv4Prefix(network: IPv4Address(bits: 0), length: -1) == nil)
    #expect(IPv4Prefix(network: IPv4Address(bits: 0), length: 33) == nil)
    #expect(IPv4Prefix(containing: address, length: 24).description == "10.0.2.0/24")
    #expect(IPv4Prefix(containing: address, length: -1).description == "0.0.0.0/0")
    #expect(IPv4Prefix(containing: address, length: 33).description == "10.0.2.5/32")
  }

  @Test func countsUpToAllOfIPv6() throws {
    #expect(try IPv4Prefix(parsing: "0.0.0.0/0").addressCount == 1 << 32)
    #expect(try IPv6Prefix(parsing: "fd00::/64").addressCount == 1 << 64)
    #expect(try IPv6Prefix(parsing: "::/1").addressCount == 1 << 127)
    #expect(try IPv6Prefix(parsing: "::/0").addressCount == .max)
  }

  @Test func masksAreTheLengthInBits() throws {
    #expect(try IPv4Prefix(parsing: "10.0.2.0/24").netmask.description == "255.255.255.0")
    #expect(try IPv4Prefix(parsing: "0.0.0.0/0").netmask.description == "0.0.0.0")
    #expect(try IPv4Prefix(parsing: "10.0.2.1/32").netmask.description == "255.255.255.255")
    #expect(try IPv6Prefix(parsing: "fd00::/64").netmask.description == "ffff:ffff:ffff:ffff::")
  }

  @Test func offsetsOutsideGiveNoAddress() throws {
    let prefix = try IPv4Prefix(parsing: "10.0.2.0/24")
    #expect(prefix.address(at: 0)?.description == "10.0.2.0")
    #expect(prefix.address(at: 255)?.description == "10.0.2.255")
    #expect(prefix.address(at: 256) == nil)
    #expect(prefix.address(at: -1) == nil)
    #expect(prefix.address(at: UInt128.max) == nil)
    let all = try IPv6Prefix(parsing: "::/0")
    #expect(all.address(at: UInt128.max) == all.last)
  }

  @Test func subprefixesComeOneByOne() throws {
    let all = try IPv6Prefix(parsing: "::/0").subprefixes(ofLength: 128)
    #expect(all.prefix(3).map(\.description) == ["::/128", "::1/128", "::2/128"])
    let quarters = try IPv4Prefix(parsing: "255.255.255.0/24").subprefixes(ofLength: 26)
    #expect(quarters.map(\.network.bits) == [0xffff_ff00, 0xffff_ff40, 0xffff_ff80, 0xffff_ffc0])
    let prefix = try IPv4Prefix(parsing: "10.0.2.0/24")
    #expect(Array(prefix.subprefixes(ofLength: 24)) == [prefix])
    #expect(Array(prefix.subprefixes(ofLength: 23)).isEmpty)
    #expect(Array(prefix.subprefixes(ofLength: 33)).isEmpty)
    #expect(Array(prefix.subprefixes(ofLength: -1)).isEmpty)
  }

  @Test func sortsByNetworkThenLength() throws {
    let sorted = ["10.0.0.0/8", "10.0.0.0/24", "10.0.1.0/24", "10.0.1.0/32"]
    let prefixes = try sorted.map { try IPv4Prefix(parsing: $0) }
    #expect(prefixes.reversed().sorted() == prefixes)
    let addresses = try sorted.map { try InterfaceAddress<IPv4Address>(parsing: $0) }
    #expect(addresses.reversed().sorted() == addresses)
  }

  @Test func interfaceAddressKnowsItsPrefix() throws {
    let address = try InterfaceAddress<IPv4Address>(parsing: "10.0.2.5/24")
    #expect(address.address.description == "10.0.2.5")
    #expect(address.prefix.description == "10.0.2.0/24")
    let clamped = InterfaceAddress(address: address.address, prefixLength: 99)
    #expect(clamped.description == "10.0.2.5/32")
  }
}

/// Prefixes of a small universe against lists of their addresses.
struct PrefixOracleTests {
  @Test(arguments: Universe<IPv4Address>.all)
  func agreesInIPv4(universe: Universe<IPv4Address>) throws { try check(universe) }

  @Test(arguments: Universe<IPv6Address>.all)
  func agreesInIPv6(universe: Universe<IPv6Address>) throws { try check(universe) }

  private func check<Address: IPAddress>(_ universe: Universe<Address>) throws {
    let addresses = universe.addresses
    let prefixes = universe.prefixes
    var members: [Prefix<Address>: [Address]] = [:]
    for (index, prefix) in prefixes.enumerated() {
      // The widest come first, each half as long as the last, in order.
      let shorter = prefix.length - universe.prefix.length
      let size = Universe<Address>.size >> shorter
      let start = (index - ((1 << shorter) - 1)) * size
      members[prefix] = Array(addresses[start..<start + size])
    }
    for prefix in prefixes {
      try check(prefix, of: addresses, has: try #require(members[prefix]))
    }
    try checkPairs(of: prefixes, members.mapValues(Set.init))
  }

  private func check<Address: IPAddress>(
    _ prefix: Prefix<Address>, of addresses: [Address], has members: [Address]
  ) throws {
    try #require(addresses.filter(prefix.contains) == members, "\(prefix)")
    try #require(prefix.network == members.first && prefix.last == members.last)
    try #require(prefix.addressCount == UInt128(members.count))
    try #require(Array(prefix.addresses) == members)
    try #require(members.indices.map { prefix.address(at: $0) } == members)
    try #require(prefix.address(at: members.count) == nil)
    for address in addresses {
      let offset = members.firstIndex(of: address).map { Address.Bits($0) }
      try #require(prefix.offset(of: address) == offset)
    }
    var hosts = members[...]
    if members.count > 2 {
      hosts = hosts.dropFirst()
      if Address.family == .ipv4 { hosts = hosts.dropLast() }
    }
    try #require(Array(prefix.hosts) == Array(hosts), "\(prefix)")
  }

  private func checkPairs<Address: IPAddress>(
    of prefixes: [Prefix<Address>], _ members: [Prefix<Address>: Set<Address>]
  ) throws {
    // Every eighth is enough to meet all lengths and both sides.
    for (index, one) in prefixes.enumerated() where index < 31 || index.isMultiple(of: 8) {
      let mine = try #require(members[one])
      for other in prefixes {
        let theirs = try #require(members[other])
        try #require(one.contains(other) == theirs.isSubset(of: mine), "\(one) \(other)")
        try #require(one.overlaps(other) == !mine.isDisjoint(with: theirs), "\(one) \(other)")
      }
    }
    for one in prefixes where one.length >= prefixes[0].length + 4 || one == prefixes[0] {
      for length in one.length...prefixes[0].length + 8 {
        let expected = prefixes.filter { $0.length == length && one.contains($0) }
        try #require(Array(one.subprefixes(ofLength: length)) == expected)
      }
    }
  }
}
