import Foundation
import LabCore
import LabFormats
import LabRehearsal
import Testing

/// What the planner predicts for random labs is what a kernel does with real packets.
///
/// `LABPLAN_REHEARSALS` says how many labs to try, `LABPLAN_SEED` with which seed to begin.
@Suite(.serialized, .needsNamespaces) struct RandomLabRehearsalTests {
  static let count = number("LABPLAN_REHEARSALS") ?? 200
  static let firstSeed = number("LABPLAN_SEED") ?? 1

  private static func number(_ variable: String) -> UInt64? {
    ProcessInfo.processInfo.environment[variable].flatMap(UInt64.init)
  }

  @Test func whatIsPredictedIsMeasured() throws {
    var differing = 0
    for seed in Self.firstSeed..<Self.firstSeed + Self.count {
      var source = RandomLab(seed: seed)
      source.maximumMachines = seed % 4 == 0 ? 11 : 6
      let draft = source.draft()
      let transport: Requirement.Transport = seed % 8 == 3 ? .udp : seed % 8 == 5 ? .icmp : .tcp
      guard try !PredictionDifference(draft, transport).cells.isEmpty else { continue }
      differing += 1
      let smallest = shrink(draft) { smaller in
        (try? PredictionDifference(smaller, transport).cells.isEmpty) == false
      }
      let cells = try PredictionDifference(smallest, transport).cells
      Issue.record(
        """
        seed \(seed), \(transport): \(cells.joined(separator: "; ")) in
        \(LabDocumentWriter.yaml(smallest))
        """)
      if differing == 5 { break }
    }
    print("\(Self.count) labs rehearsed from seed \(Self.firstSeed), \(differing) differ")
  }
}
