import Testing

@testable import LabCore

/// Rules on the addresses of adapters, and on who hands them out.
@Suite struct AddressRulesTests {
  @Test func duplicateAddress() throws {
    try expect(
      .duplicateAddress,
      in: lab(
        [network("tier", .internal, "10.20.0.0/24", ipv6: "fd00::/64"), network("lan", .bridged)],
        [
          // Slots out of order: places are those of the document.
          vm("a", on("lan", "192.168.1.9", slot: 2), on("tier", "10.20.0.7", slot: 1)),
          vm("b", on("tier", "10.20.0.7", address6: "fd00::7")),
          vm("c", on("tier", address6: "fd00::7"), on("lan", "192.168.1.9")),
        ]),
      finds: """
        error /vms/1/adapters/0/address: 10.20.0.7 of adapter 1 of "b" is also that of adapter 1 \
        of "a"
          see /vms/0/adapters/1
          remove /vms/1/adapters/0/address
        error /vms/2/adapters/0/address6: fd00::7 of adapter 1 of "c" is also that of adapter 1 \
        of "b"
          see /vms/1/adapters/0
          remove /vms/2/adapters/0/address6
        error /vms/2/adapters/1/address: 192.168.1.9 of adapter 2 of "c" is also that of adapter 2 \
        of "a"
          see /vms/0/adapters/0
          remove /vms/2/adapters/1/address
        """)
    try expect(
      .duplicateAddress, in: lab([network("lan", .bridged)], [vm("a", on("lan", "192.168.1.9"))]),
      sharingHost: [
        lab([network("net", .bridged)], [vm("b", on("net", "192.168.1.9"))], name: "other")
      ],
      finds: """
        error /vms/0/adapters/0/address: 192.168.1.9 of adapter 1 of "a" is also that of adapter 1 \
        of "b" in lab "other" on the same host
          remove /vms/0/adapters/0/address
        """)
    try expect(
      .duplicateAddress,
      isSilentOn: lab(
        [network("x", .internal, "10.20.0.0/24"), network("y", .internal, "10.20.0.0/24")],
        [vm("a", on("x", "10.20.0.7")), vm("b", on("y", "10.20.0.7"))]),
      lab(
        [network("out", .nat)], [vm("a", on("out", "10.0.2.20")), vm("b", on("out", "10.0.2.20"))]),
      lab(
        [network("x", .internal, "10.20.0.0/24")],
        [vm("a", on("x", "10.20.0.7")), vm("b", on("x", "10.20.0.7", plugged: false))]))
  }

  @Test func addressOfService() throws {
    let networks = [
      network("out", .nat), network("shared", .natNetwork, "10.0.9.0/24"),
      network(
        "admin", .hostOnly, "192.168.57.0/24", dhcp: pool("192.168.57.100", "192.168.57.200")),
      network("lan", .bridged), network("tier", .internal, "10.20.0.0/24", gateway: "10.20.0.1"),
    ]
    let draft = lab(
      networks,
      [
        vm("a", on("out", "10.0.2.3"), on("shared", "10.0.9.1"), on("admin", "192.168.57.1")),
        vm("b", on("lan", "192.168.1.1"), on("shared", "10.0.9.2"), on("tier", "10.20.0.1")),
        vm("c", on("lan", "192.168.1.20"), on("shared", "10.0.9.3"), on("admin")),
      ],
      host: host(uplink: uplink("192.168.1.20/24", gateway: "192.168.1.1")))
    try expect(
      .addressOfService, in: draft,
      finds: """
        error /vms/0/adapters/0/address: 10.0.2.3 of adapter 1 of "a" is the address of the name \
        server of "out"
          remove /vms/0/adapters/0/address
        error /vms/0/adapters/1/address: 10.0.9.1 of adapter 2 of "a" is the address of the router \
        of "shared"
          remove /vms/0/adapters/1/address
        error /vms/0/adapters/2/address: 192.168.57.1 of adapter 3 of "a" is the address of the \
        host on "admin"
          remove /vms/0/adapters/2/address
        error /vms/1/adapters/0/address: 192.168.1.1 of adapter 1 of "b" is the address of the \
        LAN's router
          remove /vms/1/adapters/0/address
        error /vms/1/adapters/1/address: 10.0.9.2 of adapter 2 of "b" is the address of the host's \
        loopback on "shared"
          remove /vms/1/adapters/1/address
        error /vms/2/adapters/0/address: 192.168.1.20 of adapter 1 of "c" is the address of the \
        host on the LAN
          remove /vms/2/adapters/0/address
        error /vms/2/adapters/1/address: 10.0.9.3 of adapter 2 of "c" is the address of the DHCP \
        server of "shared"
          remove /vms/2/adapters/1/address
        """)
    // From 7.2 on the host's loopback is at the router's address.
    try expect(
      .addressOfService,
      isSilentOn: lab([networks[1]], [vm("b", on("shared", "10.0.9.2"))], version: "7.2"),
      lab([networks[0]], [vm("b", on("out", "10.0.2.4"))]))
  }

