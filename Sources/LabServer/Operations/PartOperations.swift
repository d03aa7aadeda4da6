import HTTPServer
import LabAnswers
import LabCore
import LabFormats
import LabStorage

/// Networks or VMs of a lab: their list, and each of them.
func partOperations<Part: LabPart>(of type: Part.Type) -> [Operation] {
  let list = "/v1/labs/{lab}/\(Part.collection)"
  let item = "\(list)/{\(Part.parameter)}"
  return [
    Operation(.get, list, query: [.fields]) { service, call throws(Problem) in
      try PartHandler<Part>(service: service, call: call).list()
    },
    Operation(.post, list, query: [.dryRun]) { service, call throws(Problem) in
      try PartHandler<Part>(service: service, call: call).create()
    },
    Operation(.get, item, query: [.fields]) { service, call throws(Problem) in
      try PartHandler<Part>(service: service, call: call).get()
    },
    Operation(.put, item, query: [.dryRun]) { service, call throws(Problem) in
      try PartHandler<Part>(service: service, call: call).put()
    },
    Operation(.patch, item, query: [.dryRun]) { service, call throws(Problem) in
      try PartHandler<Part>(service: service, call: call).patch()
    },
    Operation(.delete, item, query: [.dryRun]) { service, call throws(Problem) in
      try PartHandler<Part>(service: service, call: call).delete()
    },
  ]
}

/// A request about one kind of part of a lab.
private struct PartHandler<Part: LabPart> {
  let service: LabService
  let call: Call

  // MARK: Reading

  func list() throws(Problem) -> Response {
    let type = try call.negotiate(.json)
    return try service.answer(call, .parts(Part.collection), as: type) { found in
      jsonBody { writer in
        writer.object { writer in
          writer.key(text: Part.collection)
          writer.array(found.lab.draft[keyPath: Part.list]) { $1.write(to: &$0) }
        }
      }
    }
  }

  func get() throws(Problem) -> Response {
    let type = try call.negotiate(.json, .yaml)
    let lab = try call.labName
    let stored = try service.addressedLab(lab, for: call.caller).lab
    let part = try part(call.name(of: Part.sought), in: stored.draft)
    let version = VersionTag(revision: stored.revision)
    if try call.isFresh(version) { return notModified(version) }
    return answer(part, of: stored, status: .ok, as: type)
  }

  // MARK: Writing

  func create() throws(Problem) -> Response {
    let type = try call.negotiate(.json, .yaml)
    let document = try call.document()
    let (part, faults) = Part.read(document, within: service.limits)
    return try change(as: type) { lab throws(Problem) in
      if let name = part.name, Part.index(of: name, in: lab) != nil {
        throw Problem(
          .alreadyExists,
          "There is a \(Part.kind) \"\(name)\" already; to replace it, PUT it to its own path.")
      }
      lab[keyPath: Part.list].append(part)
      return PartChange(index: lab[keyPath: Part.list].count - 1, document, faults)
    }
  }

  func put() throws(Problem) -> Response {
    let type = try call.negotiate(.json, .yaml)
    let name = try call.newName(Part.parameter)
    let document = try call.document()
    var (part, faults) = Part.read(document, within: service.limits)
    faults += nameFaults(&part.name, mustBe: name)
    return try change(as: type) { lab throws(Problem) in
      guard let index = Part.index(of: name, in: lab) else {
        lab[keyPath: Part.list].append(part)
        return PartChange(index: lab[keyPath: Part.list].count - 1, document, faults)
      }
      lab[keyPath: Part.list][index] = part
      return PartChange(index: index, document, faults)
    }
  }

  func patch() throws(Problem) -> Response {
    let type = try call.negotiate(.json, .yaml)
    let name = try call.name(of: Part.sought)
    let merge = MergePatch(try call.document())
    return try change(as: type) { lab throws(Problem) in
      let present = try self.part(name, in: lab)
      let index = Part.index(of: name, in: lab) ?? 0
      let document = merge.applied(to: present.document)
      var (part, faults) = Part.read(document, within: service.limits)
      let new = part.name
      // Under a name that cannot be read, the part would be missing wherever it is used.
      if new == nil { part.name = name }
      lab[keyPath: Part.list][index] = part
      if let new, new != name { Part.rename(name, to: new, in: &lab) }
      return PartChange(index: index, document, faults)
    }
  }

  func delete() throws(Problem) -> Response {
    let name = try call.name(of: Part.sought)
    let precondition = try call.precondition()
    let lab = try call.labName
    let outcome = try service.write(call, lab) { stored throws(Problem) in
      guard let stored else { throw service.noLab(lab, for: call.caller) }
      var draft = stored.draft
      _ = try part(name, in: draft)
      try precondition.check(stored.revision)
      try checkUnused(name, in: draft)
      draft[keyPath: Part.list].removeAll { $0.name == name }
      return .store(try resolved(draft, PartChange(index: nil, nil, [])))
    }
    guard case .replaced(let stored) = outcome else { return Response(status: .noContent) }
    return Response(status: .noContent, headers: [.etag: entityTag(stored.revision)])
  }

