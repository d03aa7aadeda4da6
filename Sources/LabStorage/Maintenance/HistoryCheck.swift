import LabCore
import LabFormats

/// Follows the history of a lab from its newest revision to its oldest, and finds where the chain
/// does not hold: revisions that are missing, patches that lead elsewhere.
struct HistoryCheck {
  private let name: DNSLabel
  private let lab: StoredLab?
  private(set) var revisionCount = 0
  private(set) var faults: [String] = []
  /// The revision that was read last, and the document before it.
  private var newer: (revision: Revision, before: DocumentNode?)?

  /// - Parameter lab: the lab as it is; nil where it is gone.
  init(of name: DNSLabel, now lab: StoredLab?) {
    self.name = name
    self.lab = lab
  }

  mutating func read(from connection: Connection) throws(StoreError) {
    try connection.forEachChange(of: name) { (change, undo, former) throws(StoreError) in
      try check(change, undo: undo, former: former)
    }
    if newer == nil { fault(nil, "there is no history") }
    let retired = try connection.retiredRevision(of: name)
    if lab == nil, retired == nil { fault(nil, "it is gone, and nothing says at which revision") }
  }

  private mutating func check(
    _ change: RecordedChange, undo: String?, former: String?
  ) throws(StoreError) {
    let revision = change.revision
    revisionCount += 1
    checkPlace(of: revision)
    let document = newer.map(\.before) ?? lab.map { LabDocumentWriter.document($0.draft) }
    if (document == nil) != (revision.kind == .deleted) {
      fault(revision, document == nil ? "its document is missing" : "it is a deletion of something")
    }
    let before: DocumentNode? =
      if let former { json(former, of: revision) } else {
        undo.flatMap { applied($0, to: document, of: revision) }
      }
    if let patch = change.patch {
      if !isSame(applied(patch, to: before, of: revision), document) {
        fault(revision, "its patch does not lead to its document")
      } else if patch != "[]", isSame(before, document) {
        fault(revision, "it changes something, and the document before it is the same")
      }
    }
    newer = (revision, before)
  }

  private func isSame(_ document: DocumentNode?, _ other: DocumentNode?) -> Bool {
    guard let document, let other else { return false }
    return document.isEquivalent(to: other)
  }

  /// Whether a revision follows on the one after it.
  private mutating func checkPlace(of revision: Revision) {
    guard let newer = newer?.revision else {
      if let lab, lab.revision != revision.number {
        fault(revision, "it is the newest, and the lab is at \(lab.revision)")
      }
      return
    }
    if revision.number != newer.number - 1 { fault(newer, "the revision before it is missing") }
    if revision.sequence >= newer.sequence { fault(newer, "its sequence is not after the last") }
  }

  private mutating func applied(
    _ patch: String, to document: DocumentNode?, of revision: Revision
  ) -> DocumentNode? {
    guard let document, let patch = json(patch, of: revision) else { return nil }
    do { return try JSONPatch(reading: patch).applied(to: document, within: .max) } catch {
      fault(revision, "a patch cannot be applied: \(error)")
      return nil
    }
  }

  private mutating func json(_ text: String, of revision: Revision) -> DocumentNode? {
    do { return try JSONReader.read(Array(text.utf8)).withoutPositions } catch {
      fault(revision, "it holds no JSON: \(error)")
      return nil
    }
  }

  private mutating func fault(_ revision: Revision?, _ words: String) {
    faults.append("lab \(name)\(revision.map { ", revision \($0.number)" } ?? ""): \(words)")
  }
}
