import Foundation
import LabCore
import LabFormats
import TestSupport
import Testing

/// The random labs that a property is held against: few by default, so that nobody waits;
/// `LABPLAN_LABS` says how many, `LABPLAN_SEED` which is the first.
struct RandomLabs {
  let seeds: Range<UInt64>
  var maximumMachines = 12
  var hasRoles = false

  private static func number(_ variable: String) -> UInt64? {
    ProcessInfo.processInfo.environment[variable].flatMap(UInt64.init)
  }

  /// - Parameter count: how many there are where nobody says otherwise.
  init(_ count: UInt64, maximumMachines: Int = 12, hasRoles: Bool = false) {
    let first = Self.number("LABPLAN_SEED") ?? 1
    seeds = first..<first + (Self.number("LABPLAN_LABS") ?? count)
    self.maximumMachines = maximumMachines
    self.hasRoles = hasRoles
  }

  func draft(_ seed: UInt64) -> LabDraft {
    var source = RandomLab(seed: seed)
    source.maximumMachines = maximumMachines
    source.hasRoles = hasRoles
    return source.draft()
  }

  /// Tries a property on each lab. The first that breaks it is made as small as it can be while it
  /// still does, and told.
  ///
  /// - Parameter violation: says what breaks the property; nil where it holds.
  func hold(_ violation: (LabDraft) throws -> String?) throws {
    for seed in seeds {
      let draft = draft(seed)
      guard try violation(draft) != nil else { continue }
      let smallest = shrink(draft) { (try? violation($0)) ?? nil != nil }
      Issue.record(
        """
        seed \(seed): \(try violation(smallest) ?? "") in
        \(LabDocumentWriter.yaml(smallest))
        """)
      return
    }
  }
}
