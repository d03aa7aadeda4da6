import LabCore

extension Connection {
  /// Carries out what `change` makes of a lab, inside the caller's transaction, and records it in
  /// the history.
  ///
  /// - Returns: also the revision that it is, nil where nothing was changed.
  func write(
    _ name: DNSLabel, from origin: ChangeOrigin, change: (StoredLab?) throws -> LabChange
  ) throws -> (outcome: WriteOutcome, revision: Int?) {
    let current = try storedLab(named: name)
    let change = try change(current?.lab)
    guard let draft = change.lab?.draft else {
      guard let current else { return (.notFound, nil) }
      return (.deleted(current.lab), try delete(current, named: name, from: origin))
    }
    guard draft.name == name else {
      throw StoreError(.misuse, "the lab \(draft.name?.text ?? "") cannot be stored as \(name)")
    }
    if let current, draft == current.lab.draft { return (.unchanged(current.lab), nil) }
    let stored =
      if let current { try replace(current, by: draft, at: origin.time) } else {
        try create(name, from: draft, at: origin.time)
      }
    try record(
      HistoryEntry(
        lab: name, revision: stored.revision, kind: change.kind(isNew: current == nil),
        restoredFrom: change.restoredFrom, before: current?.lab.draft, after: draft),
      from: origin)
    return (current == nil ? .created(stored) : .replaced(stored), stored.revision)
  }

  /// The revision of the deletion.
  private func delete(
    _ current: IdentifiedLab, named name: DNSLabel, from origin: ChangeOrigin
  ) throws(StoreError) -> Int {
    let revision = current.lab.revision + 1
    try LabParts(of: current.id, on: self).delete()
    // The trigger on the deletion remembers the revision.
    try run("UPDATE labs SET revision = ? WHERE id = ?", revision, current.id)
    try run("DELETE FROM labs WHERE id = ?", current.id)
    try record(
      HistoryEntry(lab: name, revision: revision, kind: .deleted, before: current.lab.draft),
      from: origin)
    return revision
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

extension LabChange {
  fileprivate var restoredFrom: Int? {
    if case .restore(_, let revision) = self { revision } else { nil }
  }

  /// What the history calls a change that leaves a lab.
  fileprivate func kind(isNew: Bool) -> Revision.Kind {
    restoredFrom != nil ? .restored : isNew ? .created : .changed
  }
}
