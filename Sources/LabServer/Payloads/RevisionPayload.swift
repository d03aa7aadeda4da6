import LabAnswers
import LabCore
import LabFormats
import LabStorage

/// A page of the history of a lab.
struct RevisionList {
  let lab: DNSLabel
  /// Newest first.
  let revisions: [Revision]
  /// How many revisions a page has.
  let limit: Int
  /// Whether no older ones follow.
  let isLast: Bool
  /// What of the pages is wanted; nil for all.
  let fields: FieldSelection?

  /// Where the next page is.
  var next: String? {
    guard !isLast, let last = revisions.last else { return nil }
    return "\(path(of: lab))/revisions?limit=\(limit)&cursor=\(last.number)"
      + (fields?.parameter ?? "")
  }
}

/// What two revisions of a lab differ in.
struct RevisionDifference {
  let lab: DNSLabel
  let from: Int
  let to: Int
  /// Nil where the lab was gone at one of them.
  let patch: JSONPatch?
  let plan: PlanDifference
}

extension JSONWriter {
  /// Writes the answer of `GET …/revisions`.
  mutating func revisionList(_ list: RevisionList) {
    object { writer in
      writer.member("revisions", array: list.revisions) { writer, revision in
        writer.object { $0.members(of: revision) }
      }
      writer.member("next", list.next)
    }
  }

  /// Writes the answer of `GET …/revisions/{revision}`.
  mutating func revision(_ revision: RevisionDocument) {
    object { writer in
      writer.members(of: revision.change.revision)
      writer.key("patch")
      writer.rawOrNull(revision.change.patch)
      writer.key("document")
      writer.formerDocument(revision.document)
    }
  }

  /// Writes the answer of `GET …/revisions/{revision}/diff`.
  mutating func revisionDifference(_ difference: RevisionDifference) {
    object { writer in
      writer.member("lab", difference.lab.text)
      writer.member("from", difference.from)
      writer.member("to", difference.to)
      writer.key("patch")
      writer.bounded { writer in
        if let patch = difference.patch { writer.patch(patch) } else { writer.null() }
      }
      writer.key("changes")
      writer.changes(difference.plan)
    }
  }

  /// Writes what the history says of a change, as members of an object.
  mutating func members(of revision: Revision) {
    member("lab", revision.lab.text)
    member("revision", revision.number)
    member("sequence", revision.sequence)
    member("kind", revision.kind.rawValue)
    member("changed_at", revision.origin.time.text)
    member("token", revision.origin.token)
    member("client", revision.origin.client)
    member("restored_from", revision.restoredFrom)
  }

  /// Writes JSON that is at hand as text.
  mutating func rawOrNull(_ json: String?) {
    if let json { raw(Array(json.utf8)) } else { null() }
  }

  /// A document in the order of keys that documents have; as the history has it where it breaks a
  /// rule that came later.
  private mutating func formerDocument(_ document: DocumentNode?) {
    guard let document else { return null() }
    let (draft, faults) = LabDocumentReader.readLab(document, within: .none)
    if faults.isEmpty { self.document(draft) } else { self.document(document) }
  }
}
