import LabCore

/// What a write of a lab is, in the transaction of a connection: a precondition, a change, the rows
/// of the lab, its addresses, its row in the history, and what of the history goes.
struct LabWriter {
  let connection: Connection
  /// What was written last.
  let recent: RecentLabs
  let rules: StoreRules

  /// Checks a precondition, and carries out what `change` makes of the lab.
  ///
  /// - Parameter ahead: what `change` made of the lab before the transaction; it is not asked again
  ///   where the lab is still the same.
  func write(
    _ name: DNSLabel, if precondition: WritePrecondition = .none, from origin: ChangeOrigin,
    ahead: ChangeAhead? = nil, change: (StoredLab?) throws -> LabChange
  ) throws -> WriteOutcome {
    if precondition != .none {
      let revision = try connection.revision(of: name)
      guard precondition.holds(for: revision) else {
        return .preconditionFailed(revision: revision)
      }
    }
    let rows = try rows(of: name)
    let ahead = ahead.flatMap { $0.isOf(rows) ? $0 : nil }
    let change = try ahead?.change ?? change(rows?.lab)
    guard let lab = change.lab else {
      guard let rows else { return .notFound }
      try delete(rows, named: name, from: origin)
      return .deleted(rows.lab)
    }
    guard lab.name == name else {
      throw StoreError(.misuse, "the lab \(lab.name) cannot be stored as \(name)")
    }
    if let rows, lab.draft == rows.lab.draft { return .unchanged(rows.lab) }
    let (id, stored) = try store(lab.draft, as: name, over: rows, at: origin.time)
    let addresses =
      ahead?.addresses
      ?? AddressChange(of: lab, before: rows, at: origin.time, rest: rules.rest)
    let memory = try connection.assign(addresses, of: id)
    let revision = stored.revision
    try record(
      HistoryEntry(
        lab: name, revision: revision, kind: change.kind(isNew: rows == nil),
        restoredFrom: change.restoredFrom,
        texts: ahead?.history
          ?? HistoryTexts(before: rows?.lab.draft, after: lab.draft, revision: revision)),
      from: origin)
    recent.keep(LabRows(id: id, lab: stored, memory: memory), of: name)
    return rows == nil ? .created(stored) : .replaced(stored)
  }

  /// What a lab's rows say, from them or from what was kept of them; nil where there is none.
  func rows(of name: DNSLabel) throws(StoreError) -> LabRows? {
    guard let version = try connection.rowVersion(of: name) else { return nil }
    if let kept = recent.rows(of: name, at: version) { return kept }
    guard let (id, lab) = try connection.storedLab(named: name) else { return nil }
    return LabRows(id: id, lab: lab, memory: try connection.addressMemory(of: id))
  }

  private func store(
    _ draft: LabDraft, as name: DNSLabel, over rows: LabRows?, at time: Timestamp
  ) throws -> (id: Int64, lab: StoredLab) {
    if let rows {
      return (rows.id, try connection.replace(rows.lab, of: rows.id, by: draft, at: time))
    }
    // A name goes on counting where its last lab ended.
    let retired = try connection.retiredRevision(of: name)
    try checkRoom(forNewName: retired == nil)
    let lab = StoredLab(
      draft: draft, revision: (retired ?? 0) + 1, createdAt: time, updatedAt: time)
    return (try connection.insert(lab, as: name), lab)
  }

  private func delete(
    _ rows: LabRows, named name: DNSLabel, from origin: ChangeOrigin
  ) throws(StoreError) {
    let revision = rows.lab.revision + 1
    recent.forget(name)
    try connection.delete(rows.id, at: revision)
    try record(
      HistoryEntry(
        lab: name, revision: revision, kind: .deleted,
        texts: HistoryTexts(before: rows.lab.draft, after: nil, revision: revision)),
      from: origin)
  }

  private func record(
    _ entry: HistoryEntry, from origin: ChangeOrigin
  ) throws(StoreError) {
    try connection.record(entry, from: origin)
    try connection.forget(
      entry.lab, before: entry.revision, beyond: rules.retention, at: origin.time)
  }

  /// Refuses one lab too many. Counts only where there may be so many.
  private func checkRoom(forNewName isNew: Bool) throws {
    let limits = rules.limits
    if try connection.mostLabs() >= limits.labs, try connection.labCount() >= limits.labs {
      throw LimitReached(thing: .labs, most: limits.labs)
    }
    if isNew, try connection.lastSequence() >= limits.names,
      try connection.nameCount() >= limits.names
    {
      throw LimitReached(thing: .names, most: limits.names)
    }
  }
}

/// By which rules a store writes.
struct StoreRules {
  /// How much of the history is kept.
  let retention: HistoryRetention
  /// How long addresses that are given up rest before others may have them, in milliseconds.
  let rest: Int64
  /// How much is kept at most.
  let limits: StoreLimits
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
