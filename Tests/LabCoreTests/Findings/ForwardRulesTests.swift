import Testing

@testable import LabCore

/// Rules on port forwards.
@Suite struct ForwardRulesTests {
  static let networks = [network("out", .nat), network("shared", .natNetwork)]
  static let vms = [vm("web", on("out")), vm("db", on("shared"))]

  @Test func portForwardCollision() throws {
    try expect(
      .portForwardCollision,
      in: lab(
        Self.networks, Self.vms,
        forwards: [
          forward(2222, to: "web", 22), forward(2222, to: "db", 22, at: "127.0.0.1"),
          forward(8080, to: "web", 80, at: "127.0.0.1"),
          forward(8080, to: "db", 80, at: "0.0.0.0"), forward(8081, to: "db", 81),
        ]),
      finds: """
        error /port_forwards/1/host_port: tcp port 2222 of the host already leads to port 22 of \
        "web"
          see /port_forwards/0/host_port
          replace /port_forwards/1/host_port 2200
        error /port_forwards/3/host_port: tcp port 8080 of the host already leads to port 80 of \
        "web"
          see /port_forwards/2/host_port
          replace /port_forwards/3/host_port 8082
        """)
    try expect(
      .portForwardCollision,
      in: lab(Self.networks, Self.vms, forwards: [forward(2222, to: "web", 22)]),
      sharingHost: [
        lab(
          Self.networks, Self.vms,
          forwards: [forward(2222, to: "db", 22), forward(2200, to: "db", 22)], name: "other"),
        lab(Self.networks, Self.vms, forwards: [forward(2222, to: "db", 22)]),
      ],
      finds: """
        error /port_forwards/0/host_port: tcp port 2222 of the host already leads to port 22 of \
        "db" in lab "other" on the same host
          replace /port_forwards/0/host_port 2201
        """)
    try expect(
      .portForwardCollision,
      isSilentOn: lab(
        Self.networks + [network("lan", .bridged)], Self.vms + [vm("edge", on("lan"))],
        forwards: [
          forward(2222, to: "web", 22, at: "127.0.0.1"),
          forward(2222, to: "db", 22, at: "192.168.1.20"), forward(2222, to: "web", 22, .udp),
          forward(2222, to: "edge", 22),
        ]))
  }

  @Test(arguments: [
    (
      Host.OperatingSystem.linux,
      """
      error /port_forwards/0/host_port: host port 80 is below 1024, which Linux keeps for root
        replace /port_forwards/0/host_port 8080
      error /port_forwards/1/host_port: host port 22 is below 1024, which Linux keeps for root
        replace /port_forwards/1/host_port 2200
      error /port_forwards/2/host_port: host port 443 is below 1024, which Linux keeps for root
        replace /port_forwards/2/host_port 8443
      """
    ),
    (
      .macos,
      """
      error /port_forwards/1/host_port: host port 22 is below 1024, which macOS keeps for root on \
      a single address
        replace /port_forwards/1/host_port 2200
      """
    ),
    (
      .windows,
      """
      info /port_forwards/0/host_port: host port 80 is below 1024, where services of Windows may \
      listen already
        replace /port_forwards/0/host_port 8080
      info /port_forwards/1/host_port: host port 22 is below 1024, where services of Windows may \
      listen already
        replace /port_forwards/1/host_port 2200
      info /port_forwards/2/host_port: host port 443 is below 1024, where services of Windows may \
      listen already
        replace /port_forwards/2/host_port 8443
      """
    ),
  ])
  func privilegedHostPort(system: Host.OperatingSystem, expected: String) throws {
    try expect(
      .privilegedHostPort,
      in: lab(
        Self.networks, Self.vms,
        forwards: [
          forward(80, to: "web", 80), forward(22, to: "db", 22, at: "127.0.0.1"),
          forward(443, to: "db", 443, at: "0.0.0.0"), forward(1024, to: "db", 1),
        ], host: host(system)),
      finds: expected)
  }
}
