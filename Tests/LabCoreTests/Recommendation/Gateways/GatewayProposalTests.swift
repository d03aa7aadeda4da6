import Testing

@testable import LabCore

/// What no mode does alone, a VM that translates and filters does.
@Suite struct GatewayProposalTests {
  private func report(_ yaml: String) throws -> RecommendationReport {
    recommend(for: try TestLab(yaml: yaml).lab)
  }

  private static let pair = """
    name: training
    vms:
      - {name: kali, tags: [kali]}
      - {name: victim, tags: [victim]}
    requirements:
      - {from: tag:kali, to: internet}
      - {from: tag:kali, to: tag:victim}
      - {from: tag:kali, to: lan, allow: false}
      - {from: tag:victim, to: lan, allow: false}
    """

  @Test func theInternetButNeverTheLAN() throws {
    let report = try report(Self.pair)
    guard case .unmeetable(let core) = report.proof else {
      Issue.record("the VMs alone are taken to do")
      return
    }
    #expect(core.because.contains("each kali to internet"))
    let best = try #require(report.best)
    #expect(best.lab.vms.map(\.name) == [label("kali"), label("victim"), label("gateway")])
    #expect(best.lab.networks.map(\.name) == [label("internet"), label("lan")])
    #expect(best.lab.vms[2].adapters.map(\.masquerade) == [true, nil])
    #expect(
      best.lab.vms[2].firewall?.rules.contains(
        FirewallRuleDraft(
          from: .endpoints(.tag(label("kali"))), to: .endpoints(.internet))) == true)
    #expect(best.lab.vms[2].adapters[1].address?.description.hasSuffix(".1") == true)
    #expect(best.lab.networks[1].dhcp == .served(by: label("gateway"), first: nil, last: nil))
    #expect(best.caveats.first?.contains("It takes one VM more, gateway") == true)
    let lab = try resolve(best.lab).get()
    #expect(findings(in: lab, plan: assignAddresses(in: lab)).allSatisfy { $0.severity < .error })
    #expect(best.cost.unmet == 0)
  }

  @Test func nobodyGetsAGatewayWhoWantsNone() throws {
    let report = try report(Self.pair + "\nconstraints: {gateways: false}")
    #expect(report.best == nil)
  }

  @Test func whoAsksForGatewaysIsShownThemBesideOthers() throws {
    let report = try report(
      """
      name: asked
      vms: [{name: a}, {name: b}]
      requirements: [{from: a, to: internet}, {from: a, to: b}]
      constraints: {gateways: true}
      """)
    #expect(report.recommendations.contains { $0.lab.vms.count == 3 })
    #expect(report.recommendations.contains { $0.lab.vms.count == 2 })
    #expect(report.recommendations.map(\.rank) == Array(1...report.recommendations.count))
  }

  @Test func allVMsAreCalledSomethingElseThanTheGateway() throws {
    let report = try report(
      """
      name: sealed
      vms: [{name: a}, {name: b}]
      requirements: [{from: vms, to: internet}, {from: vms, to: lan, allow: false}]
      """)
    let best = try #require(report.best)
    #expect(best.lab.requirements.map(\.from) == [.tag(label("inside")), .tag(label("inside"))])
    #expect(best.cost.unmet == 0)
  }

  @Test func aPortOfAVMBehindAGatewayIsForwarded() throws {
    let report = try report(
      """
      name: served
      vms: [{name: web}]
      requirements:
        - {from: web, to: internet}
        - {from: web, to: lan, allow: false}
        - {from: host, to: web, port: 80}
      """)
    let best = try #require(report.best)
    #expect(best.lab.vms.last?.forwards.first?.targetPort == 80)
    #expect(best.lab.portForwards.first?.hostAddress == address4("127.0.0.1"))
    #expect(best.cost.unmet == 0)
  }

  /// Thirty students, each with a Kali and a victim.
  @Test func aClassIsAnsweredByTag() throws {
    let students = (1...30).map { number in
      """
        - {name: kali\(number), tags: [kali]}
        - {name: victim\(number), tags: [victim]}
      """
    }.joined(separator: "\n")
    let meetings = (1...30).map { "  - {from: kali\($0), to: victim\($0)}" }.joined(separator: "\n")
    let report = try report(
      """
      name: class
      vms:
      \(students)
      requirements:
        - {from: tag:kali, to: internet}
        - {from: tag:kali, to: lan, allow: false}
        - {from: tag:victim, to: lan, allow: false}
      \(meetings)
      """)
    let best = try #require(report.best)
    #expect(best.cost.unmet == 0)
    #expect(best.because.contains { $0.hasPrefix("each kali to internet, for example: kali1") })
  }
}
