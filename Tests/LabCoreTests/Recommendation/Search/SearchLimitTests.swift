import Glibc
import TestSupport
import Testing

@testable import LabCore

/// What holds of a search that does not come to its end.
@Suite struct SearchLimitTests {
  /// A lab in three tiers, and what people ask of such labs, some of it at random.
  private func question(machines: Int, requirements: Int, seed: Int) throws -> Lab {
    var random = SeededGenerator(seed: UInt64(seed))
    let tiers = ["web", "db", "client"]
    var draft = lab([], (0..<machines).map { vm("vm-\($0)", tags: [tiers[$0 % 3]]) })
    func any() -> String { "vm-\(Int.random(in: 0..<machines, using: &random))" }
    func tier() -> String { "tag:\(tiers[Int.random(in: 0..<3, using: &random)])" }
    while draft.requirements.count < requirements {
      let (from, to, port): (String, String, Int?) =
        switch Int.random(in: 0..<7, using: &random) {
        case 0: (tier(), "internet", nil)
        case 1: ("host", tier(), nil)
        case 2: ("lan", any(), 80)
        case 3: ("host", any(), 22)
        case 4: (any(), any(), 5432)
        default: (any(), any(), nil)
        }
      guard from != to else { continue }
      draft.requirements.append(
        RequirementDraft(
          from: try EndpointSelector(parsing: from), to: try EndpointSelector(parsing: to),
          port: port))
    }
    return try resolve(draft).get()
  }

  @Test(arguments: 1...8) func boundsAreCostsThatALabCouldHave(seed: Int) throws {
    let lab = try question(machines: 8, requirements: 14, seed: seed)
    for steps in [1, 20, 100] {
      let report = recommend(for: lab, effort: SearchEffort(steps: steps))
      guard case .bound(let bound) = report.proof else { continue }
      #expect(bound.exposure >= 0)
      #expect(bound.adapters <= 8 * 4)
      #expect(bound.networks <= 8 * 4)
      if let best = report.best { #expect(bound <= best.cost) }
    }
  }

  /// Processor time of this thread, in milliseconds; other work on the machine does not count.
  private func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) * 1e3 + Double(time.tv_nsec) / 1e6
  }

  /// Debug builds are tens of times slower, and so are the parts that are not cut short.
  @Test(arguments: [(12, 20), (30, 60)]) func theTimeIsAskedAllAlong(
    machines: Int, requirements: Int
  ) throws {
    let lab = try question(machines: machines, requirements: requirements, seed: 3)
    let start = now()
    var last = start
    var longest = 0.0
    let budget = Budget {
      let time = now()
      longest = max(longest, time - last)
      last = time
      return time - start < 300 ? nil : .time
    }
    _ = recommend(for: lab, effort: .untilStopped, budget: budget)
    #expect(longest < 1500, "\(longest) ms without a look at the clock")
    #expect(now() - start < 5000, "\(now() - start) ms for 300")
  }
}
