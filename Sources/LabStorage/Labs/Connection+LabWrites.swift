import LabCore

extension Connection {
  /// Carries out what `change` makes of a lab, inside the caller's transaction, and records it in
  /// the history.
  ///
  /// - Parameters:
  ///   - rest: how long addresses that are given up rest, in milliseconds.
  ///   - ahead: what `change` made of the lab before the transaction; it is not asked again where
  ///     the lab is still the same.
  /// - Returns: also the revision that it is, nil where nothing was changed.
  func write(
    _ name: DNSLabel, from origin: ChangeOrigin, rest: Int64,
    within limits: StoreLimits = StoreLimits(), ahead: ChangeAhead? = nil,
    change: (StoredLab?) throws -> LabChange
  ) throws -> (outcome: WriteOutcome, revision: Int?) {
    let rows = try plannedRows(of: name)
    let current = rows?.identified
    let ahead = ahead.flatMap { $0.isOf(rows) ? $0 : nil }
    let change = try ahead?.change ?? change(current?.lab)
    guard let lab = change.lab else {
      guard let current else { return (.notFound, nil) }
      return (.deleted(current.lab), try delete(current, named: name, from: origin))
    }
    guard lab.name == name else {
      throw StoreError(.misuse, "the lab \(lab.name) cannot be stored as \(name)")
    }
    if let current, lab.draft == current.lab.draft { return (.unchanged(current.lab), nil) }
    let stored =
      if let current { try replace(current, by: lab.draft, at: origin.time) } else {
        try create(name, from: lab.draft, at: origin.time, within: limits)
      }
    let memory = try assign(
      ahead?.addresses ?? AddressChange(of: lab, before: rows, at: origin.time, rest: rest),
      of: stored.id)
    let revision = stored.lab.revision
    try record(
      HistoryEntry(
        lab: name, revision: revision, kind: change.kind(isNew: current == nil),
        restoredFrom: change.restoredFrom,
        texts: ahead?.history
          ?? HistoryTexts(before: current?.lab.draft, after: lab.draft, revision: revision)),
      from: origin)
    recentLabs.keep(PlannedRows(identified: stored, memory: memory), of: name)
    return (current == nil ? .created(stored.lab) : .replaced(stored.lab), revision)
  }

  /// The revision of the deletion.
  private func delete(
    _ current: IdentifiedLab, named name: DNSLabel, from origin: ChangeOrigin
  ) throws(StoreError) -> Int {
    let revision = current.lab.revision + 1
    recentLabs.forget(name)
    try LabParts(of: current.id, on: self).delete()
    // The trigger on the deletion remembers the revision.
    try run("UPDATE labs SET revision = ? WHERE id = ?", revision, current.id)
    try run("DELETE FROM labs WHERE id = ?", current.id)
    try record(
      HistoryEntry(
        lab: name, revision: revision, kind: .deleted,
        texts: HistoryTexts(before: current.lab.draft, after: nil, revision: revision)),
      from: origin)
    return revision
  }

  private func create(
    _ name: DNSLabel, from draft: LabDraft, at time: Timestamp, within limits: StoreLimits
  ) throws -> IdentifiedLab {
    let retired = try first("SELECT revision FROM retired_revisions WHERE name = ?", name) {
      (row) throws(StoreError) in try row.next(Int.self)
    }
    try checkRoom(forNewName: retired == nil, within: limits)
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
    return IdentifiedLab(id: id, lab: lab)
  }

  /// Refuses one lab too many. Counts only where there may be so many: ids and sequences are at
  /// least as high as the number of what they were given to.
  private func checkRoom(forNewName isNew: Bool, within limits: StoreLimits) throws {
    if try number("SELECT coalesce(max(id), 0) FROM labs") >= limits.labs,
      try number("SELECT count(*) FROM labs") >= limits.labs
    {
      throw LimitReached(thing: .labs, most: limits.labs)
    }
    if isNew, try lastSequence() >= limits.names,
      try number("SELECT count(*) FROM labs") + number("SELECT count(*) FROM retired_revisions")
        >= limits.names
    {
      throw LimitReached(thing: .names, most: limits.names)
    }
  }

  private func replace(
    _ current: IdentifiedLab, by draft: LabDraft, at time: Timestamp
  ) throws(StoreError) -> IdentifiedLab {
    let lab = StoredLab(
      draft: draft, revision: current.lab.revision + 1, createdAt: current.lab.createdAt,
      updatedAt: time)
    try run(
      "UPDATE labs SET revision = ?, updated_at = ?, description = ? WHERE id = ?",
      lab.revision, lab.updatedAt, draft.description, current.id)
    try LabParts(of: current.id, on: self).replace(current.lab.draft, by: draft)
    return IdentifiedLab(id: current.id, lab: lab)
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
