import Testing

@testable import LabCore

/// Rules on machines that are to route.
@Suite struct RouteRulesTests {
  static let tier = network("tier", .internal, "10.20.0.0/24", gateway: "10.20.0.1")

  @Test func gatewayDoesNotForward() throws {
    try expect(
      .gatewayDoesNotForward,
      in: lab(
        [
          Self.tier, network("admin", .hostOnly, "192.168.57.0/24", gateway: "192.168.57.1"),
          network("shared", .natNetwork, "10.0.9.0/24"),
        ],
        [
          vm("gw", on("tier", "10.20.0.1"), forwarding: false), vm("web", on("tier"), on("admin")),
          vm("db", on("shared"), gateway: "10.0.9.3"),
        ]),
      finds: """
        warning /networks/0/gateway: 10.20.0.1, the gateway of "tier", is "gw", which does not \
        forward
          replace /vms/0/forwarding true
        warning /networks/1/gateway: 192.168.57.1, the gateway of "admin", is the host, which does \
        not forward
          remove /networks/1/gateway
        warning /vms/2/gateway: 10.0.9.3, the gateway of "db", is a server of the hypervisor, \
        which does not forward
          remove /vms/2/gateway
        """)
    try expect(
      .gatewayDoesNotForward,
      isSilentOn: lab(
        [Self.tier, network("admin", .hostOnly, "192.168.57.0/24", gateway: "192.168.57.1")],
        [vm("gw", on("tier", "10.20.0.1"), on("admin"), forwarding: true)],
        host: host(forwarding: true)),
      lab(
        [network("shared", .natNetwork, "10.0.9.0/24")],
        [vm("db", on("shared"), gateway: "10.0.9.1")]))
  }

  @Test func gatewayOffLink() throws {
    try expect(
      .gatewayOffLink,
      in: lab(
        [Self.tier, network("lan", .bridged)],
        [
          vm("web", on("tier"), gateway: "10.21.0.1"),
          vm("gw", on("tier", "10.20.0.1"), forwarding: true, gateway: "10.20.0.1"),
          vm("alone", gateway: "10.20.0.1"), vm("edge", on("lan"), gateway: "192.168.9.1"),
        ], host: host(uplink: uplink("192.168.1.20/24"))),
      finds: """
        error /vms/0/gateway: 10.21.0.1, the gateway of "web", is on none of its links
          remove /vms/0/gateway
        error /vms/1/gateway: 10.20.0.1, the gateway of "gw", is its own address
          remove /vms/1/gateway
        error /vms/2/gateway: 10.20.0.1, the gateway of "alone", is on none of its links
          remove /vms/2/gateway
        error /vms/3/gateway: 192.168.9.1, the gateway of "edge", is on none of its links
          remove /vms/3/gateway
        """)
    // Of an unknown LAN nobody can say what is on it.
    try expect(
      .gatewayOffLink,
      isSilentOn: lab(
        [Self.tier, network("lan", .bridged)],
        [
          vm("web", on("tier"), gateway: "10.20.0.9"),
          vm("edge", on("lan"), gateway: "192.168.9.1"),
        ]
      ))
  }

  @Test func routeWithoutNextHop() throws {
    let admin = network("admin", .hostOnly, "192.168.57.0/24")
    try expect(
      .routeWithoutNextHop,
      in: lab(
        [Self.tier, admin],
        [
          vm(
            "web", on("tier", "10.20.0.9"), on("admin"),
            routes: [
              ("10.30.0.0/24", "10.31.0.1"), ("10.30.1.0/24", "10.20.0.77"),
              ("10.30.2.0/24", "10.20.0.8"), ("10.30.3.0/24", "192.168.57.1"),
              ("10.30.4.0/24", "10.20.0.9"),
            ]), vm("db", on("tier", "10.20.0.8")),
        ]),
      finds: """
        warning /vms/0/routes/0/via: 10.31.0.1, by which "web" is to reach 10.30.0.0/24, is on \
        none of its links
          remove /vms/0/routes/0
        warning /vms/0/routes/1/via: 10.20.0.77, by which "web" is to reach 10.30.1.0/24, is \
        nobody's on "tier"
          remove /vms/0/routes/1
        warning /vms/0/routes/2/via: 10.20.0.8, by which "web" is to reach 10.30.2.0/24, is "db", \
        which does not forward
          add /vms/1/forwarding true
        warning /vms/0/routes/3/via: 192.168.57.1, by which "web" is to reach 10.30.3.0/24, is the \
        host, which does not forward
          remove /vms/0/routes/3
        warning /vms/0/routes/4/via: 10.20.0.9, by which "web" is to reach 10.30.4.0/24, is its \
        own address
          remove /vms/0/routes/4
        """)
    try expect(
      .routeWithoutNextHop,
      isSilentOn: lab(
        [Self.tier, admin, network("lan", .bridged)],
        [
          vm(
            "web", on("tier"), on("admin"), on("lan"),
            routes: [
              ("10.30.0.0/24", "10.20.0.1"), ("10.30.1.0/24", "192.168.57.1"),
              ("10.30.2.0/24", "192.168.9.1"),
            ]), vm("gw", on("tier", "10.20.0.1"), forwarding: true),
        ], host: host(forwarding: true)))
  }
}
