import Testing

@testable import LabCore

/// Hosts with routes of their own, LANs of several prefixes, access points and routers as they are.
@Suite struct SurroundingsTests {
  /// NAT first, the LAN second, as so many VMs have it.
  private func natThenBridged(_ machine: String = "") throws -> TestLab {
    try TestLab(
      yaml: """
        name: nat-then-bridged
        host:
          uplink: {kind: wired, ipv4: 192.168.1.20/24, gateway: 192.168.1.1,
                   routes: [{to: 10.20.0.0/16, via: 192.168.1.254}]}
        networks:
          - {name: mgmt, mode: nat}
          - {name: office, mode: bridged}
        vms:
          - name: web
            \(machine)
            adapters: [{network: mgmt}, {network: office, address: 192.168.1.101}]
          - {name: desk, adapters: [{network: office, address: 192.168.1.102}]}
        """)
  }

  @Test func aSiteIsAnsweredByTheDefaultRoute() throws {
    let lab = try natThenBridged()
    #expect(lab.outcome("lan", "web") == .direct)
    #expect(lab.outcome("site", "web") == .noReturnRoute)
    #expect(lab.outcome("site", "desk") == .routed)
    #expect(lab.outcome("desk", "site") == .routed)
    #expect(lab.outcome("web", "site") == .translated)
    #expect(lab.outcome("site", "internet") == .translated)
    #expect(lab.outcome("site", "lan") == .routed)
  }

  @Test(arguments: ["gateway: 192.168.1.1", "routes: [{to: 10.20.0.0/16, via: 192.168.1.254}]"])
  func theBridgedDefaultOrARouteMendsIt(machine: String) throws {
    #expect(try natThenBridged(machine).outcome("site", "web") == .routed)
  }

  @Test func theSiteComesAfterTheLAN() throws {
    let lab = try natThenBridged().lab
    #expect(lab.endpoints.map(lab.name) == ["desk", "web", "host", "lan", "site", "internet"])
  }

  @Test func labsWithoutRoutesHaveNoSite() throws {
    let lab = try TestLab(networks: [.of("out", .nat)], vms: [("site", ["out"])])
    #expect(lab.lab.endpoints.map(lab.lab.name) == ["site", "host", "lan", "internet"])
    #expect(lab.lab.endpoint(named: "site") == .machine(0))
  }

