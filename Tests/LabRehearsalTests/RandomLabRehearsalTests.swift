import Foundation
import LabCore
import LabFormats
import LabRehearsal
import TestSupport
import Testing

/// What the planner predicts for random labs is what a kernel does with real packets.
///
/// `LABPLAN_REHEARSALS` says how many labs to try, `LABPLAN_SEED` with which seed to begin; few by
/// default, so that nobody waits.
@Suite(.serialized, .needsNamespaces) struct RandomLabRehearsalTests {
  static let count = number("LABPLAN_REHEARSALS") ?? 40
  static let firstSeed = number("LABPLAN_SEED") ?? 1
  private static let reportInterval: UInt64 = 100

  private static func number(_ variable: String) -> UInt64? {
    ProcessInfo.processInfo.environment[variable].flatMap(UInt64.init)
  }

  /// Six in ten by TCP over IPv4, the others by everything else that can be dialled.
  static func query(_ seed: UInt64) -> ConnectivityQuery {
    switch seed % 10 {
    case 1: ConnectivityQuery(transport: .udp)
    case 3: ConnectivityQuery(transport: .icmp)
    case 5: ConnectivityQuery(family: .ipv6)
    case 7: ConnectivityQuery(transport: seed % 20 == 7 ? .udp : .icmp, family: .ipv6)
    default: ConnectivityQuery()
    }
  }

  @Test func whatIsPredictedIsMeasured() throws {
    var tally = Tally()
    for seed in Self.firstSeed..<Self.firstSeed + Self.count {
      var source = RandomLab(seed: seed)
      source.hasRoles = true
      let draft = source.draft()
      let query = Self.query(seed)
      let difference = try PredictionDifference(draft, query)
      tally.count(draft, difference)
      if tally.labs % Self.reportInterval == 0 {
        print(tally, "up to seed \(seed)")
        fflush(nil)
      }
      guard !difference.cells.isEmpty else { continue }
      let smallest = shrink(draft) { smaller in
        (try? PredictionDifference(smaller, query).cells.isEmpty) == false
      }
      let cells = try PredictionDifference(smallest, query).cells
      Issue.record(
        """
        seed \(seed), \(query.transport) \(query.family): \(cells.joined(separator: "; ")) in
        \(LabDocumentWriter.yaml(smallest))
        """)
      if tally.differing == 5 { break }
    }
    print(tally, "from seed \(Self.firstSeed)")
  }
}

/// What has been rehearsed so far.
private struct Tally: CustomStringConvertible {
  private(set) var labs: UInt64 = 0
  private(set) var differing = 0
  private var pairs = 0
  private var machines = 0
  private var largest = 0

  mutating func count(_ draft: LabDraft, _ difference: PredictionDifference) {
    labs += 1
    differing += difference.cells.isEmpty ? 0 : 1
    pairs += difference.compared
    machines += draft.vms.count
    largest = max(largest, draft.vms.count)
  }

  var description: String {
    "\(labs) labs of \(machines) VMs (up to \(largest)) rehearsed, \(pairs) pairs compared, "
      + "\(differing) labs differ"
  }
}
