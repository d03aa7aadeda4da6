import Testing

@testable import LabCore

/// Pairs that work or do not by something that no document says.
@Suite struct DoubtTests {
  private func doubts(_ lab: TestLab) -> [String] {
    Plan(lab.lab).connectivity().doubts.map {
      "\(lab.lab.name(of: $0.source)) to \(lab.lab.name(of: $0.target))"
    }
  }

  @Test func bridgingOverWiFi() throws {
    let lab = try TestLab(
      yaml: """
        name: wifi
        host: {uplink: {kind: wireless, ipv4: 10.0.1.20/24, gateway: 10.0.1.1}}
        networks: [{name: mgmt, mode: nat}, {name: home, mode: bridged}]
        vms:
          - {name: web, adapters: [{network: mgmt}, {network: home, address: 10.0.1.114}]}
          - {name: box, adapters: [{network: home, address: 10.0.1.115}]}
        """)
    #expect(
      doubts(lab) == [
        "box to host", "box to lan", "box to internet", "web to host", "web to lan",
        "host to box", "host to web", "lan to box", "lan to web",
      ])
    let pair = try #require(lab.explain("lan", "web"))
    #expect(pair.doubt != nil)
    #expect(pair.explanation.contains("This depends: bridging over Wi-Fi"))
    #expect(lab.explain("box", "web")?.doubt == nil)
  }

  @Test func aWiredLabIsSure() throws {
    let lab = try TestLab(
      networks: [.of("out", .nat), .of("office", .bridged)], vms: [("a", ["out", "office"])])
    #expect(doubts(lab).isEmpty)
  }

  @Test func natsPrefixOnAnotherAdapter() throws {
    let lab = try TestLab(
      yaml: """
        name: nat-prefix-twice
        networks: [{name: mgmt, mode: nat}, {name: lab, mode: internal, ipv4: 10.0.2.0/24}]
        vms:
          - {name: dev, adapters: [{network: mgmt}, {network: lab, address: 10.0.2.31}]}
        port_forwards: [{host_address: 127.0.0.1, host_port: 2222, vm: dev, guest_port: 22}]
        """)
    #expect(lab.outcome("host", "dev") == .forwarded)
    #expect(doubts(lab).contains("host to dev"))
  }

  @Test func aVPNThatTakesEveryPrivatePrefix() throws {
    let lab = try TestLab(
      yaml: """
        name: vpn
        host:
          uplink: {ipv4: 192.168.1.20/24, gateway: 192.168.1.1}
          occupied: [192.168.0.0/16]
        networks: [{name: admin, mode: host-only, ipv4: 192.168.99.0/24}]
        vms: [{name: box, adapters: [{network: admin, address: 192.168.99.100}]}]
        """)
    #expect(doubts(lab) == ["box to host", "host to box"])
  }

  @Test func oneAddressCanBeAskedFor() throws {
    let lab = try TestLab(networks: [.of("out", .nat)], vms: [("box", ["out"])], version: "7.1")
    let fabric = compileFabric(lab: lab.lab, plan: lab.plan, family: .ipv4)
    func outcome(_ address: String) -> Outcome {
      explain(
        from: .machine(0), to: .host, of: lab.lab, in: fabric, query: ConnectivityQuery(),
        at: .ipv4(address4(address))
      ).outcome
    }
    #expect(outcome("10.0.2.2") == .noRoute, "closed for new VMs since 7.0")
    #expect(outcome("192.168.1.20") == .translated)
  }
}
