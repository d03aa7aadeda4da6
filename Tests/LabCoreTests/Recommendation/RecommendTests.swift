import TestSupport
import Testing

@testable import LabCore

@Suite struct RecommendTests {
  private func ask(
    _ source: String, _ target: String, port: Int? = nil, allow: Bool? = nil
  ) throws -> RequirementDraft {
    RequirementDraft(
      from: try EndpointSelector(parsing: source), to: try EndpointSelector(parsing: target),
      port: port, allow: allow)
  }

  private func report(_ draft: LabDraft) throws -> RecommendationReport {
    recommend(for: try resolve(draft).get())
  }

  private struct Classic: Sendable {
    let name: String
    let asks: [(String, String, Int?, Bool?)]
    let modes: [NetworkMode]
    let cost: LabCost
  }

  /// What a person who knows VirtualBox would choose for two VMs, and what it costs.
  private static let classics: [Classic] = [
    Classic(
      name: "internet alone", asks: [("vms", "internet", nil, nil)], modes: [.nat],
      cost: LabCost(exposure: 4, adapters: 2, networks: 1)),
    Classic(
      name: "each other alone", asks: [("vms", "vms", nil, nil)], modes: [.internal],
      cost: LabCost(adapters: 2, networks: 1, handConfiguration: 2)),
    Classic(
      name: "each other and the internet",
      asks: [("vms", "vms", nil, nil), ("vms", "internet", nil, nil)], modes: [.natNetwork],
      cost: LabCost(exposure: 4, adapters: 2, networks: 1)),
    Classic(
      name: "the host and each other",
      asks: [("vms", "vms", nil, nil), ("vms", "host", nil, nil), ("host", "vms", nil, nil)],
      modes: [.hostOnly], cost: LabCost(adapters: 2, networks: 1, handConfiguration: 1)),
    Classic(
      name: "the host, each other and the internet",
      asks: [("vms", "vms", nil, nil), ("host", "vms", nil, nil), ("vms", "internet", nil, nil)],
      modes: [.nat, .hostOnly],
      cost: LabCost(exposure: 4, adapters: 4, networks: 2, handConfiguration: 1)),
    Classic(
      name: "one port from the host",
      asks: [("host", "a", 22, nil), ("a", "internet", nil, nil)], modes: [.nat],
      cost: LabCost(exposure: 2, adapters: 1, networks: 1, handConfiguration: 1)),
    Classic(
      name: "every port from the LAN", asks: [("lan", "a", nil, nil)], modes: [.bridged],
      cost: LabCost(exposure: 4, adapters: 1, networks: 1, handConfiguration: 1)),
  ]

  @Test func classicLabsComeOut() throws {
    for classic in Self.classics {
      var draft = lab([], [vm("a"), vm("b")])
      draft.requirements = try classic.asks.map { try ask($0.0, $0.1, port: $0.2, allow: $0.3) }
      let report = try report(draft)
      let best = try #require(report.best, "\(classic.name)")
      #expect(report.proof == .optimal, "\(classic.name)")
      #expect(best.modes == classic.modes, "\(classic.name)")
      #expect(best.cost == classic.cost, "\(classic.name)")
    }
  }

  // MARK: What cannot be met

  @Test func contradictoryRequirementsAreNamed() throws {
    var draft = lab([], [vm("a"), vm("b")])
    draft.requirements = [
      try ask("vms", "internet"), try ask("a", "b"), try ask("lan", "vms", allow: false),
      try ask("a", "b", allow: false),
    ]
    guard case .unmeetable(let core) = try report(draft).proof else {
      Issue.record("it is taken to be meetable")
      return
    }
    #expect(core.requirements == [1, 3])
    #expect(core.isSmallest)
    #expect(core.because.contains("contradict"))
  }

  @Test func aSingleRequirementThatNoLabMeetsIsNamed() throws {
    var draft = lab([], [vm("a")])
    draft.requirements = [try ask("a", "internet"), try ask("internet", "a")]
    guard case .unmeetable(let core) = try report(draft).proof else {
      Issue.record("it is taken to be meetable")
      return
    }
    #expect(core.requirements == [1])
  }

  // MARK: Constraints

  @Test func withoutAdministratorRightsForwardsServe() throws {
    var draft = lab([], [vm("a")])
    draft.requirements = [try ask("host", "a", port: 22), try ask("lan", "a", port: 80)]
    draft.constraints.hasAdministrator = false
    let report = try report(draft)
    let best = try #require(report.best)
    #expect(best.modes == [.nat])
    #expect(best.lab.portForwards.map(\.guestPort) == [22, 80])
    #expect(report.ruledOut.contains { $0.mode == .bridged && $0.cause == .constraint })
  }

  /// Nobody can be behind a NAT of its own there.
  @Test func withoutNATANATNetworkTakesForwards() throws {
    var draft = lab([], [vm("a")])
    draft.requirements = [try ask("host", "a", port: 22)]
    draft.constraints.modes = [.natNetwork, .bridged]
    let report = try report(draft)
    #expect(report.proof == .optimal)
    let best = try #require(report.best)
    #expect(best.modes == [.natNetwork])
    #expect(best.cost == LabCost(exposure: 3, adapters: 1, networks: 1, handConfiguration: 1))
  }

