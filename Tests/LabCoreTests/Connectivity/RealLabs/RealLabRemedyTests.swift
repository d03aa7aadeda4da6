import Testing

@testable import LabCore

/// What people do in their labs when something does not work comes first.
@Suite struct RealLabRemedyTests {
  private func summaries(
    _ lab: TestLab, _ source: String, _ target: String,
    _ query: ConnectivityQuery = ConnectivityQuery()
  ) throws -> [String] {
    let from = try #require(lab.lab.endpoint(named: source))
    let to = try #require(lab.lab.endpoint(named: target))
    return remedies(from: from, to: to, of: lab.lab, query: query).remedies.map(\.summary)
  }

  @Test func aGatewayTranslates() throws {
    let lab = try TestLab(
      yaml: """
        name: appliance
        host: {uplink: {ipv4: 192.168.1.50/24, gateway: 192.168.1.1}}
        networks:
          - {name: wan, mode: bridged}
          - {name: lab, mode: internal, ipv4: 10.100.0.0/24, gateway: 10.100.0.1}
        vms:
          - {name: pfsense, forwarding: true,
             adapters: [{network: wan}, {network: lab, address: 10.100.0.1}]}
          - {name: kali, adapters: [{network: lab}]}
        requirements: [{from: lan, to: kali, allow: false}]
        """)
    #expect(
      try summaries(lab, "kali", "internet").first
        == "Let pfsense translate what it sends out on \"wan\"")
  }

  @Test func oneOfTwoNetworksGetsAnotherPrefix() throws {
    let lab = try TestLab(
      yaml: """
        name: twins
        networks:
          - {name: left, mode: internal, ipv4: 192.168.50.0/24}
          - {name: right, mode: internal, ipv4: 192.168.50.0/24}
        vms:
          - {name: middle, adapters: [{network: right, address: 192.168.50.3},
             {network: left, address: 192.168.50.4}]}
          - {name: a, adapters: [{network: left, address: 192.168.50.5}]}
          - {name: b, adapters: [{network: right, address: 192.168.50.6}]}
        """)
    #expect(lab.outcome("middle", "a") == .addressConflict)
    let offered = try summaries(lab, "middle", "a")
    #expect(offered.first?.contains("the prefix") == true, "\(offered)")
  }

  @Test func routesAreAddedWhereTheyLack() throws {
    let lab = try TestLab(
      yaml: """
        name: row
        networks:
          - {name: n1, mode: internal, ipv4: 192.168.1.0/24, gateway: 192.168.1.1}
          - {name: n2, mode: internal, ipv4: 10.0.12.0/24}
          - {name: n3, mode: internal, ipv4: 192.168.3.0/24, gateway: 192.168.3.1}
        vms:
          - {name: pc1, adapters: [{network: n1, address: 192.168.1.2}]}
          - {name: pc3, adapters: [{network: n3, address: 192.168.3.2}]}
          - {name: r1, forwarding: true, adapters: [{network: n1, address: 192.168.1.1},
             {network: n2, address: 10.0.12.1}]}
          - {name: r3, forwarding: true, adapters: [{network: n3, address: 192.168.3.1},
             {network: n2, address: 10.0.12.3}]}
        """)
    #expect(
      try summaries(lab, "pc1", "pc3").first
        == "Add the missing routes: r1 to 192.168.3.0/24 via 10.0.12.3, "
        + "r3 to 192.168.1.0/24 via 10.0.12.1")
  }

  @Test func aFirewallPassesOnePort() throws {
    let lab = try TestLab(
      yaml: """
        name: guarded
        networks: [{name: lab, mode: internal, ipv4: 10.9.0.0/24}]
        vms:
          - {name: dc, firewall: windows-public, adapters: [{network: lab}]}
          - {name: pc, adapters: [{network: lab}]}
        """)
    #expect(
      try summaries(lab, "pc", "dc", ConnectivityQuery(port: 389)).first
        == "Let the firewall of dc pass tcp port 389 from pc to dc")
  }

  @Test func theBridgedDefaultLetsTheSiteIn() throws {
    let lab = try TestLab(
      yaml: """
        name: nat-then-bridged
        host:
          uplink: {ipv4: 192.168.1.20/24, gateway: 192.168.1.1,
                   routes: [{to: 10.20.0.0/16, via: 192.168.1.254}]}
        networks: [{name: mgmt, mode: nat}, {name: office, mode: bridged}]
        vms: [{name: web, adapters: [{network: mgmt}, {network: office, address: 192.168.1.101}]}]
        """)
    let offered = try summaries(lab, "site", "web")
    #expect(offered.contains("Make 192.168.1.1 the gateway of web"), "\(offered)")
  }

  @Test func theHostRoutesAndTranslates() throws {
    let lab = try TestLab(
      yaml: """
        name: behind-the-host
        host: {uplink: {ipv4: 192.168.1.20/24, gateway: 192.168.1.1}}
        networks: [{name: admin, mode: host-only, ipv4: 192.168.56.0/24}]
        vms: [{name: box, adapters: [{network: admin}]}]
        """)
    let offered = try summaries(lab, "box", "lan")
    #expect(
      offered.contains(
        "Let the host route and translate what leaves by its uplink, as the gateway of box"),
      "\(offered)")
  }

  @Test func aVMMovesToWhereTheOtherIs() throws {
    let lab = try TestLab(
      yaml: """
        name: apart
        networks: [{name: left, mode: internal}, {name: right, mode: internal}]
        vms:
          - {name: a, adapters: [{network: left}]}
          - {name: b, adapters: [{network: right}]}
        """)
    let offered = try summaries(lab, "a", "b")
    #expect(offered.contains("Move a from \"left\" to \"right\""), "\(offered)")
  }

  @Test func theHostLearnsARouteToWhatIsBehindARouter() throws {
    let lab = try TestLab(
      yaml: """
        name: behind
        networks:
          - {name: admin, mode: host-only, ipv4: 192.168.56.0/24}
          - {name: lab, mode: internal, ipv4: 10.9.0.0/24, gateway: 10.9.0.1}
        vms:
          - {name: fw, forwarding: true, adapters: [{network: admin, address: 192.168.56.10},
             {network: lab, address: 10.9.0.1}]}
          - {name: web, adapters: [{network: lab}]}
        """)
    let from = try #require(lab.lab.endpoint(named: "host"))
    let to = try #require(lab.lab.endpoint(named: "web"))
    let found = remedies(from: from, to: to, of: lab.lab, query: ConnectivityQuery()).remedies
    let routed = try #require(found.first { $0.summary.contains("through fw") })
    #expect(routed.edits.contains { "\($0)".contains("routes") }, "\(routed.edits)")
  }

  @Test func noRemedyBreaksARequirementThatWasMet() throws {
    let labs = RandomLabs(12, maximumMachines: 4, hasRoles: true)
    for seed in labs.seeds {
      var draft = labs.draft(seed)
      draft.requirements = [
        RequirementDraft(from: .internet, to: .vms, allow: false),
        RequirementDraft(from: .vms, to: .vms), RequirementDraft(from: .vms, to: .internet),
      ]
      let lab = try resolve(draft).get()
      let matrix = Plan(lab).connectivity()
      let before = try unmet(lab)
      for (row, from) in matrix.endpoints.enumerated() {
        for (column, to) in matrix.endpoints.enumerated().prefix(2)
        where row != column && !matrix[row, column].isReachable {
          for remedy in remedies(from: from, to: to, of: lab, query: ConnectivityQuery()).remedies {
            let after = try unmet(try patched(draft, remedy.edits))
            #expect(after.isSubset(of: before), "seed \(seed): \(remedy.summary)")
          }
        }
      }
    }
  }

  private func unmet(_ lab: Lab) throws -> Set<Int> {
    let fabric = compileFabric(lab: lab, plan: assignAddresses(in: lab), family: .ipv4)
    var check = RequirementCheck(lab: lab, fabric: fabric, budget: .unlimited)
    return Set(try check.failures().map(\.index))
  }
}
