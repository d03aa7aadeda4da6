import HTTPServer
import LabAnswers
import LabCore
import LabFormats
import LabStorage

/// Labs: their list, and each of them.
let labOperations: [Operation] = [
  Operation(.get, "/v1/labs", query: [.limit, .cursor, .fields]) { service, call throws(Problem) in
    try service.listLabs(call)
  },
  Operation(.post, "/v1/labs", query: [.dryRun]) { service, call throws(Problem) in
    try service.createLab(call)
  },
  Operation(.get, "/v1/labs/{lab}", query: [.fields]) { service, call throws(Problem) in
    try service.getLab(call)
  },
  Operation(.put, "/v1/labs/{lab}", query: [.dryRun]) { service, call throws(Problem) in
    try service.putLab(call)
  },
  Operation(.patch, "/v1/labs/{lab}", query: [.dryRun]) { service, call throws(Problem) in
    try service.patchLab(call)
  },
  Operation(.delete, "/v1/labs/{lab}", query: [.dryRun]) { service, call throws(Problem) in
    try service.deleteLab(call)
  },
]

extension LabService {
  fileprivate func listLabs(_ call: Call) throws(Problem) -> Response {
    let type = try call.negotiate(.json)
    let cursor = try labCursor(call)
    // One more than asked for: it tells whether there is another page.
    let found = try reading { () throws(StoreError) in
      try store.labs(
        after: cursor, limit: call.query.limit + 1, among: call.caller.labs)
    }
    let limit = call.query.limit
    let page = LabList(
      labs: Array(found.prefix(limit)), limit: limit, isLast: found.count <= limit,
      fields: call.query.fields)
    var response = plainAnswer(jsonBody { $0.labList(page) }, as: type)
    if let next = page.next { response.headers.append(.link, "<\(next)>; rel=\"next\"") }
    return response
  }

  fileprivate func createLab(_ call: Call) throws(Problem) -> Response {
    let type = try call.negotiate(.json, .yaml)
    let lab = try call.lab(within: limits)
    try call.caller.check(lab: lab.name)
    return try write(call, lab.name, if: .absent) { _ throws(Problem) in
      .store(lab)
    } answer: { outcome throws(Problem) in
      if case .preconditionFailed = outcome {
        throw Problem(
          .alreadyExists,
          "There is a lab \"\(lab.name)\" already; to replace it, PUT it to \(path(of: lab.name)).")
      }
      return try answer(outcome, as: type)
    }
  }

  fileprivate func getLab(_ call: Call) throws(Problem) -> Response {
    let type = try call.negotiate(.json, .yaml)
    return try answer(call, .lab(type), as: type) { found in
      body(of: found.lab.draft, as: type)
    }
  }

  fileprivate func putLab(_ call: Call) throws(Problem) -> Response {
    let type = try call.negotiate(.json, .yaml)
    let name = try call.newName("lab")
    let precondition = try call.precondition()
    let lab = try call.lab(named: name, within: limits)
    return try answer(
      write(call, name, if: precondition) { _ throws(Problem) in .store(lab) }, as: type,
      if: precondition)
  }

  fileprivate func patchLab(_ call: Call) throws(Problem) -> Response {
    let type = try call.negotiate(.json, .yaml)
    let name = try call.labName
    let precondition = try call.precondition()
    let patch = try LabPatch(of: call)
    let outcome = try write(call, name) { stored throws(Problem) in
      guard let stored else { throw noLab(name, for: call.caller) }
      try precondition.check(stored.revision)
      let document = try patch.applied(to: LabDocumentWriter.document(stored.draft))
      return .store(try lab(from: document, named: name, within: limits))
    }
    return try answer(outcome, as: type)
  }

  fileprivate func deleteLab(_ call: Call) throws(Problem) -> Response {
    let name = try call.labName
    let precondition = try call.precondition()
    _ = try write(call, name) { stored throws(Problem) in
      guard let stored else { throw noLab(name, for: call.caller) }
      try precondition.check(stored.revision)
      return .delete
    }
    return Response(status: .noContent)
  }

  /// What became of a whole lab.
  func answer(
    _ outcome: WriteOutcome, as type: MediaType, if precondition: WritePrecondition = .none
  ) throws(Problem) -> Response {
    switch outcome {
    case .created(let stored):
      var response = answer(stored, status: .created, as: type)
      if let name = stored.draft.name { response.headers.append(.location, path(of: name)) }
      return response
    case .replaced(let stored), .unchanged(let stored):
      return answer(stored, status: .ok, as: type)
    case .preconditionFailed(let revision):
      throw .preconditionFailed(revision, precondition)
    case .deleted, .notFound:
      throw Problem(.internal, "The lab was deleted while it was written.")
    }
  }

  private func answer(_ stored: StoredLab, status: Status, as type: MediaType) -> Response {
    Response(
      status: status, headers: headers(type, VersionTag(revision: stored.revision)),
      body: body(of: stored.draft, as: type))
  }

  private func body(of draft: LabDraft, as type: MediaType) -> Response.Body {
    guard type == .yaml else { return jsonBody { $0.document(draft) } }
    return .bytes(Array(LabDocumentWriter.yaml(draft).utf8))
  }
}

extension Call {
  /// The lab that the body describes, or every fault that it has.
  func lab(
    named name: DNSLabel? = nil, within limits: DocumentLimits
  ) throws(Problem) -> Lab {
    try LabServer.lab(from: document(), named: name, within: limits)
  }
}

/// The lab of a document's tree, or every fault that it has.
func lab(
  from document: DocumentNode, named name: DNSLabel?, within limits: DocumentLimits
) throws(Problem) -> Lab {
  do throws(DocumentRefusal) {
    return try readLab(document, named: name, within: limits)
  } catch {
    throw Problem(error)
  }
}

/// Where a lab is.
func path(of name: DNSLabel) -> String { "/v1/labs/\(name)" }

extension WritePrecondition {
  /// Refuses a lab that is there, but not as the client wants it to be.
  func check(_ revision: Int) throws(Problem) {
    guard holds(for: revision) else { throw .preconditionFailed(revision, self) }
  }
}

extension Problem {
  /// `If-Match` or `If-None-Match` does not hold for the lab as it is; nil where there is none.
  static func preconditionFailed(
    _ revision: Int?, _ precondition: WritePrecondition
  ) -> Problem {
    guard let revision else {
      return Problem(.preconditionFailed, "There is no such lab; nothing was changed.")
    }
    let detail =
      switch precondition {
      case .absent: "The lab already exists (revision \(revision)); nothing was changed."
      case .none, .present, .presentNotIn, .revisionIn, .revisionNotIn:
        "The lab is at revision \(revision), which your condition excludes; nothing was changed."
      }
    var problem = Problem(.preconditionFailed, detail)
    problem.headers.append(.etag, entityTag(revision))
    return problem
  }
}
