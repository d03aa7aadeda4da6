public import LabCore

/// The labs, in an SQLite database.
///
/// Every method may be called from any thread, and blocks it. Reads wait for nobody. A write is
/// acknowledged, by returning, after it is durable.
public final class LabStore: Sendable {
  let database: Database
  let readings = SingleFlight<Reading, AddressedLab?>()
  /// What was written last.
  let recentLabs = RecentLabs()
  let rules: StoreRules

  /// How long addresses that are given up rest before others may have them, in milliseconds.
  public var rest: Int64 { rules.rest }
  /// How much is kept at most.
  public var limits: StoreLimits { rules.limits }

  /// Opens the database at a path, creating it where there is none and migrating it where it is
  /// older. `:memory:` is a database in memory, gone with the store.
  ///
  /// - Parameter rest: how long addresses that are given up rest before others may have them, in
  ///   milliseconds.
  public init(
    path: String, keeping retention: HistoryRetention = .everything,
    rest: Int64 = AddressMemory.usualRest, within limits: StoreLimits = StoreLimits()
  ) throws(StoreError) {
    rules = StoreRules(retention: retention, rest: rest, limits: limits)
    database = try Database(path: path, remembering: recentLabs)
    try rememberFirstAddresses()
  }

  /// Throws what a read or a change would throw now: also where the disk is full, or the database's
  /// files were deleted or replaced.
  public func checkReadiness() throws(StoreError) {
    _ = try database.read { (connection) throws(StoreError) in
      try connection.first("SELECT count(*) FROM schema_migrations") { (row) throws(StoreError) in
        try row.next(Int.self)
      }
    }
    try database.checkWritable()
  }

  /// The revision of a lab, nil when there is none: one point read, to validate an answer that
  /// was kept.
  public func revision(of name: DNSLabel) throws(StoreError) -> Int? {
    try database.read { (connection) throws(StoreError) in try connection.revision(of: name) }
  }

  /// A lab, nil when there is none.
  public func lab(named name: DNSLabel) throws(StoreError) -> StoredLab? {
    try database.readSnapshot { (connection) throws(StoreError) in
      try connection.storedLab(named: name)?.lab
    }
  }

  /// Labs by name, at most `limit` of them, beginning after `cursor`.
  ///
  /// - Parameter scope: those to choose from.
  public func labs(
    after cursor: DNSLabel?, limit: Int, among scope: LabScope = .all
  ) throws(StoreError) -> [LabSummary] {
    try database.readSnapshot { (connection) throws(StoreError) in
      switch scope {
      case .all: try connection.labSummaries(after: cursor, limit: max(0, limit))
      case .only(let names): try connection.labSummaries(of: names, after: cursor, limit: limit)
      }
    }
  }

  /// Checks a precondition, asks for a change, and carries it out, all in one transaction.
  ///
  /// - Parameters:
  ///   - precondition: checked first; where it fails, `change` is not asked.
  ///   - origin: when and by whom, kept with the revision.
  ///   - change: is given the lab as it is, nil when there is none. It may run on another thread
  ///     while the caller waits, and more than once, the last time with what counts; it has to be
  ///     quick, since other writers wait too, and it must not write to the store. What it throws is
  ///     thrown on, with nothing stored.
  /// - Throws: what `change` threw, `LimitReached`, or a `StoreError`; nothing is stored then. A lab of
  ///   another name than `name` is `misuse`.
  public func write(
    _ name: DNSLabel, if precondition: WritePrecondition = .none, from origin: ChangeOrigin,
    change: (StoredLab?) throws -> LabChange
  ) throws -> WriteOutcome {
    try workingAhead(name, if: precondition, from: origin, change) { ahead in
      try database.write { connection in
        try writer(on: connection).write(
          name, if: precondition, from: origin, ahead: ahead, change: change)
      }
    }
  }

  /// The same, once: a request that was carried out before is not carried out again.
  ///
  /// - Parameter answer: what is answered then; what it throws undoes the write.
  public func write(
    _ name: DNSLabel, if precondition: WritePrecondition = .none, from origin: ChangeOrigin,
    once request: IdempotentRequest, change: (StoredLab?) throws -> LabChange,
    answer: (WriteOutcome) throws -> RecordedAnswer?
  ) throws -> Once<WriteOutcome> {
    try workingAhead(name, if: precondition, from: origin, change) { ahead in
      try database.write { connection in
        try connection.once(request, at: origin.time, keeping: limits.answerBytes) {
          try writer(on: connection).write(
            name, if: precondition, from: origin, ahead: ahead, change: change)
        } answer: { outcome in
          try answer(outcome)
        }
      }
    }
  }

  /// Works a change out, as far as what is kept of the lab lets it, on the caller's thread and
  /// before its turn to write.
  private func workingAhead<Result>(
    _ name: DNSLabel, if precondition: WritePrecondition, from origin: ChangeOrigin,
    _ change: (StoredLab?) throws -> LabChange, _ body: (ChangeAhead?) throws -> Result
  ) throws -> Result {
    try recentLabs.withNewest(of: name) { rows in
      try body(
        ChangeAhead(of: rows, if: precondition, at: origin.time, rest: rest, change))
    }
  }

  /// Writes in a transaction that is open.
  func writer(on connection: Connection) -> LabWriter {
    LabWriter(connection: connection, recent: recentLabs, rules: rules)
  }

  /// Copies the write-ahead log into the file, as far as other processes let it: from then on the
  /// file holds everything by itself. For the end of a service.
  public func foldLog() {
    // What fails changes nothing: the log keeps every commit.
    try? database.foldLog()
  }
}
