import Testing

@testable import LabCore

/// Labs that are as they should be get little to read.
@Suite struct CleanLabTests {
  /// The example of the API's description.
  static let example = lab(
    [
      network("office", .bridged), network("shared", .natNetwork, "10.0.2.0/24", dhcp: .standard),
      network("backend", .internal, "10.20.0.0/24", gateway: "10.20.0.1"),
      network("admin", .hostOnly), network("out", .nat),
    ],
    [
      vm(
        "ubuntu", on("shared"),
        on(
          "backend", "10.20.0.10", mac: "08:00:27:aa:00:01", model: .virtio, promiscuous: .deny,
          plugged: true),
        on(nil), os: .linux, tags: ["client"]),
      vm("gw", on("shared"), on("backend", "10.20.0.1"), forwarding: true),
    ],
    forwards: [forward(2222, to: "ubuntu", 22, slot: 1)],
    requirements: [
      require("vms", to: "vms"), require("ubuntu", to: "internet"),
      require("lan", to: "ubuntu", .tcp, port: 22), require("vms", to: "lan", allow: false),
    ],
    name: "beta-test", version: "7.1",
    host: HostDraft(
      name: label("laptop"), os: .linux, internet: true, forwarding: false,
      uplink: uplink(
        "192.168.1.20/24", gateway: "192.168.1.1", dhcp: ("192.168.1.100", "192.168.1.199"),
        kind: .wired),
      occupied: [.ipv4(prefix4("172.17.0.0/16"))]))

  @Test func theExampleHasFewFindings() throws {
    let found = try findings(in: Self.example)
    #expect(
      found.map(rendered).joined(separator: "\n") == """
        error /requirements/3: "gw" reaches the LAN, which must not be possible: a NAT leads there \
        (and 1 more pair)
          see /vms/1
        warning /vms/0/adapters/1: "ubuntu" is offered two default gateways, 10.0.2.1 on adapter 1 \
        and 10.20.0.1 on adapter 2; which one it uses is its own choice
          see /vms/0/adapters/0
          add /vms/0/gateway "10.0.2.1"
        info /networks/0: no VM is attached to "office"
          remove /networks/0
        info /networks/3: no VM is attached to "admin"
          remove /networks/3
        info /networks/4: no VM is attached to "out"
          remove /networks/4
        """)
  }
}
