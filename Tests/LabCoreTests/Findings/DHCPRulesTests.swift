import Testing

@testable import LabCore

/// Rules on DHCP servers beside their pools' sizes.
@Suite struct DHCPRulesTests {
  @Test func dhcpPoolCoversService() throws {
    try expect(
      .dhcpPoolCoversService,
      in: lab(
        [
          network("a", .hostOnly, "192.168.57.0/24", dhcp: pool("192.168.57.1", "192.168.57.99")),
          network("b", .natNetwork, "10.0.9.0/24", dhcp: pool("10.0.9.1", "10.0.9.9")),
          network("c", .internal, "10.9.0.0/24", dhcp: pool("10.9.0.2", "10.9.0.9")),
          network(
            "d", .internal, "10.8.0.0/24", gateway: "10.8.0.5", dhcp: pool("10.8.0.3", "10.8.0.9")),
        ], [vm("x", on("b"), on("c")), vm("y", on("b"), on("c"))]),
      finds: """
        error /networks/0/dhcp: the DHCP pool 192.168.57.1-192.168.57.99 of "a" contains \
        192.168.57.1, the address of the host
          replace /networks/0/dhcp {first: "192.168.57.2", last: "192.168.57.99"}
        error /networks/1/dhcp: the DHCP pool 10.0.9.1-10.0.9.9 of "b" contains 10.0.9.1, the \
        address of the router
          replace /networks/1/dhcp {first: "10.0.9.4", last: "10.0.9.9"}
        error /networks/2/dhcp: the DHCP pool 10.9.0.2-10.9.0.9 of "c" contains 10.9.0.2, the \
        address of the server itself
          replace /networks/2/dhcp {first: "10.9.0.3", last: "10.9.0.9"}
        error /networks/3/dhcp: the DHCP pool 10.8.0.3-10.8.0.9 of "d" contains 10.8.0.5, the \
        address of the gateway
          replace /networks/3/dhcp {first: "10.8.0.6", last: "10.8.0.9"}
        """)
    try expect(
      .dhcpPoolCoversService,
      isSilentOn: lab(
        [
          network("a", .hostOnly, "192.168.57.0/24", dhcp: .standard), network("b", .natNetwork),
          network("c", .internal, "10.9.0.0/24", gateway: "10.9.0.1", dhcp: .standard),
        ], []))
  }

  @Test func dhcpServerAddressTaken() throws {
    try expect(
      .dhcpServerAddressTaken,
      in: lab(
        [
          network(
            "a", .hostOnly, "192.168.57.0/24",
            dhcp: pool("192.168.57.2", "192.168.57.99", server: "192.168.57.1")),
          // The server's usual place is the one the router has.
          network("b", .internal, "10.9.0.0/24", gateway: "10.9.0.2", dhcp: .standard),
          network(
            "c", .natNetwork, "10.0.9.0/24",
            dhcp: pool("10.0.9.9", "10.0.9.99", server: "10.0.9.1")),
        ], [vm("gw", on("b", "10.9.0.2"), forwarding: true)]),
      finds: """
        error /networks/0/dhcp: the DHCP server of "a" has the address 192.168.57.1 of the host
          replace /networks/0/dhcp {server: "192.168.57.100", first: "192.168.57.2", last: \
        "192.168.57.99"}
        error /networks/1/dhcp: the DHCP server of "b" has the address 10.9.0.2 of the gateway
          replace /networks/1/dhcp {server: "10.9.0.1"}
        error /networks/2/dhcp: the DHCP server of "c" has the address 10.0.9.1 of the router
          replace /networks/2/dhcp {server: "10.0.9.4", first: "10.0.9.9", last: "10.0.9.99"}
        """)
    try expect(
      .dhcpServerAddressTaken,
      isSilentOn: lab(
        [
          network("a", .hostOnly, "192.168.57.0/24", dhcp: .standard),
          network("b", .internal, "10.9.0.0/24", gateway: "10.9.0.1", dhcp: .standard),
        ], []))
  }

