import Testing

@testable import LabCore

/// Rules on default routers and static routes.
@Suite struct GatewayRulesTests {
  static let tier = network("tier", .internal, "10.20.0.0/24", gateway: "10.20.0.1")

  @Test func gatewayWithoutOwner() throws {
    try expect(
      .gatewayWithoutOwner,
      in: lab(
        [
          Self.tier, network("admin", .hostOnly, "192.168.57.0/24", gateway: "192.168.57.254"),
          network("shared", .natNetwork, "10.0.9.0/24", gateway: "10.0.9.254"),
          network("out", .nat),
        ],
        [
          vm("web", on("tier"), on("admin")), vm("db", on("tier", "10.20.0.9"), forwarding: true),
          vm("gw", on("shared"), forwarding: true),
          vm("own", on("out"), gateway: "10.0.2.1"),
        ]),
      finds: """
        error /networks/0/gateway: nobody on "tier" has the address 10.20.0.1 of the gateway of \
        "tier"
          remove /networks/0/gateway
        error /networks/1/gateway: nobody on "admin" has the address 192.168.57.254 of the gateway \
        of "admin"
          remove /networks/1/gateway
        error /networks/2/gateway: nobody on "shared" has the address 10.0.9.254 of the gateway of \
        "shared"
          add /vms/2/adapters/0/address "10.0.9.254"
        error /vms/3/gateway: nobody on "out" has the address 10.0.2.1 of the gateway of "own"
          remove /vms/3/gateway
        """)
    try expect(
      .gatewayWithoutOwner,
      isSilentOn: lab(
        [Self.tier], [vm("gw", on("tier", "10.20.0.1"), forwarding: true), vm("web", on("tier"))]),
      lab([Self.tier], []),
      lab(
        [network("admin", .hostOnly, "192.168.57.0/24", gateway: "192.168.57.1")],
        [vm("web", on("admin"))], host: host(forwarding: true)),
      lab(
        [network("shared", .natNetwork, "10.0.9.0/24", gateway: "10.0.9.1"), network("out", .nat)],
        [vm("web", on("shared")), vm("own", on("out"), gateway: "10.0.2.2")]),
      lab(
        [network("lan", .bridged)], [vm("web", on("lan"), gateway: "192.168.1.254")],
        host: host(uplink: uplink("192.168.1.20/24", gateway: "192.168.1.1"))))
  }

  @Test func severalDefaultGateways() throws {
    try expect(
      .severalDefaultGateways,
      in: lab(
        [network("shared", .natNetwork, "10.0.9.0/24"), Self.tier, network("lan", .bridged)],
        [
          vm("gw", on("shared"), on("tier", "10.20.0.1"), forwarding: true),
          vm("web", on("shared"), on("tier")), vm("edge", on("lan"), on("shared")),
        ]),
      finds: """
        warning /vms/1/adapters/1: "web" is offered two default gateways, 10.0.9.1 on adapter 1 \
        and 10.20.0.1 on adapter 2; which one it uses is its own choice
          see /vms/1/adapters/0
          add /vms/1/gateway "10.0.9.1"
        warning /vms/2/adapters/1: "edge" is offered two default gateways, the LAN's router on \
        adapter 1 and 10.0.9.1 on adapter 2; which one it uses is its own choice
          see /vms/2/adapters/0
        """)
    // Adapter 1 on NAT and adapter 2 on a host-only network is how it should be.
    try expect(
      .severalDefaultGateways,
      isSilentOn: lab(
        [network("out", .nat), network("admin", .hostOnly)], [vm("web", on("out"), on("admin"))]),
      lab([network("shared", .natNetwork)], [vm("web", on("shared"), on("shared"))]),
      lab(
        [network("shared", .natNetwork, "10.0.9.0/24"), Self.tier],
        [vm("web", on("shared"), on("tier"), gateway: "10.20.0.1")]))
  }
}
