import Testing

@testable import LabCore

/// Rules on prefixes that a network of its kind should not have.
@Suite struct PrefixChoiceRulesTests {
  @Test func publicAddressSpace() throws {
    try expect(
      .publicAddressSpace,
      in: lab(
        [
          network("tier", .internal, "8.8.8.0/24", gateway: "8.8.8.1"),
          network("big", .natNetwork, "172.0.0.0/8"),
          network("six", .internal, ipv6: "2001:470:1::/64"),
          network("own", .nat, "9.0.0.0/24"),
        ], [vm("gw", on("tier", "8.8.8.1"), forwarding: true)]),
      finds: """
        warning /networks/0/ipv4: 8.8.8.0/24 of "tier" is not private; its VMs cannot reach the \
        machines on the internet that have these addresses
          replace /networks/0/ipv4 "10.10.1.0/24"
          replace /networks/0/gateway "10.10.1.1"
          replace /vms/0/adapters/0/address "10.10.1.1"
        warning /networks/1/ipv4: 172.0.0.0/8 of "big" is not private; its VMs cannot reach the \
        machines on the internet that have these addresses
        warning /networks/2/ipv6: 2001:470:1::/64 of "six" is not private; its VMs cannot reach \
        the machines on the internet that have these addresses
          replace /networks/2/ipv6 "fd00:1000::/64"
        """)
    let harmless = [
      "10.1.0.0/24", "172.31.0.0/16", "192.168.9.0/24", "100.64.0.0/10", "169.254.0.0/16",
      "192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "198.18.0.0/15",
    ]
    for prefix in harmless {
      try expect(.publicAddressSpace, isSilentOn: lab([network("n", .internal, prefix)], []))
    }
    for prefix in ["fd00::/64", "fe80::/64", "2001:db8::/48", "3fff::/64"] {
      try expect(.publicAddressSpace, isSilentOn: lab([network("n", .internal, ipv6: prefix)], []))
    }
    try expect(.publicAddressSpace, isSilentOn: lab([network("n", .bridged, "8.8.8.0/24")], []))
  }

  @Test func unusablePrefix() throws {
    try expect(
      .unusablePrefix,
      in: lab(
        [
          network("a", .internal, "127.0.0.0/24"), network("b", .internal, "239.1.0.0/24"),
          network("c", .natNetwork, "240.0.0.0/24"), network("d", .internal, "0.0.0.0/24"),
          network("e", .internal, ipv6: "ff02::/64"),
        ], []),
      finds: """
        error /networks/0/ipv4: 127.0.0.0/24 of "a" overlaps 127.0.0.0/8, which is kept for \
        loopback addresses
          replace /networks/0/ipv4 "10.10.1.0/24"
        error /networks/1/ipv4: 239.1.0.0/24 of "b" overlaps 224.0.0.0/4, which is kept for \
        multicast
          replace /networks/1/ipv4 "10.10.2.0/24"
        error /networks/2/ipv4: 240.0.0.0/24 of "c" overlaps 240.0.0.0/4, which is kept for \
        future use
          replace /networks/2/ipv4 "10.0.2.0/24"
        error /networks/3/ipv4: 0.0.0.0/24 of "d" overlaps 0.0.0.0/8, which is kept for "this \
        network"
          replace /networks/3/ipv4 "10.10.3.0/24"
        error /networks/4/ipv6: ff02::/64 of "e" overlaps ff00::/8, which is kept for multicast
          replace /networks/4/ipv6 "fd00:1000::/64"
        """)
    try expect(
      .unusablePrefix,
      isSilentOn: lab([network("n", .internal, "128.0.0.0/16", ipv6: "fd00::/64")], []))
  }

  @Test func natNetworkIPv6Prefix() throws {
    try expect(
      .natNetworkIPv6Prefix,
      in: lab(
        [
          network("a", .natNetwork, ipv6: "fd00:1::/48"),
          network("b", .natNetwork, ipv6: "fe80::/64"),
        ], [vm("web", on("a", address6: "fd00:1::a"))]),
      finds: """
        error /networks/0/ipv6: fd00:1::/48 of "a" is not a /64, which is all that a NAT network \
        takes
          replace /networks/0/ipv6 "fd00:1000::/64"
          replace /vms/0/adapters/0/address6 "fd00:1000::a"
        error /networks/1/ipv6: fe80::/64 of "b" is neither global unicast nor unique local, which \
        is all that a NAT network takes
          replace /networks/1/ipv6 "fd00:1000:0:1::/64"
        """)
    try expect(
      .natNetworkIPv6Prefix,
      isSilentOn: lab(
        [
          network("a", .natNetwork, ipv6: "fd00:1::/64"),
          network("b", .natNetwork, ipv6: "2001:db8::/64"),
          network("c", .internal, ipv6: "fd00:2::/48"),
        ], []))
  }

  @Test func bridgedPrefixIsNotLANs() throws {
    let home = host(uplink: uplink("192.168.1.20/24"))
    try expect(
      .bridgedPrefixIsNotLANs,
      in: lab(
        [network("a", .bridged, "10.9.0.0/24"), network("b", .bridged, "192.168.1.0/25")],
        [vm("web", on("a", "10.9.0.9"))], host: home),
      finds: """
        error /networks/0/ipv4: 10.9.0.0/24 of "a" is not 192.168.1.0/24 of the LAN that it is \
        bridged to
          see /host/uplink/ipv4
        error /networks/1/ipv4: 192.168.1.0/25 of "b" is not 192.168.1.0/24 of the LAN that it is \
        bridged to
          see /host/uplink/ipv4
          remove /networks/1/ipv4
        """)
    try expect(
      .bridgedPrefixIsNotLANs,
      isSilentOn: lab([network("a", .bridged, "192.168.1.0/24")], [], host: home),
      lab([network("a", .bridged, "10.9.0.0/24")], []))
  }

  @Test func prefixTooSmall() throws {
    let vms = [vm("a", on("n")), vm("b", on("n")), vm("c", on("n", "10.9.0.1"))]
    try expect(
      .prefixTooSmall,
      in: lab(
        [
          network("n", .internal, "10.9.0.0/30"),
          network("m", .hostOnly, "192.168.56.0/29", size: 300),
        ], vms),
      finds: """
        error /networks/0/ipv4: 10.9.0.0/30 of "n" has no address left for 1 of 3 adapters
          replace /networks/0/ipv4 "10.10.0.0/24"
          replace /vms/2/adapters/0/address "10.10.0.1"
        error /networks/1/ipv4: 192.168.56.0/29 of "m" has room for 6 hosts, not for 300
          replace /networks/1/ipv4 "192.168.58.0/23"
        """)
    try expect(
      .prefixTooSmall,
      isSilentOn: lab([network("n", .internal, "10.9.0.0/29", size: 6)], vms),
      lab([network("n", .internal, size: 300)], [vm("a", on("n"))]))
  }
}
