import LabCore

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
    let lab = rows.identified.lab
    let size =
      1 + lab.draft.vms.count + lab.draft.networks.count
      + (rows.memory?.addresses.count ?? 0)
    guard size <= Self.bound else { return }
    if self.size + size > Self.bound { forgetAll() }
    entries[name] = Entry(
      rows: rows,
      version: Version(
        id: rows.identified.id, revision: lab.revision, reservationChanges: 0),
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