  @Test func keptNetworksStayAsTheyAre() throws {
    var draft = lab(
      [network("office", .internal, "10.77.0.0/24")],
      [vm("a", on("office", "10.77.0.5")), vm("b", on("office"))])
    draft.requirements = [try ask("vms", "internet")]
    draft.constraints.keptNetworks = [label("office")]
    let best = try #require(try report(draft).best)
    #expect(best.lab.networks.first == draft.networks[0])
    #expect(best.lab.vms[0].adapters.first?.address == address4("10.77.0.5"))
    #expect(Set(best.modes) == [.nat, .internal])
  }

  // MARK: From here to there

  @Test func theSmallestChangeKeepsAddresses() throws {
    var draft = lab(
      [network("office", .internal, "10.77.0.0/24")],
      [vm("a", on("office", "10.77.0.5")), vm("b", on("office"))])
    draft.requirements = [try ask("vms", "vms"), try ask("a", "internet")]
    let change = try #require(try report(draft).change)
    #expect(change.networks.first == draft.networks[0])
    #expect(change.vms[0].adapters.contains { $0.address == address4("10.77.0.5") })
    #expect(change.vms[1] == draft.vms[1])
    #expect(try LabCost(of: resolve(change).get(), budget: .unlimited).unmet == 0)
  }

  @Test func aLabThatMeetsItsRequirementsIsNotChanged() throws {
    var draft = lab([network("n", .natNetwork)], [vm("a", on("n")), vm("b", on("n"))])
    draft.requirements = [try ask("vms", "vms")]
    #expect(try report(draft).change == draft)
  }

  // MARK: What people look at

  @Test func whoIsOnAHostOnlyNetworkTooIsReachedWithoutForwards() throws {
    let draft = lab(
      [network("n", .natNetwork), network("h", .hostOnly)],
      [vm("a", on("n"), on("h")), vm("b", on("n")), vm("c", on("h"))])
    let caveats = caveats(of: try JudgedLab(resolve(draft).get(), budget: .unlimited))
    #expect(caveats.contains("The host reaches b only through port forwards."))
  }

  @Test func whoIsNotBridgedIsNotSaidToBeOnTheLAN() throws {
    let draft = lab(
      [network("b", .bridged), network("n", .nat)], [vm("a", on("b")), vm("b", on("n"))])
    let caveats = caveats(of: try JudgedLab(resolve(draft).get(), budget: .unlimited))
    #expect(
      caveats.contains("Every machine of the LAN can reach a, and the LAN's DHCP names it."))
  }

  /// The cheapest lab bridges one of them alone.
  @Test func aLabThatTreatsVMsAlikeIsAmongThoseToChooseFrom() throws {
    var draft = lab([], [vm("a"), vm("b"), vm("c")])
    draft.requirements = [try ask("vms", "internet"), try ask("host", "vms")]
    let labs = try report(draft).recommendations.map { try resolve($0.lab).get() }
    #expect(labs.first?.isUneven == true)
    #expect(labs.dropFirst().contains { !$0.isUneven && $0.modesInUse.map(\.mode) != [.bridged] })
  }

  // MARK: Properties

  /// Whatever is recommended meets the requirements, is worth what it says, and is no worse than
  /// the bound; a search that is stopped claims no proof.
  @Test(arguments: 1...30) func whatIsRecommendedHolds(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    var draft = lab([], (0..<4).map { vm("vm-\($0)", tags: [$0 % 2 == 0 ? "even" : "odd"]) })
    let ends = ["vms", "host", "lan", "internet", "tag:even", "tag:odd", "vm-0", "vm-1", "vm-3"]
    for _ in 0..<4 {
      let source = ends[Int.random(in: 0..<ends.count, using: &random)]
      let target = ends[Int.random(in: 0..<ends.count, using: &random)]
      draft.requirements.append(
        try ask(
          source, target, port: Bool.random(using: &random) ? 80 : nil,
          allow: Int.random(in: 0..<4, using: &random) == 0 ? false : nil))
    }
    let whole = try resolve(draft).get()
    let report = recommend(for: whole)
    for recommendation in report.recommendations {
      let cost = try LabCost(of: resolve(recommendation.lab).get(), budget: .unlimited)
      #expect(cost == recommendation.cost, "seed \(seed)")
      #expect(cost.unmet == 0, "seed \(seed)")
    }
    if case .bound(let bound) = report.proof, let best = report.best {
      #expect(bound <= best.cost, "seed \(seed)")
    }
    if let best = report.best, best.lab.vms.count == draft.vms.count {
      #expect(report.proof == .optimal, "seed \(seed)")
    }
    var looks = 0
    let budget = Budget {
      looks += 1
      return looks < 2 ? nil : .time
    }
    let stopped = recommend(for: whole, budget: budget)
    for recommendation in stopped.recommendations {
      if let best = report.best { #expect(best.cost <= recommendation.cost, "seed \(seed)") }
    }
  }

  @Test func whatIsToStayRulesOutASingleNetworkForAll() throws {
    var draft = lab([network("there", .internal)], [vm("a"), vm("b")])
    draft.vms[0].adapters = [AdapterDraft(network: draft.networks[0].name)]
    draft.constraints.keptNetworks = [label("there")]
    draft.requirements = [try ask("a", "b")]
    let report = try report(draft)
    #expect(report.ruledOut.map(\.mode) == Hypervisor.Product.virtualbox.words)
    #expect(report.ruledOut.allSatisfy { $0.because.contains("\"there\"") })
    #expect(report.best?.lab.networks.contains(draft.networks[0]) == true)
  }
}