  private func checkUnused(_ name: DNSLabel, in lab: LabDraft) throws(Problem) {
    let uses = Part.uses(of: name, in: lab)
    guard !uses.isEmpty else { return }
    let named = 10
    let others = uses.count > named ? " and \(uses.count - named) more" : ""
    let users = uses.prefix(named).map(\.user).joined(separator: ", ") + others
    throw Problem(
      .inUse, "The \(Part.kind) \"\(name)\" is still used by \(users); nothing was changed.",
      items: uses.prefix(FaultLog.limit).map {
        Problem.Item(
          pointer: $0.place.description, code: .inUse,
          detail: "\($0.user) uses it")
      })
  }

  /// Changes the lab in one transaction, and answers with the part that was written.
  private func change(
    as type: MediaType, _ edit: (inout LabDraft) throws(Problem) -> PartChange
  ) throws(Problem) -> Response {
    let lab = try call.labName
    let precondition = try call.precondition()
    var written: (name: DNSLabel?, isNew: Bool) = (nil, false)
    return try service.write(call, lab) { stored throws(Problem) in
      guard let stored else { throw service.noLab(lab, for: call.caller) }
      var draft = stored.draft
      let count = draft[keyPath: Part.list].count
      // `*` is about the part: the lab is there, or there is nothing to change.
      if precondition != .absent { try precondition.check(stored.revision) }
      let change = try edit(&draft)
      let isNew = draft[keyPath: Part.list].count > count
      if isNew, call.request.method == .put, precondition.wantsSomething {
        throw .noPart(Part.kind)
      }
      guard isNew || precondition != .absent else {
        throw .preconditionFailed(stored.revision, precondition)
      }
      written = (change.index.flatMap { draft[keyPath: Part.list][$0].name }, isNew)
      return .store(try resolved(draft, change))
    } answer: { outcome throws(Problem) in
      guard let name = written.name else {
        throw Problem(.internal, "The \(Part.kind) has no name.")
      }
      switch outcome {
      case .created(let stored), .replaced(let stored), .unchanged(let stored):
        let status: Status = written.isNew ? .created : .ok
        var response = answer(
          try part(name, in: stored.draft), of: stored, status: status, as: type)
        if written.isNew {
          response.headers.append(.location, "\(path(of: lab))/\(Part.collection)/\(name)")
        }
        return response
      case .deleted, .notFound, .preconditionFailed:
        throw Problem(.internal, "The lab was deleted while it was written.")
      }
    }
  }

  /// The changed lab, or every fault: those of the part with pointers into the document sent,
  /// those that the change makes elsewhere with pointers into the lab.
  private func resolved(_ draft: LabDraft, _ change: PartChange) throws(Problem) -> Lab {
    let place = change.index.map { JSONPointer.root[Part.collection][$0] }
    let excess = service.limits.faults(of: draft)
    guard excess.isEmpty else {
      throw Problem(LocatedFault.locate(change.faults + excess, in: nil))
    }
    let found: [Fault]
    switch resolve(draft) {
    case .success(let lab) where change.faults.isEmpty: return lab
    case .success: found = []
    case .failure(let invalid): found = invalid.faults
    }
    let inside = found.compactMap { $0.relative(to: place) }
    let elsewhere = found.filter { $0.relative(to: place) == nil }
    throw Problem(
      LocatedFault.locate(change.faults.merged(with: inside), in: change.document)
        + LocatedFault.locate(elsewhere, in: nil))
  }

  // MARK: Parts

  private func part(_ name: DNSLabel, in lab: LabDraft) throws(Problem) -> Part {
    let parts = lab[keyPath: Part.list]
    if let part = parts.first(where: { $0.name == name }) { return part }
    throw .notFound(Part.sought, name.text, among: parts.compactMap(\.name?.text))
  }

  private func answer(
    _ part: Part, of stored: StoredLab, status: Status, as type: MediaType
  ) -> Response {
    Response(
      status: status, headers: headers(type, VersionTag(revision: stored.revision)),
      body: type == .yaml
        ? .bytes(Array(part.yaml.utf8)) : jsonBody { part.write(to: &$0) })
  }
}

/// A part that was put into a lab: where it stands now, what it was read from and with which
/// faults.
private struct PartChange {
  let index: Int?
  let document: DocumentNode?
  let faults: [Fault]

  init(index: Int?, _ document: DocumentNode?, _ faults: [Fault]) {
    self.index = index
    self.document = document
    self.faults = faults
  }
}

extension Fault {
  /// The fault with its pointer counted from a place in the lab; nil where it is not there.
  fileprivate func relative(to place: JSONPointer?) -> Fault? {
    guard let place, pointer.tokens.starts(with: place.tokens) else { return nil }
    return Fault(
      code, at: JSONPointer(tokens: Array(pointer.tokens.dropFirst(place.tokens.count))), detail)
  }
}

extension WritePrecondition {
  /// Whether what is written has to be there already (`If-Match: *`).
  fileprivate var wantsSomething: Bool {
    switch self {
    case .present, .presentNotIn: true
    case .none, .absent, .revisionIn, .revisionNotIn: false
    }
  }
}

extension Problem {
  fileprivate static func noPart(_ kind: String) -> Problem {
    Problem(
      .preconditionFailed, "There is no such \(kind), which If-Match wants; nothing was changed.")
  }
}
