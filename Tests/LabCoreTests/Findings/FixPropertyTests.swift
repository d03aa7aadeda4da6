import Testing

@testable import LabCore

/// What holds of the findings of any lab.
@Suite struct FixPropertyTests {
  static let blocks = 0..<20
  static let seedsInBlock: UInt64 = 6

  static func seeds(_ block: UInt64) -> Range<UInt64> {
    block * seedsInBlock..<(block + 1) * seedsInBlock
  }

  /// Each fix alone: the document still resolves, and the finding is gone.
  @Test(arguments: blocks)
  func everyFixMendsItsFinding(block: Int) throws {
    for seed in Self.seeds(UInt64(block)) {
      var source = RiskyLab(seed: seed)
      let draft = source.draft()
      let found = try findings(in: draft)
      for finding in found where !finding.fix.isEmpty {
        let left: [Finding]
        do {
          left = try findings(in: draft.applying(finding.fix))
        } catch {
          Issue.record("seed \(seed), \(rendered(finding)): \(error)")
          return
        }
        try #require(
          left.count(like: finding) < found.count(like: finding),
          "seed \(seed): \(rendered(finding))")
      }
    }
  }

  /// No fix mends one thing and breaks another: in a lab whose prefixes are written, so that they
  /// do not follow the addresses, and of which nothing is required.
  @Test(arguments: blocks)
  func noFixAddsAnError(block: Int) throws {
    for seed in Self.seeds(UInt64(block)) {
      var source = RiskyLab(seed: seed)
      var draft = source.draft()
      draft.requirements = []
      let plan = assignAddresses(in: try resolve(draft).get())
      for (index, network) in plan.networks.enumerated() {
        draft.networks[index].ipv4 = draft.networks[index].ipv4 ?? network.ipv4?.prefix
      }
      guard case .success = resolve(draft) else { continue }
      let found = try findings(in: draft)
      for finding in found where !finding.fix.isEmpty {
        let left = try findings(in: draft.applying(finding.fix))
        let added = left.filter { $0.severity == .error && found.count(like: $0) == 0 }
        let errors = left.count { $0.severity == .error }
        try #require(
          errors <= found.count { $0.severity == .error },
          "seed \(seed), \(rendered(finding))\nadds \(added.map(rendered))")
      }
    }
  }

  /// The same of labs whose VMs route, serve and are copies.
  @Test(arguments: blocks)
  func noFixOfARoleAddsAnError(block: Int) throws {
    for seed in Self.seeds(UInt64(block)) {
      var source = RiskyLab(seed: seed)
      var draft = source.draftWithRoles()
      draft.requirements = []
      let plan = assignAddresses(in: try resolve(draft).get())
      for (index, network) in plan.networks.enumerated() {
        draft.networks[index].ipv4 = draft.networks[index].ipv4 ?? network.ipv4?.prefix
      }
      guard case .success = resolve(draft) else { continue }
      let found = try findings(in: draft)
      for finding in found where !finding.fix.isEmpty {
        guard let left = try? findings(in: draft.applying(finding.fix)) else {
          Issue.record("seed \(seed), \(rendered(finding)): it does not resolve")
          return
        }
        let added = left.filter { $0.severity == .error && found.count(like: $0) == 0 }
        try #require(
          left.count { $0.severity == .error } <= found.count { $0.severity == .error },
          "seed \(seed), \(rendered(finding))\nadds \(added.map(rendered))")
        try #require(
          left.count(like: finding) < found.count(like: finding),
          "seed \(seed): \(rendered(finding))")
      }
    }
  }

  /// One fix after the other: it comes to an end, and nothing that could be mended is left.
  @Test(arguments: blocks)
  func fixesComeToAnEnd(block: Int) throws {
    for seed in Self.seeds(UInt64(block)) {
      var source = RiskyLab(seed: seed)
      var draft = source.draft()
      var steps: [String] = []
      while let next = try findings(in: draft).first(where: { !$0.fix.isEmpty }) {
        steps.append(rendered(next))
        draft = try draft.applying(next.fix)
        try #require(steps.count < 100, "seed \(seed):\n\(steps.suffix(6).joined(separator: "\n"))")
      }
    }
  }

  static let conflictRules: Set<String> = [
    "duplicate-address", "duplicate-mac", "address-of-service", "address-outside-prefix",
    "overlapping-prefixes", "overlapping-adapters", "prefix-overlaps-uplink",
    "nat-overlaps-host-only",
  ]

  /// Where two machines of the fabric answer for one address, a finding says so.
  @Test(arguments: blocks)
  func doubledAddressesAreFound(block: Int) throws {
    for seed in Self.seeds(UInt64(block)) {
      var source = RiskyLab(seed: seed)
      let lab = try resolve(source.draft()).get()
      let plan = assignAddresses(in: lab)
      for family in AddressFamily.allCases {
        let fabric = compileFabric(lab: lab, plan: plan, family: family)
        let isDoubled = fabric.interfaces.contains {
          !$0.isStandIn && fabric.owners.answer(for: $0.address, on: $0.segment) == .conflict
        }
        guard isDoubled else { continue }
        let found = findings(in: lab, plan: plan)
        try #require(
          found.contains { Self.conflictRules.contains($0.rule) }, "seed \(seed), \(family)")
      }
    }
  }

  /// Where the matrix shows an address conflict, a finding says what it comes from. (A router can
  /// also lead answers to another machine than the one that waits for them; labs with routers and
  /// port forwards are left out.)
  @Test(arguments: blocks)
  func conflictsAreExplained(block: Int) throws {
    for seed in Self.seeds(UInt64(block)) {
      var source = RiskyLab(seed: seed)
      let lab = try resolve(source.draft()).get()
      guard !lab.host.forwards, lab.portForwards.isEmpty,
        lab.machines.allSatisfy({ !$0.forwards })
      else { continue }
      let plan = assignAddresses(in: lab)
      let fabric = compileFabric(lab: lab, plan: plan, family: .ipv4)
      let matrix = solveConnectivity(of: lab, in: fabric, query: ConnectivityQuery())
      let hasConflict = matrix.endpoints.indices.contains {
        matrix.row($0).contains(Outcome.addressConflict.rawValue)
      }
      guard hasConflict else { continue }
      let found = findings(in: lab, plan: plan)
      try #require(found.contains { Self.conflictRules.contains($0.rule) }, "seed \(seed)")
    }
  }
}

extension [Finding] {
  /// Findings that say the same; places move when a fix takes an element away.
  fileprivate func count(like finding: Finding) -> Int {
    count { $0.rule == finding.rule && $0.detail == finding.detail }
  }
}
