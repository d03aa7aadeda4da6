import LabCore

/// A lab with the key of its rows, and what its planner remembers.
struct PlannedRows {
  let identified: IdentifiedLab
  /// Nil where its addresses were never assigned.
  let memory: AddressMemory?
  /// Tells this state of the rows from every other that was read or written, those that were undone
  /// included: their revisions are given out again.
  let state = State()

  final class State: Sendable {}
}

extension Connection {
  /// What a lab's rows say, from them or from what was kept of them; nil where there is none.
  func plannedRows(of name: DNSLabel) throws(StoreError) -> PlannedRows? {
    let version = try first(Self.rowVersion, name) { (row) throws(StoreError) in
      RecentLabs.Version(
        id: try row.next(), revision: try row.next(), reservationChanges: try row.next())
    }
    guard let version else { return nil }
    if let kept = recentLabs.rows(of: name, at: version) { return kept }
    guard let lab = try storedLab(named: name) else { return nil }
    return PlannedRows(identified: lab, memory: try addressMemory(of: lab.id))
  }

  private static let rowVersion = """
    SELECT l.id, l.revision, coalesce(a.reservation_changes, 0)
    FROM labs AS l LEFT JOIN addressed_labs AS a ON a.lab_id = l.id WHERE l.name = ?
    """
}
