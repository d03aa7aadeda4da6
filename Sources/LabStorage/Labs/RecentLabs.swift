import LabCore

/// A lab with the key of its rows, and what its planner remembers.
struct PlannedRows {
  let lab: IdentifiedLab
  /// Nil where its addresses were never assigned.
  let memory: AddressMemory?
}

/// The labs that a connection wrote last, so that whoever writes one again need not read all of
/// its rows first.
///
/// **Invariant:** what is kept is what the rows say as long as the lab has that version. Writes of
/// other processes change the version; what is undone is forgotten, because the next write gives
/// its version out again.
struct RecentLabs {
  /// How many VMs, networks and addresses are kept in all; some 10 MB.
  static let bound = 20_000

  private struct Entry {
    let rows: PlannedRows
    let version: Version
    let size: Int
  }

  /// What tells one state of a lab's rows from every other.
  struct Version: Hashable {
    let id: Int64
    let revision: Int
    let reservationChanges: Int
  }

  private var entries: [DNSLabel: Entry] = [:]
  private(set) var size = 0
  private var keptSinceSavepoint: [DNSLabel] = []

  /// The rows of a lab, if they are kept of that version.
  func rows(of name: DNSLabel, at version: Version) -> PlannedRows? {
    guard let entry = entries[name], entry.version == version else { return nil }
    return entry.rows
  }

  /// Keeps what was just written: a revision on which nothing has been reserved since.
  mutating func keep(_ rows: PlannedRows, of name: DNSLabel) {
    forget(name)
    let draft = rows.lab.lab.draft
    let size = 1 + draft.vms.count + draft.networks.count + (rows.memory?.addresses.count ?? 0)
    if self.size + size > Self.bound { forgetAll() }
    guard size <= Self.bound else { return }
    entries[name] = Entry(
      rows: rows,
      version: Version(id: rows.lab.id, revision: rows.lab.lab.revision, reservationChanges: 0),
      size: size)
    self.size += size
    keptSinceSavepoint.append(name)
  }

  /// What is written from now on may be undone by itself.
  mutating func noteSavepoint() { keptSinceSavepoint.removeAll(keepingCapacity: true) }

  /// Forgets what was written since the savepoint.
  mutating func forgetSinceSavepoint() {
    for name in keptSinceSavepoint { forget(name) }
  }

  /// Forgets one lab.
  mutating func forget(_ name: DNSLabel) {
    if let entry = entries.removeValue(forKey: name) { size -= entry.size }
  }

  /// Forgets everything.
  mutating func forgetAll() {
    entries = [:]
    size = 0
    keptSinceSavepoint = []
  }
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
    return PlannedRows(lab: lab, memory: try addressMemory(of: lab.id))
  }

  private static let rowVersion = """
    SELECT l.id, l.revision, coalesce(a.reservation_changes, 0)
    FROM labs AS l LEFT JOIN addressed_labs AS a ON a.lab_id = l.id WHERE l.name = ?
    """
}
