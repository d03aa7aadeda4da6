import LabCore
import LabFormats

/// What is in a database, and what is wrong with it.
public struct DatabaseCheck: Equatable, Sendable {
  /// How many migrations it has.
  public internal(set) var schema = 0
  /// How many labs it holds.
  public internal(set) var labCount = 0
  /// How many revisions its history holds, of all labs.
  public internal(set) var revisionCount = 0
  /// Everything that is wrong, in words; empty for a sound database.
  public internal(set) var faults: [String] = []
}

/// Reads a database from end to end: its pages and indexes, the references between its rows, every
/// lab, and every revision of the history with the way back to it. A service may be using it.
///
/// - Throws: where there is no database to be checked, or one of another schema.
public func checkDatabase(at path: String) throws(MaintenanceError) -> DatabaseCheck {
  try maintaining(path) { () throws(StoreError) in
    let connection = try Connection(to: DatabaseLocation(path: path), access: .readOnly)
    // One snapshot for all of it: others may be writing. On damaged pages even its end can fail.
    try connection.begin(.snapshot)
    defer { connection.rollBack() }
    return try connection.checkDatabase()
  }
}

extension Connection {
  fileprivate func checkDatabase() throws(StoreError) -> DatabaseCheck {
    let schema = try Migrator().version(of: self)
    guard schema > 0 else { throw StoreError(.foreignDatabase, "it holds no labs and no tables") }
    var check = DatabaseCheck(schema: schema)
    check.faults = try faults { () throws(StoreError) in try pageFaults() + referenceFaults() }
    // On damaged pages no row can be relied on; of an older schema the tables are others.
    guard check.faults.isEmpty, schema == Migration.all.count else { return check }
    for name in try namesWithHistory() { try checkLab(name, &check) }
    return check
  }

  /// What `body` finds, or what is so damaged that it cannot look.
  private func faults(
    _ body: () throws(StoreError) -> [String]
  ) throws(StoreError) -> [String] {
    do { return try body() } catch {
      guard error.kind == .corrupt else { throw error }
      return [error.detail]
    }
  }

  private func checkLab(_ name: DNSLabel, _ check: inout DatabaseCheck) throws(StoreError) {
    let lab: StoredLab?
    do throws(StoreError) { lab = try storedLab(named: name)?.lab } catch {
      guard error.kind == .corrupt else { throw error }
      check.faults.append("lab \(name): \(error.detail)")
      return
    }
    if let lab {
      check.labCount += 1
      if case .failure(let invalid) = resolve(lab.draft) {
        check.faults += invalid.faults.map { "lab \(name): \($0.pointer): \($0.detail)" }
      }
    }
    var history = HistoryCheck(of: name, now: lab)
    check.faults += try faults { () throws(StoreError) in
      try history.read(from: self)
      return history.faults
    }
    check.revisionCount += history.revisionCount
  }
}
