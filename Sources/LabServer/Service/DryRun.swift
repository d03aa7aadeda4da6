import HTTPServer
import LabCore
import LabFormats
import LabStorage

/// A change that was worked out in its transaction and not stored.
struct RolledBack: Error {
  let before: StoredLab?
  let change: LabChange
}

/// What a write with `?dry_run=true` would do.
///
/// A request is carried by one thread at a time.
final class DryRun {
  private var name = ""
  private var revision: Int?
  private var difference = PlanDifference(from: nil, to: nil)

  /// Notes what a change would do, and gives its operation an outcome to go on with, which nobody
  /// sees.
  func record(_ rolledBack: RolledBack, of name: DNSLabel) -> WriteOutcome {
    let stored = rolledBack.before
    self.name = name.text
    revision = stored?.revision
    let before = stored.flatMap { try? resolve($0.draft).get() }
    guard let after = rolledBack.change.lab else {
      difference = PlanDifference(from: before.map(reach), to: nil)
      return .notFound
    }
    difference = PlanDifference(from: before.map(reach), to: reach(after))
    let now = Timestamp.now
    return .unchanged(
      StoredLab(
        draft: after.draft, revision: stored?.revision ?? 0, createdAt: stored?.createdAt ?? now,
        updatedAt: now))
  }

  private func reach(_ lab: Lab) -> PlannedReach {
    PlannedReach(lab, query: ConnectivityQuery())
  }

  /// The answer in the place of the operation's own.
  var answer: Response {
    var response = plainAnswer(
      jsonBody { writer in
        writer.object { writer in
          writer.member("dry_run", true)
          writer.member("lab", name)
          writer.member("revision", revision)
          writer.key("changes")
          writer.changes(difference)
        }
      })
    if let revision { response.headers.append(.etag, entityTag(revision)) }
    return response
  }
}
