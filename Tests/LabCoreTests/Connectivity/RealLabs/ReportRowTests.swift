import Testing

@testable import LabCore

/// What people reported of their labs: cells, causes, findings and first remedies.
@Suite struct ReportRowTests {
  private func summaries(
    _ lab: TestLab, _ source: String, _ target: String,
    _ query: ConnectivityQuery = ConnectivityQuery()
  ) throws -> [String] {
    let from = try #require(lab.lab.endpoint(named: source))
    let to = try #require(lab.lab.endpoint(named: target))
    return remedies(from: from, to: to, of: lab.lab, query: query).remedies.map(\.summary)
  }

  private func rules(_ lab: TestLab) -> [String] {
    findings(in: lab.lab, plan: lab.plan).map { "\($0.severity.rawValue) \($0.rule)" }
  }

  /// An attacker's own machine on the LAN, and a domain on NAT and a host-only network.
  @Test func theLANGetsAtAHostOnlyLab() throws {
    let lab = try TestLab(
      yaml: """
        name: attacked
        host: {uplink: {ipv4: 192.168.1.201/24, gateway: 192.168.1.1}}
        networks:
          - {name: mgmt, mode: nat}
          - {name: vboxnet0, mode: host-only, ipv4: 192.168.56.0/24, dhcp: false}
        vms:
          - {name: dc, os: windows,
             adapters: [{network: mgmt}, {network: vboxnet0, address: 192.168.56.10}]}
        """)
    #expect(lab.outcome("lan", "dc") == .isolatedByNAT)
    let offered = try summaries(lab, "lan", "dc", ConnectivityQuery(port: 389))
    #expect(offered.contains { $0.contains("port") }, "a forward: \(offered)")
    #expect(offered.contains { $0.contains("bridged") || $0.contains("LAN") }, "\(offered)")
  }

  @Test func theLANGetsAtALabWithoutNATByTheHost() throws {
    let lab = try TestLab(
      yaml: """
        name: attacked
        host: {uplink: {ipv4: 192.168.1.201/24, gateway: 192.168.1.1}}
        networks:
          - {name: vboxnet0, mode: host-only, ipv4: 192.168.56.0/24, dhcp: false}
        vms: [{name: dc, adapters: [{network: vboxnet0, address: 192.168.56.10}]}]
        """)
    let offered = try summaries(lab, "dc", "lan")
    #expect(offered.contains { $0.contains("Let the host route and translate") }, "\(offered)")
  }

  @Test(arguments: [("7.2.0", true), ("7.2.2", true), ("7.0.10", false)])
  func natNetworksOfOneVersionAreDoubted(version: String, isDoubted: Bool) throws {
    let lab = try TestLab(
      yaml: """
        name: forwards
        hypervisor: {version: "\(version)"}
        host: {os: windows, uplink: {ipv4: 192.168.0.111/24, gateway: 192.168.0.1}}
        networks: [{name: net, mode: nat-network, ipv4: 10.0.2.0/24}]
        vms: [{name: ubuntu, adapters: [{network: net, address: 10.0.2.15}]}]
        port_forwards: [{host_address: 127.0.0.1, host_port: 2015, vm: ubuntu, guest_port: 22}]
        requirements: [{from: host, to: ubuntu, port: 22}]
        """)
    #expect(lab.outcome("host", "ubuntu", ConnectivityQuery(port: 22)) == .forwarded)
    #expect(rules(lab).contains("info doubtful-requirement") == isDoubted)
    #expect(rules(lab).contains("warning nat-network-regression") == isDoubted)
    #expect(!rules(lab).contains("error unmet-requirement"))
  }

  /// A sensor at one computer's port of the LAN's switch.
  @Test func aSensorHearsItsComputerAndNotTheLAN() throws {
    let lab = try TestLab(
      yaml: """
        name: sensor
        host: {os: windows, uplink: {ipv4: 192.168.1.20/24, gateway: 192.168.1.1}}
        networks: [{name: office, mode: bridged}]
        vms:
          - {name: sensor, adapters: [{network: office, address: 192.168.1.30},
             {network: office, promiscuous: allow-all}]}
          - {name: desk, adapters: [{network: office, address: 192.168.1.31}]}
        """)
    let listener = try #require(
      visibility(in: lab.lab).first?.listeners.first { $0.policy == .allowAll })
    #expect(listener.captures.map(lab.lab.name) == ["desk", "host"])
    #expect(listener.capturesWithMachines == [.lan])
  }

  @Test func aGuestThatTakesTheHostsAddressIsToldSo() throws {
    let lab = try TestLab(
      yaml: """
        name: dot-one
        networks:
          - {name: mgmt, mode: nat}
          - {name: vboxnet0, mode: host-only, ipv4: 192.168.56.0/24}
        vms:
          - {name: hub, adapters: [{network: mgmt}, {network: vboxnet0, address: 192.168.56.1}]}
        requirements: [{from: host, to: hub, port: 22}]
        """)
    #expect(lab.outcome("host", "hub", ConnectivityQuery(port: 22)) == .addressConflict)
    #expect(rules(lab).prefix(2) == ["error address-of-service", "error unmet-requirement"])
    #expect(
      try summaries(lab, "host", "hub", ConnectivityQuery(port: 22)).first
        == "Let the planner choose the address of hub on \"vboxnet0\"")
  }

  /// DHCP on the first network names a router that routes nothing.
  @Test func nodesLeaveByTheRouterThatDHCPNames() throws {
    let lab = try TestLab(
      yaml: """
        name: pxe
        host: {os: macos}
        networks:
          - {name: boot, mode: internal, ipv4: 172.31.128.0/24, gateway: 172.31.128.1,
             dhcp: {server: 172.31.128.2, first: 172.31.128.10, last: 172.31.128.100}}
          - {name: out, mode: nat-network, ipv4: 10.0.2.0/24}
        vms:
          - {name: provisioner, adapters: [{network: boot, address: 172.31.128.1}, {network: out}]}
          - {name: node, adapters: [{network: boot}, {network: out}]}
        requirements: [{from: node, to: internet}, {from: provisioner, to: node}]
        """)
    #expect(lab.outcome("node", "internet") == .notForwarded)
    #expect(lab.outcome("provisioner", "node") == .direct)
    let offered = try summaries(lab, "node", "internet")
    #expect(offered.contains("Make 10.0.2.1 the gateway of node"), "\(offered)")
  }
}
