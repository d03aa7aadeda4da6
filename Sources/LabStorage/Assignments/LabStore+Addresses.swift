public import LabCore

extension LabStore {
  /// What answers about a lab depend on, nil when there is none: one point read, to validate an
  /// answer that was kept.
  public func version(of name: DNSLabel) throws(StoreError) -> LabVersion? {
    try database.read { (connection) throws(StoreError) in try connection.version(of: name) }
  }

  /// A lab with its addresses, nil when there is none.
  public func addressedLab(named name: DNSLabel) throws(StoreError) -> AddressedLab? {
    try database.readSnapshot { (connection) throws(StoreError) in
      try connection.addressedLab(named: name)
    }
  }

  /// A lab with its addresses, of a version that was asked for a moment ago or a newer one; nil when
  /// there is none. Of threads that want the same version at the same time one reads it for all.
  public func addressedLab(
    named name: DNSLabel, notBefore version: LabVersion
  ) throws(StoreError) -> AddressedLab? {
    // Whoever asked for a version did so after it was committed: a reading that began since has it.
    try readings.value(for: Reading(lab: name, version: version)) { () throws(StoreError) in
      try addressedLab(named: name)
    }
  }

  /// The other labs of a lab's host, with their revisions, by name.
  public func neighbours(
    of name: DNSLabel
  ) throws(StoreError) -> [(name: DNSLabel, revision: Int)] {
    try database.read { (connection) throws(StoreError) in
      try connection.all(Self.labsOfHost, name) { (row) throws(StoreError) in
        (name: try row.next(), revision: try row.next())
      }
    }
  }

  /// Works out what a write would do, in its transaction, and undoes it.
  ///
  /// The parameters are those of `write`.
  ///
  /// - Returns: the lab before and after; nil where there is none.
  public func rehearse(
    _ name: DNSLabel, if precondition: WritePrecondition = .none, from origin: ChangeOrigin,
    change: (StoredLab?) throws -> LabChange
  ) throws -> WriteRehearsal {
    do {
      return try database.write { connection in
        let before = try connection.addressedLab(named: name)
        let outcome = try writer(on: connection).write(
          name, if: precondition, from: origin, change: change)
        throw Rehearsed(
          result: WriteRehearsal(
            before: before, outcome: outcome, after: try connection.addressedLab(named: name)))
      }
    } catch let rehearsed as Rehearsed {
      return rehearsed.result
    }
  }

  /// Remembers the addresses of labs that were stored before addresses were.
  func rememberFirstAddresses() throws(StoreError) {
    let labs = try database.read { (connection) throws(StoreError) in
      try connection.all(Self.labsWithoutAddresses) { (row) throws(StoreError) in
        try row.next(DNSLabel.self)
      }
    }
    for name in labs {
      do {
        try database.write { connection in try connection.rememberFirstAddresses(of: name) }
      } catch let error as StoreError {
        throw error
      } catch {
        throw StoreError(.misuse, "\(error)")
      }
    }
  }

  private static let labsWithoutAddresses = """
    SELECT name FROM labs WHERE id NOT IN (SELECT lab_id FROM addressed_labs) ORDER BY id
    """

  private static let labsOfHost = """
    SELECT l.name, l.revision FROM labs AS own
      JOIN addressed_labs AS a ON a.lab_id = own.id
      JOIN addressed_labs AS b ON b.host = a.host AND b.lab_id <> a.lab_id
      JOIN labs AS l ON l.id = b.lab_id
    WHERE own.name = ? ORDER BY l.name
    """
}

/// A version of a lab that is being read.
struct Reading: Hashable, Sendable {
  let lab: DNSLabel
  let version: LabVersion
}

/// What a write would do.
public struct WriteRehearsal: Sendable {
  /// The lab as it is.
  public let before: AddressedLab?
  /// What would become of the write.
  public let outcome: WriteOutcome
  /// The lab as it would be.
  public let after: AddressedLab?
}

/// Undoes the write that was rehearsed.
private struct Rehearsed: Error {
  let result: WriteRehearsal
}

extension Connection {
  func version(of name: DNSLabel) throws(StoreError) -> LabVersion? {
    try first(Self.labVersion, name) { (row) throws(StoreError) in
      LabVersion(
        revision: try row.next(), reservationChanges: try row.next(),
        neighbourChanges: try row.next())
    }
  }

  /// A lab with its addresses; the caller has a transaction open.
  func addressedLab(named name: DNSLabel) throws(StoreError) -> AddressedLab? {
    guard let version = try version(of: name), let found = try storedLab(named: name) else {
      return nil
    }
    return AddressedLab(
      lab: found.lab, memory: try addressMemory(of: found.id) ?? firstMemory(of: found.lab),
      version: version)
  }

  fileprivate func rememberFirstAddresses(of name: DNSLabel) throws(StoreError) {
    guard let found = try storedLab(named: name), try addressMemory(of: found.id) == nil else {
      return
    }
    try MemoryRows(of: found.id, on: self).replace(
      AddressMemory(), by: firstMemory(of: found.lab))
    try noteChange(of: found.id, on: found.lab.draft.host?.name?.text ?? "host")
  }

  private static let labVersion = """
    SELECT l.revision, coalesce(a.reservation_changes, 0), coalesce(s.changes - a.host_changes, 0)
    FROM labs AS l
      LEFT JOIN addressed_labs AS a ON a.lab_id = l.id
      LEFT JOIN shared_hosts AS s ON s.name = a.host
    WHERE l.name = ?
    """
}
