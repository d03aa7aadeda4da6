import Testing

@testable import LabCore

/// Rules on what VirtualBox tells networks apart by, and on settings it has no use for.
@Suite struct NetworkNameRulesTests {
  @Test func mergedNetworks() throws {
    try expect(
      .mergedNetworks,
      in: lab(
        [
          network("a", .internal, called: "shared"), network("shared", .natNetwork),
          network("x", .hostOnly, called: "vboxnet0"), network("y", .hostOnly, called: "vboxnet0"),
          network("b", .internal, called: "shared"),
        ], [vm("web", on("a")), vm("db", on("b", "10.0.2.9"))]),
      finds: """
        warning /networks/1: "a" and "shared" are one switch; VirtualBox calls both "shared"
          see /networks/0
          remove /networks/0/hypervisor_name
        warning /networks/3/hypervisor_name: "x" and "y" are one switch; VirtualBox calls both \
        "vboxnet0"
          see /networks/2
          remove /networks/3/hypervisor_name
        warning /networks/4/hypervisor_name: "shared" and "b" are one switch; VirtualBox calls both \
        "shared"
          see /networks/1
        """)
    try expect(
      .mergedNetworks,
      isSilentOn: lab(
        [
          network("a", .internal, called: "n"), network("b", .hostOnly, called: "n"),
          network("c", .nat, called: "n"), network("d", .bridged, called: "n"),
        ], []))
  }

  @Test(arguments: [
    ("backend", "back-end", true), ("backend", "Backend", true), ("backend", "bakcend", true),
    ("office", "offce", true), ("tier", "teir", true), ("dmz", "DMZ", true),
    ("net1", "net2", false), ("lan-a", "lan-b", false), ("backend", "backends", false),
    ("lab1", "lab11", false), ("lab12", "lab21", false), ("dmza", "dza", false),
    ("front", "back", false), ("a", "b", false),
  ])
  func nearEqualNames(first: String, second: String, isNear: Bool) throws {
    let draft = lab(
      [network("x", .internal, called: first), network("y", .natNetwork, called: second)], [])
    try expect(
      .nearEqualNames, in: draft,
      finds: isNear
        ? """
        warning /networks/1: VirtualBox keeps "\(second)" apart from "\(first)", which differs by \
        a slip of the pen
          see /networks/0
        """ : "")
  }

  @Test func switchSharedWithLab() throws {
    let other = lab(
      [
        network("tier", .internal), network("shared", .natNetwork), network("admin", .hostOnly),
        network("out", .nat),
      ], [], name: "other")
    try expect(
      .switchSharedWithLab,
      in: lab(
        [
          network("tier", .internal), network("mine", .natNetwork, called: "shared"),
          network("admin", .hostOnly), network("out", .nat),
        ], [], name: "own"), sharingHost: [other],
      finds: """
        warning /networks/0: "tier" and "tier" in lab "other" on the same host are one switch; \
        VirtualBox calls both "tier"
          add /networks/0/hypervisor_name "own-tier"
        warning /networks/1: "mine" and "shared" in lab "other" on the same host are one switch; \
        VirtualBox calls both "shared"
          replace /networks/1/hypervisor_name "own-mine"
        warning /networks/2: "admin" and "admin" in lab "other" on the same host are one switch; \
        VirtualBox calls both "admin"
          add /networks/2/hypervisor_name "own-admin"
        """)
    try expect(
      .switchSharedWithLab,
      in: lab([network("tier", .hostOnly), network("n", .bridged)], [], name: "own"),
      sharingHost: [other], finds: "")
    // The lab itself is among those of its host.
    try expect(
      .switchSharedWithLab, in: lab([network("tier", .internal)], [], name: "other"),
      sharingHost: [other], finds: "")
  }

  @Test func ignoredSetting() throws {
    try expect(
      .ignoredSetting,
      in: lab(
        [
          network(
            "out", .nat, "10.9.0.0/24", ipv6: "fd00::/64", gateway: "10.9.0.1", dhcp: .off, size: 3,
            localhostReachable: false),
          network("lan", .bridged, gateway: "192.168.1.1", size: 3),
          network("old", .nat),
        ], [vm("web", on("old", address6: "fd00::1"), on("lan", address6: "fd00::1"))],
        version: "6.1.36"),
      finds: """
        info /networks/0/ipv6: ipv6 of "out" has no effect: NAT has no IPv6 before VirtualBox 7.1
          remove /networks/0/ipv6
        info /networks/0/gateway: gateway of "out" has no effect: NAT brings its own router
          remove /networks/0/gateway
        info /networks/0/dhcp: dhcp of "out" has no effect: NAT brings its own DHCP server
          remove /networks/0/dhcp
        info /networks/0/size: size of "out" has no effect: on NAT every adapter has a network to \
        itself
          remove /networks/0/size
        info /networks/0/localhost_reachable: localhost_reachable of "out" has no effect: before \
        VirtualBox 7.0 NAT always leads to the host's loopback
          remove /networks/0/localhost_reachable
        info /networks/1/gateway: gateway of "lan" has no effect: the LAN has its own router
          remove /networks/1/gateway
        info /networks/1/size: size of "lan" has no effect: the LAN's size is given
          remove /networks/1/size
        info /vms/0/adapters/0/address6: address6 of adapter 1 of "web" has no effect: "old" has \
        no IPv6
          remove /vms/0/adapters/0/address6
        """)
    try expect(
      .ignoredSetting,
      isSilentOn: lab(
        [
          network("out", .nat, "10.9.0.0/24", ipv6: "fd00::/64", localhostReachable: false),
          network("tier", .internal, gateway: "10.20.0.1", dhcp: .standard, size: 3),
        ], [], version: "7.1"))
  }
}
