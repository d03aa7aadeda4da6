import HTTPServer
import LabAnswers
import LabCore
import LabFormats
import LabStorage

/// The history of a lab, also of one that is gone.
let revisionOperations: [Operation] = [
  Operation(
    .get, "/v1/labs/{lab}/revisions", query: [.limit, .cursor, .fields]
  ) { service, call throws(Problem) in
    try service.listRevisions(call)
  },
  Operation(.get, "/v1/labs/{lab}/revisions/{revision}", query: [.fields]) {
    service, call throws(Problem) in
    try service.getRevision(call)
  },
  Operation(
    .get, "/v1/labs/{lab}/revisions/{revision}/diff", query: [.to, .fields]
  ) { service, call throws(Problem) in
    try service.compareRevisions(call)
  },
  Operation(
    .post, "/v1/labs/{lab}/revisions/{revision}/restore", query: [.dryRun]
  ) { service, call throws(Problem) in
    try service.restoreRevision(call)
  },
]

extension LabService {
  fileprivate func listRevisions(_ call: Call) throws(Problem) -> Response {
    let type = try call.negotiate(.json)
    let name = try call.labName
    let limit = call.query.limit
    let newest = try keptRevisions(of: name, for: call.caller).upperBound
    let cursor = try call.revisionCursor(upTo: newest)
    let tag = VersionTag(revision: newest)
    if try call.isFresh(tag) { return notModified(tag) }
    // One more than asked for: it tells whether there is another page.
    let found = try reading { () throws(StoreError) in
      try store.revisions(of: name, before: cursor, limit: limit + 1)
    }
    let page = RevisionList(
      lab: name, revisions: Array(found.prefix(limit)), limit: limit, isLast: found.count <= limit,
      fields: call.query.fields)
    var response = Response(
      status: .ok, headers: headers(type, tag),
      body: jsonBody { $0.revisionList(page) })
    if let next = page.next { response.headers.append(.link, "<\(next)>; rel=\"next\"") }
    return response
  }

  fileprivate func getRevision(_ call: Call) throws(Problem) -> Response {
    let type = try call.negotiate(.json)
    let revision = try revision(call.revisionNumber, of: call.labName, for: call.caller)
    let number = revision.change.revision.number
    let tag = VersionTag(revision: number)
    if try call.isFresh(tag) { return notModified(tag) }
    return Response(
      status: .ok, headers: headers(type, tag),
      body: jsonBody { $0.revision(revision) })
  }

  fileprivate func compareRevisions(_ call: Call) throws(Problem) -> Response {
    let type = try call.negotiate(.json)
    let name = try call.labName
    let newest = try keptRevisions(of: name, for: call.caller).upperBound
    let numbers = (from: try call.revisionNumber, to: call.query.to ?? newest)
    let from = try revision(numbers.from, of: name, for: call.caller)
    let to = try revision(numbers.to, of: name, for: call.caller)
    let tag = VersionTag(revision: numbers.to)
    if try call.isFresh(tag) { return notModified(tag) }
    let isForward = numbers.from <= numbers.to
    var known = try recordedAddresses(of: name)
    let later = try reach(of: isForward ? to : from, &known, for: call)
    let earlier = try reach(of: isForward ? from : to, &known, for: call)
    let (before, after) = isForward ? (earlier, later) : (later, earlier)
    let difference = RevisionDifference(
      lab: name, from: numbers.from, to: numbers.to, patch: patch(from: from, to: to),
      plan: PlanDifference(from: before, to: after))
    return Response(
      status: .ok, headers: headers(type, tag),
      body: jsonBody { $0.revisionDifference(difference) })
  }

  private func patch(from: RevisionDocument, to: RevisionDocument) -> JSONPatch? {
    guard let old = from.document, let new = to.document else { return nil }
    return .difference(from: old, to: new)
  }

  /// The addresses that are known, and the document that they are of; nothing of a lab that is gone.
  private func recordedAddresses(
    of name: DNSLabel
  ) throws(Problem) -> (memory: AddressMemory, draft: LabDraft?) {
    let stored = try reading { () throws(StoreError) in try store.addressedLab(named: name) }
    return (stored?.memory ?? AddressMemory(), stored?.lab.draft)
  }

  /// A revision with the addresses that its adapters are known to have: those that it shares with the
  /// others have not moved. Nil also for a document that breaks a rule that came later.
  private func reach(
    of revision: RevisionDocument, _ known: inout (memory: AddressMemory, draft: LabDraft?),
    for call: Call
  ) throws(Problem) -> PlannedReach? {
    let lab = revision.document.flatMap {
      try? readLab($0, named: revision.change.revision.lab, within: .none)
    }
    guard let lab else { return nil }
    if let draft = known.draft { known.memory.follow(from: draft, to: lab.draft) }
    let (addresses, memory) = assignAddresses(
      in: lab, remembering: known.memory, at: now.milliseconds, rest: store.rest)
    known = (memory, lab.draft)
    return try call.within { (budget) throws(BudgetExhausted) in
      try Plan(lab, addresses: addresses).reach(ConnectivityQuery(), budget: budget)
    }
  }

  fileprivate func restoreRevision(_ call: Call) throws(Problem) -> Response {
    let type = try call.negotiate(.json, .yaml)
    let name = try call.labName
    let precondition = try call.precondition()
    let number = try call.revisionNumber
    guard let document = try revision(number, of: name, for: call.caller).document else {
      throw .notFound(
        .revision, "Revision \(number) is the deletion of \"\(name)\"; restore an earlier one.")
    }
    let lab = try lab(from: document, named: name, within: .none)
    return try write(call, name, if: precondition) { _ throws(Problem) in
      .restore(lab, from: number)
    } answer: { outcome throws(Problem) in
      try answer(outcome, as: type, if: precondition)
    }
  }

  // MARK: Finding revisions

  /// From the oldest to the newest revision that the history has of a lab.
  private func keptRevisions(
    of name: DNSLabel, for caller: Caller
  ) throws(Problem) -> ClosedRange<Int> {
    let kept = try reading { () throws(StoreError) in try store.keptRevisions(of: name) }
    guard let kept else { throw noLab(name, for: caller) }
    return kept
  }

  private func revision(
    _ number: Int, of name: DNSLabel, for caller: Caller
  ) throws(Problem) -> RevisionDocument {
    let found = try reading { () throws(StoreError) in try store.revision(number, of: name) }
    if let found { return found }
    let kept = try keptRevisions(of: name, for: caller)
    throw .notFound(
      .revision,
      "The history of \"\(name)\" has no revision \(number); it goes from \(kept.lowerBound)"
        + " to \(kept.upperBound).")
  }
}

extension Call {
  /// The number of a revision in the path; what can be none is the number of nothing.
  fileprivate var revisionNumber: Int {
    get throws(Problem) {
      let text = parameters["revision"]
      guard let number = Int(text), number > 0, String(number) == text else {
        throw .notFound(
          .revision, "\"\(excerpt(text))\" is not a revision; revisions are numbers from 1.")
      }
      return number
    }
  }
}
