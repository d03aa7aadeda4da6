import LabCore
import LabFormats

extension Connection {
  /// The sequence of the newest change of all; 0 where there is none.
  func lastSequence() throws(StoreError) -> Int64 {
    try first("SELECT coalesce(max(sequence), 0) FROM revisions") { (row) throws(StoreError) in
      try row.next(Int64.self)
    } ?? 0
  }

  /// Changes in the order in which they were made, of all labs or of one.
  func changes(
    after sequence: Int64, limit: Int, lab: DNSLabel?
  ) throws(StoreError) -> [RecordedChange] {
    guard let lab else {
      return try all(
        "SELECT \(Row.changeColumns) FROM revisions WHERE sequence > ? ORDER BY sequence LIMIT ?",
        sequence, limit
      ) { (row) throws(StoreError) in try row.nextChange() }
    }
    // Not by the index of the lab: who follows the changes is near their end.
    return try all(
      """
      SELECT \(Row.changeColumns) FROM revisions WHERE sequence > ? AND lab || '' = ?
      ORDER BY sequence LIMIT ?
      """, sequence, lab, limit
    ) { (row) throws(StoreError) in try row.nextChange() }
  }

  /// Changes of a lab, newest first, beginning before a revision.
  func revisions(
    of lab: DNSLabel, before revision: Int?, limit: Int
  ) throws(StoreError) -> [Revision] {
    try all(
      """
      SELECT \(Row.revisionColumns) FROM revisions WHERE lab = ? AND revision < ?
      ORDER BY revision DESC LIMIT ?
      """, lab, revision ?? Int.max, limit
    ) { (row) throws(StoreError) in try row.nextRevision() }
  }

  /// The names of all labs, also of those that are gone.
  func namesWithHistory() throws(StoreError) -> [DNSLabel] {
    try all("SELECT name FROM labs UNION SELECT lab FROM revisions ORDER BY 1") {
      (row) throws(StoreError) in try row.next()
    }
  }

  /// Calls `body` for each change of a lab, the newest first, with the way back: a patch, or the
  /// whole document before.
  func forEachChange(
    of lab: DNSLabel,
    body: (RecordedChange, _ undo: String?, _ former: String?) throws(StoreError) -> Void
  ) throws(StoreError) {
    try forEach(
      """
      SELECT \(Row.changeColumns), undo, former FROM revisions WHERE lab = ?
      ORDER BY revision DESC
      """, lab
    ) { (row) throws(StoreError) in try body(row.nextChange(), row.next(), row.next()) }
  }

  /// From the oldest to the newest revision of a lab; nil where there is none.
  func keptRevisions(of lab: DNSLabel) throws(StoreError) -> ClosedRange<Int>? {
    let range = try first(
      """
      SELECT (SELECT min(revision) FROM revisions WHERE lab = ?1),
        (SELECT max(revision) FROM revisions WHERE lab = ?1)
      """, lab
    ) { (row) throws(StoreError) in
      (oldest: try row.next(Int?.self), newest: try row.next(Int?.self))
    }
    guard let oldest = range?.oldest, let newest = range?.newest else { return nil }
    return oldest...newest
  }

  /// A change of a lab; nil where it is not in the history.
  func change(_ number: Int, of lab: DNSLabel) throws(StoreError) -> RecordedChange? {
    try first(
      "SELECT \(Row.changeColumns) FROM revisions WHERE lab = ? AND revision = ?", lab, number
    ) { (row) throws(StoreError) in try row.nextChange() }
  }

  /// The document of a lab after one of its changes; nil after a deletion. Several statements: the
  /// caller has a transaction open.
  func document(of lab: DNSLabel, after change: Revision) throws(StoreError) -> DocumentNode? {
    guard change.kind != .deleted else { return nil }
    let whole = try first(
      """
      SELECT revision, former FROM revisions
      WHERE lab = ? AND revision > ? AND former IS NOT NULL ORDER BY revision LIMIT 1
      """, lab, change.number
    ) { (row) throws(StoreError) in
      (revision: try row.next(Int.self), text: try row.next(String.self))
    }
    if let whole {
      let document = try json(whole.text, of: lab, at: whole.revision)
      return try undo(document, of: lab, from: whole.revision - 1, to: change.number)
    }
    guard let current = try storedLab(named: lab)?.lab else {
      throw StoreError(.corrupt, "revision \(change.number) of \(lab) has no document")
    }
    let document = LabDocumentWriter.document(current.draft)
    return try undo(document, of: lab, from: current.revision, to: change.number)
  }

  /// Goes from the document of one revision back to that of an earlier one.
  private func undo(
    _ document: DocumentNode, of lab: DNSLabel, from last: Int, to first: Int
  ) throws(StoreError) -> DocumentNode {
    var document = document
    var expected = last
    try forEach(
      """
      SELECT revision, undo FROM revisions WHERE lab = ? AND revision > ? AND revision <= ?
      ORDER BY revision DESC
      """, lab, first, last
    ) { (row) throws(StoreError) in
      let revision = try row.next(Int.self)
      guard revision == expected, let undo = try row.next(String?.self) else {
        throw StoreError(.corrupt, "there is no way back from revision \(expected) of \(lab)")
      }
      let patch = try json(undo, of: lab, at: revision)
      do {
        document = try JSONPatch(reading: patch).applied(to: document, within: .max)
      } catch {
        throw StoreError(.corrupt, "revision \(revision) of \(lab) cannot be undone: \(error)")
      }
      expected -= 1
    }
    guard expected == first else {
      throw StoreError(.corrupt, "revision \(expected) of \(lab) is missing")
    }
    return document
  }

  private func json(
    _ text: String, of lab: DNSLabel, at revision: Int
  ) throws(StoreError) -> DocumentNode {
    do { return try JSONReader.read(Array(text.utf8)).withoutPositions } catch {
      throw StoreError(.corrupt, "revision \(revision) of \(lab) holds no JSON: \(error)")
    }
  }
}

extension Row {
  static let revisionColumns =
    "sequence, lab, revision, kind, changed_at, token, client, restored_from"
  static let changeColumns = revisionColumns + ", patch"

  mutating func nextRevision() throws(StoreError) -> Revision {
    Revision(
      sequence: try next(), lab: try next(), number: try next(), kind: try next(),
      origin: ChangeOrigin(at: try next(), token: try next(), client: try next()),
      restoredFrom: try next())
  }

  mutating func nextChange() throws(StoreError) -> RecordedChange {
    RecordedChange(revision: try nextRevision(), patch: try next())
  }
}