  @Test(arguments: [
    ("192.168.99.0/24", Outcome.addressConflict), ("192.168.99.96/27", .addressConflict),
    ("192.168.99.128/25", .direct), ("192.168.0.0/16", .direct),
  ])
  func theLongestPrefixTakesTheHostsPackets(occupied: String, outcome: Outcome) throws {
    let lab = try TestLab(
      yaml: """
        name: vpn
        host:
          uplink: {ipv4: 192.168.1.20/24, gateway: 192.168.1.1}
          occupied: [\(occupied)]
        networks: [{name: admin, mode: host-only, ipv4: 192.168.99.0/24}]
        vms: [{name: box, adapters: [{network: admin, address: 192.168.99.100}]}]
        """)
    #expect(lab.outcome("host", "box") == outcome)
    #expect(lab.outcome("box", "host") == outcome)
    guard outcome == .addressConflict else { return }
    #expect(
      lab.explain("host", "box")?.explanation
        == "the host does not reliably reach box at 192.168.99.100: on the host, the route to "
        + "\(occupied) (\"occupied\") leads out of the lab.")
  }

  @Test func anAccessPointKeepsItsClientsApart() throws {
    let lab = try TestLab(
      yaml: """
        name: campus
        host:
          uplink: {kind: wireless, ipv4: 192.168.1.20/24, gateway: 192.168.1.1,
                   client_isolation: true}
        networks: [{name: air, mode: bridged}]
        vms:
          - {name: a, adapters: [{network: air, address: 192.168.1.101}]}
          - {name: b, adapters: [{network: air, address: 192.168.1.102}]}
        """)
    #expect(lab.outcome("lan", "a") == .filtered)
    #expect(lab.outcome("a", "lan") == .filtered)
    #expect(lab.outcome("host", "lan") == .filtered)
    #expect(lab.outcome("a", "b") == .direct)
    #expect(lab.outcome("host", "a") == .direct)
    #expect(lab.outcome("a", "internet") == .translated)
    #expect(lab.outcome("lan", "internet") == .translated)
    #expect(
      lab.explain("lan", "a")?.explanation
        == "the LAN machine cannot reach a at 192.168.1.101: the access point keeps its clients "
        + "apart (\"client_isolation\").")
  }

  @Test func theInternetComesInByTheLANsRouter() throws {
    let lab = try TestLab(
      yaml: """
        name: at-home
        host:
          uplink: {ipv4: 192.168.1.20/24, gateway: 192.168.1.1,
                   forwards: [{port: 443, to: web}, {port: 2222, to: host, to_port: 2200}]}
        networks: [{name: home, mode: bridged}, {name: out, mode: nat}]
        vms:
          - {name: web, adapters: [{network: home, address: 192.168.1.101}]}
          - {name: box, adapters: [{network: out}]}
          - {name: desk, adapters: [{network: home, address: 192.168.1.102}]}
        port_forwards: [{host_port: 2200, vm: box, guest_port: 22}]
        """)
    #expect(lab.outcome("internet", "web") == .forwarded)
    #expect(lab.outcome("internet", "web", ConnectivityQuery(port: 80)) == .isolatedByNAT)
    #expect(lab.outcome("internet", "box") == .forwarded)
    #expect(lab.outcome("internet", "desk") == .isolatedByNAT)
    #expect(lab.explain("internet", "box")?.dials.map(\.port) == [2222])
  }

  @Test func aHostThatTranslatesLetsItsNetworkOut() throws {
    func outcome(masquerade: Bool) throws -> Outcome? {
      try TestLab(
        yaml: """
          name: host-as-gateway
          host: {forwarding: true, masquerade: \(masquerade), uplink: {ipv4: 192.168.1.20/24}}
          networks:
            - {name: admin, mode: host-only, ipv4: 192.168.56.0/24, gateway: 192.168.56.1}
          vms: [{name: box, adapters: [{network: admin}]}]
          """
      ).outcome("box", "lan")
    }
    #expect(try outcome(masquerade: true) == .translated)
    #expect(try outcome(masquerade: false) == .noReturnRoute)
  }

  @Test(arguments: [
    ("deny", Outcome.filtered, Outcome.filtered), ("allow-vms", .direct, .filtered),
    ("allow-all", .direct, .direct),
  ])
  func aVirtualHardwareAddressIsDeliveredAsTheSwitchPleases(
    policy: String, machine: Outcome, host: Outcome
  ) throws {
    let lab = try TestLab(
      yaml: """
        name: vrrp
        host: {uplink: {ipv4: 192.168.42.10/24, gateway: 192.168.42.1}}
        networks: [{name: lan1, mode: bridged}]
        vms:
          - name: r1
            adapters:
              - {network: lan1, address: 192.168.42.55, promiscuous: \(policy),
                 secondary: [{address: 192.168.42.254, mac: "00:00:5e:00:01:2a"}]}
          - {name: client, adapters: [{network: lan1, address: 192.168.42.60}]}
        """)
    func outcome(_ source: String) -> Outcome? {
      let fabric = compileFabric(lab: lab.lab, plan: lab.plan, family: .ipv4)
      let solver = PairSolver(fabric: fabric, query: ConnectivityQuery())
      guard let from = lab.lab.endpoint(named: source) else { return nil }
      return solver.attempts(from: fabric.node(of: from), to: 0)
        .first { $0.dial.address == AddressBits(address4("192.168.42.254").bits) }?.outcome
    }
    #expect(outcome("client") == machine)
    #expect(outcome("host") == host)
    #expect(lab.outcome("host", "r1") == .direct)
  }

  @Test func aNetworkWithinAVMTakesItsPackets() throws {
    let lab = try TestLab(
      yaml: """
        name: docker
        networks: [{name: lab, mode: internal, ipv4: 172.17.0.0/16}]
        vms:
          - name: docker
            inside: [{prefix: 172.17.5.0/24, masquerade: true}]
            adapters: [{network: lab, address: 172.17.0.2}]
          - {name: near, adapters: [{network: lab, address: 172.17.0.3}]}
          - {name: shadowed, adapters: [{network: lab, address: 172.17.5.9}]}
        """)
    #expect(lab.outcome("docker", "near") == .direct)
    #expect(lab.outcome("docker", "shadowed") == .addressConflict)
  }
}