  @Test func duplicateMAC() throws {
    let mac = "08:00:27:aa:00:01"
    try expect(
      .duplicateMAC,
      in: lab(
        [network("tier", .internal), network("lan", .bridged), network("office", .bridged)],
        [
          vm("a", on("tier", mac: mac), on("lan", mac: mac)), vm("b", on("tier", mac: mac)),
          vm("c", on("office", mac: mac)),
        ]),
      finds: """
        error /vms/1/adapters/0/mac: adapter 1 of "b" has the MAC address 08:00:27:aa:00:01 of \
        adapter 1 of "a"
          see /vms/0/adapters/0/mac
          remove /vms/1/adapters/0/mac
        error /vms/2/adapters/0/mac: adapter 1 of "c" has the MAC address 08:00:27:aa:00:01 of \
        adapter 2 of "a"
          see /vms/0/adapters/1/mac
          remove /vms/2/adapters/0/mac
        """)
    try expect(
      .duplicateMAC, in: lab([network("lan", .bridged)], [vm("a", on("lan", mac: mac))]),
      sharingHost: [lab([network("n", .bridged)], [vm("b", on("n", mac: mac))], name: "other")],
      finds: """
        error /vms/0/adapters/0/mac: adapter 1 of "a" has the MAC address 08:00:27:aa:00:01 of \
        adapter 1 of "b" in lab "other" on the same host
          remove /vms/0/adapters/0/mac
        """)
    try expect(
      .duplicateMAC,
      isSilentOn: lab(
        [network("out", .nat), network("tier", .internal)],
        [
          vm("a", on("out", mac: mac)), vm("b", on("out", mac: mac)), vm("c", on("tier", mac: mac)),
          vm("d", on("tier", mac: mac, plugged: false)),
        ]))
  }

  @Test func staticInDHCPPool() throws {
    try expect(
      .staticInDHCPPool,
      in: lab(
        [network("shared", .natNetwork, "10.0.9.0/24"), network("lan", .bridged)],
        [
          vm("a", on("shared", "10.0.9.10"), on("lan", "192.168.1.150")),
          vm("b", on("shared", "10.0.9.200")), vm("c", on("shared"), on("lan", "192.168.1.50")),
        ],
        host: host(
          uplink: uplink("192.168.1.20/24", dhcp: ("192.168.1.100", "192.168.1.199")))),
      finds: """
        error /vms/0/adapters/0/address: 10.0.9.10 of adapter 1 of "a" is in the DHCP pool \
        10.0.9.4-10.0.9.254 of "shared", whose server may give it to another machine
          see /networks/0
          add /networks/0/dhcp {first: "10.0.9.11", last: "10.0.9.199"}
        error /vms/0/adapters/1/address: 192.168.1.150 of adapter 2 of "a" is in the DHCP pool \
        192.168.1.100-192.168.1.199 of the LAN, whose server may give it to another machine
          see /host/uplink/dhcp
          remove /vms/0/adapters/1/address
        error /vms/1/adapters/0/address: 10.0.9.200 of adapter 1 of "b" is in the DHCP pool \
        10.0.9.4-10.0.9.254 of "shared", whose server may give it to another machine
          see /networks/0
          add /networks/0/dhcp {first: "10.0.9.11", last: "10.0.9.199"}
        """)
    // The gap that is left has no room for the other VMs: the address goes.
    try expect(
      .staticInDHCPPool,
      in: lab(
        [
          network(
            "n", .internal, "10.9.0.0/24", dhcp: pool("10.9.0.4", "10.9.0.6", server: "10.9.0.9"))
        ],
        [vm("a", on("n", "10.9.0.5")), vm("b", on("n")), vm("c", on("n"))]),
      finds: """
        error /vms/0/adapters/0/address: 10.9.0.5 of adapter 1 of "a" is in the DHCP pool \
        10.9.0.4-10.9.0.6 of "n", whose server may give it to another machine
          see /networks/0/dhcp
          remove /vms/0/adapters/0/address
        """)
    try expect(
      .staticInDHCPPool,
      isSilentOn: lab(
        [network("n", .internal, "10.9.0.0/24", dhcp: pool("10.9.0.4", "10.9.0.6"))],
        [vm("a", on("n", "10.9.0.3")), vm("b", on("n", "10.9.0.7")), vm("c", on("n"))]))
  }

  @Test func dhcpPoolTooSmall() throws {
    let vms = [
      vm("a", on("n")), vm("b", on("n")), vm("c", on("n"), os: .windows), vm("d", on("n")),
    ]
    try expect(
      .dhcpPoolTooSmall,
      in: lab(
        [network("n", .internal, "10.9.0.0/24", dhcp: pool("10.9.0.4", "10.9.0.5"))], vms),
      finds: """
        error /networks/0/dhcp: the DHCP pool 10.9.0.4-10.9.0.5 of "n" is too small; 2 adapters of \
        4 get no address
          replace /networks/0/dhcp {first: "10.9.0.3", last: "10.9.0.254"}
        """)
    try expect(
      .dhcpPoolTooSmall,
      in: lab(
        [network("n", .bridged)], vms,
        host: host(uplink: uplink("192.168.1.20/24", dhcp: ("192.168.1.50", "192.168.1.52")))),
      finds: """
        error /host/uplink/dhcp: the DHCP pool 192.168.1.50-192.168.1.52 of the LAN is too small; \
        1 adapter of 4 get no address
        """)
    try expect(
      .dhcpPoolTooSmall,
      isSilentOn: lab(
        [network("n", .internal, "10.9.0.0/24", dhcp: pool("10.9.0.4", "10.9.0.7"))], vms),
      lab([network("n", .internal, "169.254.0.0/16", dhcp: .off)], vms))
  }
}