  @Test func noDHCPServer() throws {
    try expect(
      .noDHCPServer,
      in: lab(
        [
          network("a", .internal, "10.9.0.0/24", gateway: "10.9.0.1"),
          network("b", .hostOnly, "192.168.57.0/24"),
        ],
        [
          vm("gw", on("a", "10.9.0.1"), forwarding: true), vm("x", on("a")),
          vm("y", on("a"), on("b")),
          vm("z", on("a", "10.9.0.100")),
        ]),
      finds: """
        info /networks/0: "a" has no DHCP server; the addresses of 2 adapters are to be set in the \
        VMs
          add /networks/0/dhcp {server: "10.9.0.254", first: "10.9.0.2", last: "10.9.0.99"}
        info /networks/1: "b" has no DHCP server; the addresses of 1 adapter are to be set in the \
        VMs
          add /networks/1/dhcp {server: "192.168.57.254", first: "192.168.57.2", last: \
        "192.168.57.253"}
        """)
    try expect(
      .noDHCPServer,
      isSilentOn: lab(
        [
          network("a", .internal, "10.9.0.0/24", dhcp: .off),
          network("b", .internal, "10.8.0.0/24", dhcp: .standard), network("c", .hostOnly),
          network("d", .internal, "10.7.0.0/24"),
        ], [vm("x", on("a"), on("b"), on("c"), on("d", "10.7.0.9"))]))
  }

  @Test func factoryDHCPServer() throws {
    let networks = [
      network("a", .hostOnly, "192.168.56.0/24", dhcp: .off),
      network("b", .hostOnly, "192.168.57.0/24", dhcp: .off),
    ]
    try expect(
      .factoryDHCPServer, in: lab(networks, []),
      finds: """
        info /networks/0/dhcp: VirtualBox ships a DHCP server for 192.168.56.0/24 with the pool \
        192.168.56.101-192.168.56.254; "a" wants none, so that one has to be changed or removed
        """)
    try expect(
      .factoryDHCPServer,
      in: lab(
        [network("a", .hostOnly, "192.168.56.0/24", dhcp: pool("192.168.56.3", "192.168.56.99"))],
        []),
      finds: """
        info /networks/0/dhcp: VirtualBox ships a DHCP server for 192.168.56.0/24 with the pool \
        192.168.56.101-192.168.56.254; "a" wants the pool 192.168.56.3-192.168.56.99, so that one \
        has to be changed or removed
        """)
    try expect(
      .factoryDHCPServer, isSilentOn: lab(networks, [], host: host(.macos)),
      lab([network("a", .hostOnly)], []),
      lab([network("a", .hostOnly, "192.168.56.0/24", dhcp: .standard)], []))
  }

  @Test func addressOutsidePrefix() throws {
    try expect(
      .addressOutsidePrefix,
      in: lab(
        [
          network("a", .internal, "10.9.0.0/24"),
          network("b", .internal, "10.8.0.0/24", called: "a"),
        ], [vm("x", on("a", "10.9.0.5")), vm("y", on("b", "10.8.0.6"))]),
      finds: """
        error /vms/1/adapters/0/address: 10.8.0.6 of adapter 1 of "y" is outside 10.9.0.0/24 of "a"
          remove /vms/1/adapters/0/address
        """)
    // Too far apart for any prefix of eight bits or more.
    try expect(
      .addressOutsidePrefix,
      in: lab(
        [network("a", .internal)], [vm("x", on("a", "10.9.0.5")), vm("y", on("a", "192.168.0.6"))]),
      finds: """
        error /vms/1/adapters/0/address: 192.168.0.6 of adapter 1 of "y" is outside 10.0.0.0/8 of \
        "a"
          remove /vms/1/adapters/0/address
        """)
    try expect(
      .addressOutsidePrefix,
      isSilentOn: lab(
        [network("a", .internal), network("b", .internal, called: "a"), network("lan", .bridged)],
        [
          vm("x", on("a", "10.9.0.5")), vm("y", on("b", "10.9.0.6")),
          vm("z", on("lan", "10.1.1.1")),
        ]))
  }
}
