import HTTPServer
import LabAnswers
import LabCore
import LabFormats
import LabStorage

/// What a write with `?dry_run=true` would do.
///
/// A request is carried by one thread at a time.
final class DryRun {
  private var name: String?
  private var revision: Int?
  private var difference = PlanDifference(from: nil, to: nil)

  /// Notes what a change would do, and gives its operation an outcome to go on with, which nobody
  /// sees.
  func record(_ rehearsal: WriteRehearsal, of name: DNSLabel) -> WriteOutcome {
    self.name = name.text
    revision = rehearsal.before?.lab.revision
    difference = PlanDifference(
      from: rehearsal.before.flatMap(reach), to: rehearsal.after.flatMap(reach))
    return rehearsal.outcome
  }

  private func reach(_ found: AddressedLab) -> PlannedReach? {
    guard case .success(let lab) = resolve(found.lab.draft) else { return nil }
    return PlannedReach(
      lab, addresses: assignedAddresses(in: lab, rememberedAs: found.memory),
      query: ConnectivityQuery())
  }

  /// The answer in the place of the operation's own; nil where no document was to be changed.
  var answer: Response? {
    guard let name else { return nil }
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
