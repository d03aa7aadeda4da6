import Foundation
import Testing

@testable import LabCore

/// The figures of the worked example in `docs/recommendation-search.md` are those of a run.
@Suite struct WorkedExampleTests {
  private func lab() throws -> Lab {
    try TestLab(
      yaml: """
        name: example
        vms: [{name: android}, {name: windows}, {name: ubuntu}]
        requirements:
          - {from: vms, to: vms}
          - {from: vms, to: internet}
          - {from: host, to: ubuntu, port: 22}
        """
    ).lab
  }

  @Test func thePageSaysWhatTheSearchDoes() throws {
    let page = try String(
      contentsOf: URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().appendingPathComponent(
          "../../../../docs/recommendation-search.md"
        ).standardizedFileURL, encoding: .utf8)
    for line in try run() { #expect(page.contains("\n\(line)\n"), "\(line)") }
  }

  /// What the page shows, line by line.
  private func run() throws -> [String] {
    let lab = try lab()
    let question = RecommendationQuestion(lab, SearchRestriction())
    let rules = ReachRules(lab)
    let progress = SearchProgress(decisions: 1_000_000, within: .unlimited)
    let pairs = RolePairs(question, rules, progress)
    var lines = ["symmetry classes  \(question.symmetryClasses)"]
    for (machine, options) in zip(lab.machines, pairs.options) {
      let costs = options.map { "\($0.weight.exposure)" }.joined(separator: " ")
      lines.append("roles of \(machine.name): \(options.count), each exposing alone \(costs)")
    }
    let assignments = pairs.options.reduce(1) { $0 * $1.count }
    lines.append("assignments of roles  \(assignments)")
    var incumbents: [Weight] = []
    var search = CandidateSearch(question, rules, progress: progress) { _, weight in
      incumbents.append(weight)
      return weight
    }
    search.run()
    lines.append("bound at the root  \(text(search.rootBound.cost))")
    for weight in incumbents { lines.append("incumbent  \(text(weight.cost))") }
    lines.append("decisions  \(1_000_000 - progress.decisionsLeft)")
    let found = findBest(for: lab, rules, effort: .usual, budget: .unlimited)
    let best = try #require(found.best)
    #expect(found.proof == .optimal)
    lines.append("judged by the fabric  \(text(best.cost)): \(best.lab.networkSummary)")
    return lines
  }

  private func text(_ cost: LabCost) -> String {
    "exposure \(cost.exposure), adapters \(cost.adapters), networks \(cost.networks), "
      + "by hand \(cost.handConfiguration)"
  }
}
