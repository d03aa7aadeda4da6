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
  func record(
    _ rehearsal: WriteRehearsal, of name: DNSLabel, for call: Call
  ) throws(Problem) -> WriteOutcome {
    self.name = name.text
    revision = rehearsal.before?.lab.revision
    let before = try reach(rehearsal.before, for: call)
    difference = PlanDifference(from: before, to: try reach(rehearsal.after, for: call))
    return rehearsal.outcome
  }

  private func reach(_ found: AddressedLab?, for call: Call) throws(Problem) -> PlannedReach? {
    guard let found, case .success(let lab) = resolve(found.lab.draft) else { return nil }
    let plan = Plan(lab, addresses: assignedAddresses(in: lab, rememberedAs: found.memory))
    return try call.within { (budget) throws(BudgetExhausted) in
      try plan.reach(ConnectivityQuery(), budget: budget)
    }
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
