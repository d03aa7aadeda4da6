import LabCore

/// The labs that were written last, so that whoever writes one again need not read all of
/// its rows first, and can work its change out before it is that one's turn.
///
/// **Invariant:** what is kept is what the rows say as long as the lab has that version. Writes of
/// other processes change the version; what is undone is forgotten, because the next write gives
/// its version out again.
///
/// Unchecked because `mutex`, and not the type, keeps threads apart.
final class RecentLabs: UndoneWrites, @unchecked Sendable {
  /// How many VMs, networks and addresses are kept in all; some 10 MB.
  static let bound = 20_000

  private struct Entry {
    let rows: LabRows
    let version: Version
    let size: Int
  }

  /// What tells one state of a lab's rows from every other.
  struct Version: Hashable {
    let id: Int64
    let revision: Int
    let reservationChanges: Int
  }

  private let mutex = Mutex()
  // All guarded by `mutex`.
  private var entries: [DNSLabel: Entry] = [:]
  private var keptSize = 0
  private var keptSinceSavepoint: [DNSLabel] = []
  private var workedOut: Set<DNSLabel> = []

  /// How much is kept.
  var size: Int { mutex.withLock { keptSize } }

  /// The rows of a lab, if they are kept of that version.
  func rows(of name: DNSLabel, at version: Version) -> LabRows? {
    mutex.withLock {
      guard let entry = entries[name], entry.version == version else { return nil }
      return entry.rows
    }
  }

  /// Calls `body` with what is kept of a lab, of whatever version, and with nil where there is
  /// nothing or where another thread is at it: of those who change a lab at the same time, all but
  /// the first would work out what does not come to pass.
  func withNewest<Result>(
    of name: DNSLabel, _ body: (LabRows?) throws -> Result
  ) rethrows -> Result {
    let rows = mutex.withLock { () -> LabRows? in
      guard let entry = entries[name], workedOut.insert(name).inserted else { return nil }
      return entry.rows
    }
    defer { if rows != nil { mutex.withLock { _ = workedOut.remove(name) } } }
    return try body(rows)
  }

  /// Keeps what was just written: a revision on which nothing has been reserved since.
  func keep(_ rows: LabRows, of name: DNSLabel) {
    let lab = rows.lab
    let size =
      1 + lab.draft.vms.count + lab.draft.networks.count
      + (rows.memory?.addresses.count ?? 0)
    let version = Version(
      id: rows.id, revision: lab.revision, reservationChanges: 0)
    mutex.withLock {
      remove(name)
      guard size <= Self.bound else { return }
      if keptSize + size > Self.bound { removeAll() }
      entries[name] = Entry(rows: rows, version: version, size: size)
      keptSize += size
      keptSinceSavepoint.append(name)
    }
  }

  /// What is written from now on may be undone by itself.
  func noteSavepoint() {
    mutex.withLock { keptSinceSavepoint.removeAll(keepingCapacity: true) }
  }

  /// Forgets what was written since the savepoint.
  func forgetSinceSavepoint() {
    mutex.withLock {
      for name in keptSinceSavepoint { remove(name) }
    }
  }

  /// Forgets one lab.
  func forget(_ name: DNSLabel) { mutex.withLock { remove(name) } }

  /// Forgets everything.
  func forgetAll() { mutex.withLock { removeAll() } }

  private func remove(_ name: DNSLabel) {
    if let entry = entries.removeValue(forKey: name) { keptSize -= entry.size }
  }

  private func removeAll() {
    entries = [:]
    keptSize = 0
    keptSinceSavepoint = []
  }
}
