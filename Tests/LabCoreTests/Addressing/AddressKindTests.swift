import LabCore
import Testing

/// Every kind of address is a list of prefixes; the oracle looks an address up in them.
struct AddressKindTests {
  static let ipv4: [(name: String, prefixes: [String], holds: @Sendable (IPv4Address) -> Bool)] = [
    ("unspecified", ["0.0.0.0/32"], { $0.isUnspecified }),
    ("loopback", ["127.0.0.0/8"], { $0.isLoopback }),
    ("link-local", ["169.254.0.0/16"], { $0.isLinkLocal }),
    ("multicast", ["224.0.0.0/4"], { $0.isMulticast }),
    ("private", ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"], { $0.isPrivate }),
    ("limited broadcast", ["255.255.255.255/32"], { $0.isLimitedBroadcast }),
  ]

  static let ipv6: [(name: String, prefixes: [String], holds: @Sendable (IPv6Address) -> Bool)] = [
    ("unspecified", ["::/128"], { $0.isUnspecified }),
    ("loopback", ["::1/128"], { $0.isLoopback }),
    ("link-local", ["fe80::/10"], { $0.isLinkLocal }),
    ("multicast", ["ff00::/8"], { $0.isMulticast }),
    ("private", ["fc00::/7"], { $0.isPrivate }),
    ("mapped", ["::ffff:0:0/96"], { $0.mappedIPv4 != nil }),
  ]

  @Test func holdExactlyTheirPrefixesInIPv4() throws { try check(Self.ipv4) }

  @Test func holdExactlyTheirPrefixesInIPv6() throws { try check(Self.ipv6) }

  private func check<Address: IPAddress>(
    _ kinds: [(name: String, prefixes: [String], holds: @Sendable (Address) -> Bool)]
  ) throws {
    let all = try kinds.flatMap { try $0.prefixes.map { try Prefix<Address>(parsing: $0) } }
    // Both sides of both ends of every prefix: all places where an answer may change.
    let addresses = all.flatMap { prefix in
      [prefix.network.bits &- 1, prefix.network.bits, prefix.last.bits, prefix.last.bits &+ 1]
        .map { Address(bits: $0) }
    }
    for kind in kinds {
      let prefixes = try kind.prefixes.map { try Prefix<Address>(parsing: $0) }
      for address in addresses {
        let expected = prefixes.contains { $0.contains(address) }
        #expect(kind.holds(address) == expected, "\(kind.name) \(address)")
      }
    }
  }

  @Test func mappedAddressesGiveTheirIPv4Address() throws {
    let mapped = try IPv6Address(parsing: "::ffff:10.0.2.15")
    #expect(mapped.mappedIPv4 == (try IPv4Address(parsing: "10.0.2.15")))
  }

  @Test func compareByNumberNotByText() throws {
    #expect(try IPv4Address(parsing: "9.0.0.0") < IPv4Address(parsing: "10.0.0.0"))
    #expect(try IPv6Address(parsing: "9::") < IPv6Address(parsing: "10::"))
  }
}
