import LabCore

extension Connection {
  /// Carries out what `change` makes of a lab, inside the caller's transaction.
  func write(
    _ name: DNSLabel, at time: Timestamp, change: (StoredLab?) throws -> LabChange
  ) throws -> WriteOutcome {
    let current = try storedLab(named: name)
    switch (try change(current?.lab), current) {
    case (.delete, let current?):
      try LabParts(of: current.id, on: self).delete()
      try run("DELETE FROM labs WHERE id = ?", current.id)
      return .deleted(current.lab)
    case (.delete, nil):
      return .notFound
    case (.store(let lab), _) where lab.name != name:
      throw StoreError(.misuse, "the lab \(lab.name) cannot be stored as \(name)")
    case (.store(let lab), let current?):
      guard lab.draft != current.lab.draft else { return .unchanged(current.lab) }
      return .replaced(try replace(current, by: lab.draft, at: time))
    case (.store(let lab), nil):
      return .created(try create(name, from: lab.draft, at: time))
    }
  }

  private func create(
    _ name: DNSLabel, from draft: LabDraft, at time: Timestamp
  ) throws(StoreError) -> StoredLab {
    let retired = try first("SELECT revision FROM retired_revisions WHERE name = ?", name) {
      (row) throws(StoreError) in try row.next(Int.self)
    }
    let lab = StoredLab(
      draft: draft, revision: (retired ?? 0) + 1, createdAt: time, updatedAt: time)
    let id = try first(
      """
      INSERT INTO labs (name, revision, created_at, updated_at, description)
      VALUES (?, ?, ?, ?, ?) RETURNING id
      """,
      name, lab.revision, lab.createdAt, lab.updatedAt, draft.description
    ) { (row) throws(StoreError) in try row.next(Int64.self) }
    guard let id else { throw StoreError(.misuse, "an inserted lab has no id") }
    try LabParts(of: id, on: self).insert(draft)
    return lab
  }

  private func replace(
    _ current: IdentifiedLab, by draft: LabDraft, at time: Timestamp
  ) throws(StoreError) -> StoredLab {
    let lab = StoredLab(
      draft: draft, revision: current.lab.revision + 1, createdAt: current.lab.createdAt,
      updatedAt: time)
    try run(
      "UPDATE labs SET revision = ?, updated_at = ?, description = ? WHERE id = ?",
      lab.revision, lab.updatedAt, draft.description, current.id)
    try LabParts(of: current.id, on: self).replace(current.lab.draft, by: draft)
    return lab
  }
}
