import LabFormats
import TestSupport
import Testing

@testable import LabCore

/// Each remedy, sent as the JSON Patch that it is to the document as it is written, does what it
/// says.
@Suite struct RemedyPropertyTests {
  static let labs = RandomLabs(6, maximumMachines: 5)
  static let labsWithRoles = RandomLabs(6, maximumMachines: 5, hasRoles: true)
  static let pairsPerLab = 3

  @Test(arguments: [
    ConnectivityQuery(), ConnectivityQuery(transport: .icmp), ConnectivityQuery(family: .ipv6),
  ])
  func eachRemedyOpensItsPairAndTellsWhatElseItChanges(query: ConnectivityQuery) throws {
    var offered = 0
    let all = [Self.labs, Self.labsWithRoles].flatMap { labs in
      labs.seeds.map { ($0, labs.draft($0)) }
    }
    for (seed, draft) in all {
      let lab = try resolve(draft).get()
      let before = try Plan(lab, family: query.family).reach(query, budget: .unlimited)
      let pairs = blockedPairs(before.matrix).shuffled(seed: seed).prefix(Self.pairsPerLab)
      for (from, to) in pairs {
        for remedy in remedies(from: from, to: to, of: lab, query: query).remedies {
          offered += 1
          let changed = try patched(draft, remedy.edits)
          let after = try Plan(changed, family: query.family)
            .reach(query, budget: .unlimited)
          let change = "seed \(seed), \(lab.name(of: from)) to \(lab.name(of: to)): \(remedy)"
          try #require(after.outcome(from, to)?.isReachable == true, "\(change)")
          let others = PlanDifference(from: before, to: after).cells.filter {
            ($0.source, $0.target) != (lab.name(of: from), lab.name(of: to))
          }
          try #require(remedy.sideEffects.count == min(others.count, 9), "\(change)")
          for (told, cell) in zip(remedy.sideEffects, others.prefix(8)) {
            try #require(told.hasPrefix("\(cell.source) to \(cell.target): "), "\(change)")
          }
        }
      }
    }
    #expect(offered > 0)
  }

  private func blockedPairs(_ matrix: ConnectivityMatrix) -> [(Endpoint, Endpoint)] {
    matrix.endpoints.enumerated().flatMap { row, from in
      matrix.endpoints.enumerated().compactMap { column, to in
        row == column || matrix[row, column].isReachable ? nil : (from, to)
      }
    }
  }
}

/// A document after the JSON Patch of a remedy.
func patched(_ draft: LabDraft, _ edits: [Edit]) throws -> Lab {
  let document = try JSONReader.read(LabDocumentWriter.json(draft))
  let (changed, faults) = LabDocumentReader.readLab(
    try JSONPatch(edits: edits).applied(to: document))
  try #require(faults.isEmpty)
  return try resolve(changed).get()
}

extension PlannedReach {
  fileprivate func outcome(_ from: Endpoint, _ to: Endpoint) -> Outcome? {
    guard let row = matrix.endpoints.firstIndex(of: from),
      let column = matrix.endpoints.firstIndex(of: to)
    else { return nil }
    return matrix[row, column]
  }
}

extension Array {
  fileprivate func shuffled(seed: UInt64) -> [Element] {
    var random = SeededGenerator(seed: seed)
    return shuffled(using: &random)
  }
}
