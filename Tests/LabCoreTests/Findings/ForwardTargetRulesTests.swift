import Testing

@testable import LabCore

/// Rules on where port forwards lead, and on which address of the host they listen.
@Suite struct ForwardTargetRulesTests {
  static let networks = [
    network("out", .nat), network("lan", .bridged), network("shared", .natNetwork),
    network("joined", .internal, called: "shared"), network("admin", .hostOnly, "192.168.57.0/24"),
  ]

  @Test func forwardNotBehindNAT() throws {
    try expect(
      .forwardNotBehindNAT,
      in: lab(
        Self.networks,
        [vm("edge", on("lan")), vm("both", on("lan"), on("out")), vm("idle", on(nil))],
        forwards: [
          forward(2200, to: "edge", 22), forward(2201, to: "both", 22, slot: 1),
          forward(2202, to: "both", 22), forward(2203, to: "idle", 22, slot: 1),
        ]),
      finds: """
        warning /port_forwards/0: tcp port 2200 of the host leads nowhere: no adapter of "edge" is \
        behind a NAT
          remove /port_forwards/0
        warning /port_forwards/1: tcp port 2201 of the host leads nowhere: adapter 1 of "both" is \
        on the bridged network "lan", not behind a NAT
          replace /port_forwards/1/slot 2
        warning /port_forwards/3: tcp port 2203 of the host leads nowhere: adapter 1 of "idle" is \
        not attached
          remove /port_forwards/3
        """)
    // An internal network that is a NAT network's switch has its router.
    try expect(
      .forwardNotBehindNAT,
      isSilentOn: lab(
        Self.networks, [vm("web", on("joined"))], forwards: [forward(2200, to: "web", 22, slot: 1)])
    )
  }

  @Test func forwardWithoutTarget() throws {
    try expect(
      .forwardWithoutTarget,
      in: lab(
        [
          network("out", .nat),
          network("s", .natNetwork, "10.0.9.0/29", dhcp: pool("10.0.9.4", "10.0.9.4")),
        ],
        [vm("a", on("out", plugged: false)), vm("b", on("s")), vm("c", on("s"))],
        forwards: [
          forward(2200, to: "a", 22), forward(2201, to: "b", 22), forward(2202, to: "c", 22),
        ]),
      finds: """
        error /port_forwards/2: tcp port 2202 of the host leads to adapter 1 of "c", which has no \
        IPv4 address
          see /vms/2/adapters/0
        warning /port_forwards/0: tcp port 2200 of the host leads to adapter 1 of "a", whose cable \
        is out
          see /vms/0/adapters/0/cable_connected
          replace /vms/0/adapters/0/cable_connected true
        """)
  }

  @Test func forwardBoundElsewhere() throws {
    let vms = [vm("web", on("out"))]
    let forwards = [
      forward(1, to: "web", 1, at: "192.168.1.20"), forward(2, to: "web", 2, at: "127.0.0.9"),
      forward(3, to: "web", 3, at: "192.168.57.1"), forward(4, to: "web", 4, at: "172.17.0.1"),
      forward(5, to: "web", 5, at: "0.0.0.0"), forward(6, to: "web", 6, at: "192.168.1.21"),
      forward(7, to: "web", 7, at: "10.0.2.2"),
    ]
    let unknown = host(occupied: ["172.17.0.0/16"])
    var known = unknown
    known.uplink = uplink("192.168.1.20/24")
    let last = """
      error /port_forwards/6/host_address: the host has no address 10.0.2.2 to listen on for "web"
        remove /port_forwards/6/host_address
      """
    try expect(
      .forwardBoundElsewhere, in: lab(Self.networks, vms, forwards: forwards, host: known),
      finds: """
        error /port_forwards/5/host_address: the host has no address 192.168.1.21 to listen on for \
        "web"
          remove /port_forwards/5/host_address
        \(last)
        """)
    // Of a host whose LAN is not known, less can be said.
    try expect(
      .forwardBoundElsewhere, in: lab(Self.networks, vms, forwards: forwards, host: unknown),
      finds: last)
  }

  @Test func forwardBoundToLoopback() throws {
    let vms = [vm("web", on("out"))]
    let wanted = require("lan", to: "web", port: 22)
    try expect(
      .forwardBoundToLoopback,
      in: lab(
        Self.networks, vms, forwards: [forward(2222, to: "web", 22, at: "127.0.0.1")],
        requirements: [wanted]),
      finds: """
        error /port_forwards/0/host_address: the LAN is to reach tcp port 22 of "web", but the port \
        forward listens on 127.0.0.1 alone
          see /requirements/0
          remove /port_forwards/0/host_address
        """)
    try expect(
      .forwardBoundToLoopback,
      isSilentOn: lab(
        Self.networks, vms, forwards: [forward(2222, to: "web", 22)], requirements: [wanted]),
      lab(
        Self.networks, vms, forwards: [forward(2222, to: "web", 22, at: "127.0.0.1")],
        requirements: [require("host", to: "web", port: 22)]))
  }

  @Test func forwardExposedToLAN() throws {
    let vms = [vm("web", on("out"))]
    let forbidden = require("lan", to: "vms", allow: false)
    try expect(
      .forwardExposedToLAN,
      in: lab(
        Self.networks, vms, forwards: [forward(2222, to: "web", 22)], requirements: [forbidden]),
      finds: """
        error /port_forwards/0: the LAN must not reach "web", but tcp port 2222 of the host leads \
        there
          see /requirements/0
          add /port_forwards/0/host_address "127.0.0.1"
        """)
    try expect(
      .forwardExposedToLAN,
      isSilentOn: lab(
        Self.networks, vms, forwards: [forward(2222, to: "web", 22, at: "127.0.0.1")],
        requirements: [forbidden]),
      lab(Self.networks, vms, forwards: [forward(2222, to: "web", 22)]))
  }
}
