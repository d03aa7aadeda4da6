import Testing

@testable import LabCore

/// Gateway VMs as people build them: between the LAN or NAT and a network of their own.
@Suite struct GatewayTests {
  /// A firewall appliance with its outside on the LAN, whose inside has a Linux and a Windows VM.
  private func lab(
    masquerade: Bool = true, firewall: String = "", forwards: String = ""
  ) throws -> TestLab {
    try TestLab(
      yaml: """
        name: behind-a-gateway
        host:
          uplink: {kind: wired, ipv4: 192.168.1.50/24, gateway: 192.168.1.1}
        networks:
          - {name: wan, mode: bridged}
          - {name: lan1, mode: internal, ipv4: 10.9.0.0/24, gateway: 10.9.0.1}
        vms:
          - name: fw
            os: bsd
            forwarding: true
            adapters:
              - {network: wan, address: 192.168.1.60, masquerade: \(masquerade)}
              - {network: lan1, address: 10.9.0.1}
            \(firewall)
            \(forwards)
          - {name: kali, adapters: [{network: lan1, address: 10.9.0.20}]}
          - {name: web, adapters: [{network: lan1, address: 10.9.0.30}]}
        """)
  }

  @Test(arguments: ["internet", "lan", "host"])
  func whatItTranslatesGetsOut(target: String) throws {
    #expect(try lab().outcome("kali", target) == .translated)
    #expect(try lab().outcome("kali", target, ConnectivityQuery(transport: .icmp)) == .translated)
    #expect(try lab(masquerade: false).outcome("kali", target) == .noReturnRoute)
  }

  @Test func explanationsNameWhoTranslates() throws {
    let explanation = try #require(try lab().explain("kali", "lan"))
    #expect(
      explanation.explanation
        == "kali reaches the LAN machine through fw, which opens the connection in its own name; "
        + "the LAN machine sees 192.168.1.60 as the sender.")
    #expect(
      explanation.path.map(\.translation) == [nil, "10.9.0.20 becomes 192.168.1.60", nil])
  }

  @Test func nobodyNewComesInThroughIt() throws {
    #expect(try lab().outcome("lan", "kali") == .noRoute)
    #expect(try lab().outcome("host", "web") == .noRoute)
  }

  @Test func aPortThatLeadsInIsAForward() throws {
    let forwards = "forwards: [{slot: 1, port: 8443, vm: web, to_port: 443}]"
    let lab = try lab(forwards: forwards)
    #expect(lab.outcome("lan", "web") == .forwarded)
    #expect(lab.outcome("lan", "web", ConnectivityQuery(port: 443)) == .forwarded)
    #expect(lab.outcome("lan", "web", ConnectivityQuery(port: 80)) == .noRoute)
    #expect(lab.outcome("lan", "web", ConnectivityQuery(transport: .icmp)) == .noRoute)
    #expect(lab.outcome("lan", "kali") == .noRoute)
    let explanation = try #require(lab.explain("lan", "web"))
    #expect(
      explanation.explanation
        == "the LAN machine reaches web only through a port of fw: it dials 192.168.1.60 port "
        + "8443, and fw hands the connection to 10.9.0.30 port 443.")
    #expect(explanation.dials.map(\.port) == [8443])
  }

  @Test func itsFirewallKeepsOutWhatNoExceptionLetsIn() throws {
    let firewall = "firewall: {inbound: {policy: deny, except: [{slot: 2}, {protocol: icmp}]}}"
    let lab = try lab(firewall: firewall)
    #expect(lab.outcome("lan", "fw") == .filtered)
    #expect(lab.outcome("lan", "fw", ConnectivityQuery(transport: .icmp)) == .direct)
    #expect(lab.outcome("kali", "fw") == .direct)
    #expect(lab.outcome("kali", "internet") == .translated, "answers pass")
    let explanation = try #require(lab.explain("lan", "fw"))
    #expect(
      explanation.explanation
        == "the LAN machine cannot reach fw at 192.168.1.60: the firewall of fw does not let it in: "
        + "its inbound policy is deny, and no exception matches.")
    #expect(explanation.stop == PathStop(node: "fw", packet: .question))
  }

  @Test func itPassesOnWhatItsRulesSay() throws {
    let firewall =
      "firewall: {forward: {policy: deny, except: [{from: kali, to: internet}, "
      + "{slot: 1, to: web, protocol: tcp, port: 443}]}}"
    let lab = try lab(
      firewall: firewall, forwards: "forwards: [{slot: 1, port: 443, vm: web, to_port: 443}]")
    #expect(lab.outcome("kali", "internet") == .translated)
    #expect(lab.outcome("kali", "lan") == .filtered)
    #expect(lab.outcome("web", "internet") == .filtered)
    #expect(lab.outcome("lan", "web") == .forwarded)
    #expect(lab.outcome("kali", "web") == .direct)
  }

  @Test func aForwardOfTheHostAndOneOfTheGatewayMakeAChain() throws {
    let lab = try TestLab(
      yaml: """
        name: chain
        host:
          uplink: {ipv4: 192.168.1.50/24, gateway: 192.168.1.1,
                   forwards: [{port: 443, to: host, to_port: 8443}]}
        networks:
          - {name: out, mode: nat}
          - {name: dmz, mode: internal, ipv4: 10.9.0.0/24, gateway: fw}
        vms:
          - name: fw
            forwarding: true
            adapters: [{network: out, masquerade: true}, {network: dmz, address: 10.9.0.1}]
            forwards: [{port: 443, vm: web}]
          - {name: web, adapters: [{network: dmz, address: 10.9.0.30}]}
        port_forwards:
          - {host_port: 8443, vm: fw, guest_port: 443}
        """)
    for source in ["host", "lan", "internet"] {
      #expect(lab.outcome(source, "web") == .forwarded, "\(source)")
    }
    #expect(lab.outcome("web", "internet") == .translated)
  }

  @Test func windowsKeepsOutWhatItsProfileSays() throws {
    func outcome(_ preset: String, _ query: ConnectivityQuery) throws -> Outcome? {
      try TestLab(
        yaml: """
          name: windows
          networks: [{name: lab, mode: internal, ipv4: 10.9.0.0/24}]
          vms:
            - {name: dc, os: windows, firewall: \(preset), adapters: [{network: lab}]}
            - {name: kali, adapters: [{network: lab}]}
          """
      ).outcome("kali", "dc", query)
    }
    let echo = ConnectivityQuery(transport: .icmp)
    #expect(try outcome("windows-public", echo) == .filtered)
    #expect(try outcome("windows-private", echo) == .direct)
    #expect(try outcome("windows-private", ConnectivityQuery(port: 445)) == .direct)
    #expect(try outcome("windows-private", ConnectivityQuery(port: 3389)) == .filtered)
  }
}
