import LabCore

extension Connection {
  /// Writes a lab that has no rows yet, and gives their key.
  func insert(_ lab: StoredLab, as name: DNSLabel) throws(StoreError) -> Int64 {
    let id = try first(
      """
      INSERT INTO labs (name, revision, created_at, updated_at, description)
      VALUES (?, ?, ?, ?, ?) RETURNING id
      """,
      name, lab.revision, lab.createdAt, lab.updatedAt, lab.draft.description
    ) { (row) throws(StoreError) in try row.next(Int64.self) }
    guard let id else { throw StoreError(.misuse, "an inserted lab has no id") }
    try LabParts(of: id, on: self).insert(lab.draft)
    return id
  }

  /// Writes what a document changes, as the lab's next revision.
  func replace(
    _ current: StoredLab, of id: Int64, by draft: LabDraft, at time: Timestamp
  ) throws(StoreError) -> StoredLab {
    let lab = StoredLab(
      draft: draft, revision: current.revision + 1, createdAt: current.createdAt,
      updatedAt: time)
    try run(
      "UPDATE labs SET revision = ?, updated_at = ?, description = ? WHERE id = ?",
      lab.revision, lab.updatedAt, draft.description, id)
    try LabParts(of: id, on: self).replace(current.draft, by: draft)
    return lab
  }

  /// Deletes the rows of a lab. Its name goes on counting from the revision.
  func delete(_ id: Int64, at revision: Int) throws(StoreError) {
    try LabParts(of: id, on: self).delete()
    // The trigger on the deletion remembers the revision.
    try run("UPDATE labs SET revision = ? WHERE id = ?", revision, id)
    try run("DELETE FROM labs WHERE id = ?", id)
  }

  // MARK: Counting

  /// At least as many as there are labs: their highest id.
  func mostLabs() throws(StoreError) -> Int { try number("SELECT coalesce(max(id), 0) FROM labs") }

  /// How many labs there are.
  func labCount() throws(StoreError) -> Int { try number("SELECT count(*) FROM labs") }

  /// How many names are in use or were.
  func nameCount() throws(StoreError) -> Int {
    try number(
      """
      SELECT count(*) FROM (SELECT name FROM labs UNION SELECT name FROM retired_revisions) AS n
      """)
  }
}
