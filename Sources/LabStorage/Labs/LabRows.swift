import LabCore

/// A lab with the key of its rows, and what its planner remembers.
struct LabRows {
  let id: Int64
  let lab: StoredLab
  /// Nil where its addresses were never assigned.
  let memory: AddressMemory?
  /// Tells this state of the rows from every other that was read or written, those that were undone
  /// included: their revisions are given out again.
  let state = State()

  final class State: Sendable {}
}

extension Connection {
  /// What tells the present state of a lab's rows from every other; nil where there is none.
  func rowVersion(of name: DNSLabel) throws(StoreError) -> RecentLabs.Version? {
    try first(
      """
      SELECT l.id, l.revision, coalesce(a.reservation_changes, 0)
      FROM labs AS l LEFT JOIN addressed_labs AS a ON a.lab_id = l.id WHERE l.name = ?
      """, name
    ) { (row) throws(StoreError) in
      RecentLabs.Version(
        id: try row.next(), revision: try row.next(), reservationChanges: try row.next())
    }
  }
}
