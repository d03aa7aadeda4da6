import LabCore
import LabFormats

/// How a change goes into the history.
struct HistoryEntry {
  let lab: DNSLabel
  let revision: Int
  let kind: Revision.Kind
  var restoredFrom: Int?
  let texts: HistoryTexts
}

/// What the history keeps of two documents, the one before a change and the one after it.
struct HistoryTexts {
  /// Leads from the document before to the one after; nil where there was or is none.
  let patch: String?
  /// Leads back to the document before; nil where that is kept whole.
  let undo: String?
  /// The document before; nil where there was none, or where `undo` leads to it.
  let former: String?

  /// A document is written out whole every so many revisions of a lab: whoever reads an old one
  /// follows fewer steps than this.
  static let wholeDocumentInterval = 64

  /// - Parameters:
  ///   - before: the document before the change; nil where there was none.
  ///   - after: the document after it; nil where there is none.
  ///   - revision: that of the change.
  init(before: LabDraft?, after: LabDraft?, revision: Int) {
    guard let before, let after else {
      patch = nil
      undo = nil
      former = before.map(Self.whole)
      return
    }
    let keepsWhole = revision.isMultiple(of: Self.wholeDocumentInterval)
    let differences = JSONPatch.differences(between: before, and: after)
    patch = Self.text(of: differences.there)
    undo = keepsWhole ? nil : Self.text(of: differences.back)
    former = keepsWhole ? Self.whole(before) : nil
  }

  private static func whole(_ draft: LabDraft) -> String {
    String(decoding: LabDocumentWriter.json(draft), as: UTF8.self)
  }

  private static func text(of patch: JSONPatch) -> String {
    var writer = JSONWriter()
    writer.patch(patch)
    return String(decoding: writer.bytes, as: UTF8.self)
  }
}

extension Connection {
  /// Adds a change to the history, inside the transaction that makes it.
  func record(_ entry: HistoryEntry, from origin: ChangeOrigin) throws(StoreError) {
    try run(
      """
      INSERT INTO revisions
        (lab, revision, kind, changed_at, token, client, restored_from, patch, undo, former)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      entry.lab, entry.revision, entry.kind, origin.time, origin.token, origin.client,
      entry.restoredFrom, entry.texts.patch, entry.texts.undo, entry.texts.former)
  }
}

extension Revision.Kind: SQLValue {}
