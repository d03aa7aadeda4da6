import LabCore
import LabFormats

/// How a change goes into the history.
struct HistoryEntry {
  let lab: DNSLabel
  let revision: Int
  let kind: Revision.Kind
  var restoredFrom: Int?
  /// The document before the change; nil where there was none.
  var before: LabDraft?
  /// The document after it; nil where there is none.
  var after: LabDraft?

  /// A document is written out whole every so many revisions of a lab: whoever reads an old one
  /// follows fewer steps than this.
  static let wholeDocumentInterval = 64

  /// What leads back to the document before: a patch, or the document itself.
  fileprivate var wayBack: (undo: String?, former: String?) {
    guard let before else { return (nil, nil) }
    guard let after, !revision.isMultiple(of: Self.wholeDocumentInterval) else {
      return (nil, String(decoding: LabDocumentWriter.json(before), as: UTF8.self))
    }
    return (.difference(from: after, to: before), nil)
  }

  fileprivate var patch: String? {
    guard let before, let after else { return nil }
    return .difference(from: before, to: after)
  }
}

extension String {
  /// A JSON Patch that turns one document into another.
  fileprivate static func difference(from old: LabDraft, to new: LabDraft) -> String {
    var writer = JSONWriter()
    writer.patch(.difference(from: old, to: new))
    return String(decoding: writer.bytes, as: UTF8.self)
  }
}

extension Connection {
  /// Adds a change to the history, inside the transaction that makes it.
  func record(_ entry: HistoryEntry, from origin: ChangeOrigin) throws(StoreError) {
    let (undo, former) = entry.wayBack
    try run(
      """
      INSERT INTO revisions
        (lab, revision, kind, changed_at, token, client, restored_from, patch, undo, former)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      entry.lab, entry.revision, entry.kind, origin.time, origin.token, origin.client,
      entry.restoredFrom, entry.patch, undo, former)
  }
}

extension Revision.Kind: SQLValue {}
