import LabFormats
import Testing

@testable import LabCore

/// Gateways, firewalls and servers of the user's design stay in what is recommended.
@Suite struct StandingDesignTests {
  private func report(_ yaml: String) throws -> RecommendationReport {
    recommend(for: try TestLab(yaml: yaml).lab)
  }

  private static let appliance = """
    name: appliance
    host: {os: windows, uplink: {ipv4: 192.168.1.50/24, gateway: 192.168.1.1}}
    networks:
      - {name: wan, mode: bridged}
      - {name: lab, mode: internal, ipv4: 10.100.0.0/24, gateway: 10.100.0.1,
         dhcp: {server: 10.100.0.1, first: 10.100.0.10, last: 10.100.0.200}}
    vms:
      - {name: pfsense, os: bsd, forwarding: true,
         adapters: [{network: wan}, {network: lab, address: 10.100.0.1}]}
      - {name: kali, adapters: [{network: lab}]}
      - {name: victim, os: windows, adapters: [{network: lab}]}
    requirements:
      - {from: kali, to: internet}
      - {from: victim, to: internet}
      - {from: lan, to: victim, allow: false}
    """

  @Test func theGatewayTranslatesAndNobodyGetsANATBesideIt() throws {
    let report = try report(Self.appliance)
    #expect(report.recommendations.count == 1)
    let best = try #require(report.best)
    #expect(best.summary == "Your lab with 1 change")
    #expect(best.because.first == "Let pfsense translate what it sends out on \"wan\".")
    #expect(best.modes == [.bridged, .internal])
    #expect(best.lab.vms[0].adapters[0].masquerade == true)
    #expect(report.change == best.lab)
    #expect(report.ruledOut.allSatisfy { $0.cause == .constraint })
  }

  @Test func aDesignThatDoesStaysAsItIs() throws {
    let yaml = Self.appliance.replacing("{network: wan}", with: "{network: wan, masquerade: true}")
    let report = try report(yaml)
    #expect(report.best?.summary == "Your lab as it is")
    #expect(report.best?.lab == (try TestLab(yaml: yaml).lab.draft))
  }

  @Test func routersGetTheRoutesThatTheyLack() throws {
    let report = try report(
      """
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
      requirements: [{from: pc1, to: pc3}]
      """)
    let best = try #require(report.best)
    #expect(best.lab.vms.map(\.adapters.count) == [1, 1, 2, 2])
    #expect(best.lab.vms[2].routes.count == 1 && best.lab.vms[3].routes.count == 1)
  }

  /// What nothing mends is searched for anew, and the server stays where it is.
  @Test func serversKeepTheirAdapters() throws {
    let yaml = """
      name: served
      networks:
        - {name: lab, mode: internal, ipv4: 10.9.0.0/24,
           dhcp: {server: dc, first: 10.9.0.100, last: 10.9.0.199}}
      vms:
        - {name: dc, os: windows, adapters: [{network: lab, address: 10.9.0.10}]}
        - {name: pc, adapters: []}
      requirements: [{from: pc, to: dc}, {from: pc, to: internet}]
      """
    let draft = try TestLab(yaml: yaml).lab.draft
    let report = try report(yaml)
    #expect(!report.recommendations.isEmpty)
    for recommendation in report.recommendations {
      #expect(recommendation.lab.networks.contains(draft.networks[0]))
      #expect(recommendation.lab.vms[0].adapters.first?.address == address4("10.9.0.10"))
    }
  }

  /// Ranks of labs with roles put back: no errors, requirements met, routers where they were.
  @Test func whatIsMendedHolds() throws {
    let labs = RandomLabs(20, maximumMachines: 5, hasRoles: true)
    for seed in labs.seeds {
      var draft = labs.draft(seed)
      draft.requirements = [
        RequirementDraft(from: .vms, to: .internet), RequirementDraft(from: .vms, to: .vms),
      ]
      guard case .success(let lab) = resolve(draft), lab.hasStandingRouter else { continue }
      guard let mended = mendedDesign(of: lab, budget: .unlimited) else { continue }
      #expect(mended.judged.cost.unmet == 0, "seed \(seed)")
      #expect(mended.judged.hasNoErrors, "seed \(seed)")
      for machine in lab.standingMachines {
        #expect(!mended.judged.lab.machines[machine].adapters.isEmpty, "seed \(seed)")
      }
    }
  }
}
