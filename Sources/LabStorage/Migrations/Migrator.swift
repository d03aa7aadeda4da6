/// Brings a database to the newest schema.
///
/// Each migration runs in a transaction of its own together with the row that records it, so a
/// crash leaves either both or neither, and several processes may start on one file at once. A new
/// database gets all of them in one transaction: each commit waits for the disk.
struct Migrator {
  private let migrations: [Migration]

  /// - Parameter migrations: numbered from 1 without gaps.
  init(_ migrations: [Migration] = Migration.all) {
    self.migrations = migrations
  }

  /// Applies what is missing.
  ///
  /// After an error the connection is not to be used any more: its foreign keys may be off.
  ///
  /// - Throws: `newerSchema`, `alteredMigration` or `foreignDatabase`, with the database untouched.
  func migrate(_ connection: Connection) throws(StoreError) {
    // One snapshot for all it reads: another process may be migrating just now.
    let first = try connection.transaction(.snapshot) { () throws(StoreError) in
      try pending(in: connection)
    }
    guard first != nil else { return }
    // The SQLite procedure for schema changes: foreign keys off outside of the transaction, and
    // checked before its commit (https://www.sqlite.org/lang_altertable.html, section 7).
    try connection.enforceReferences(false)
    while try applySome(to: connection) {}
    try connection.enforceReferences(true)
  }

  /// How many migrations a database has; 0 where it is empty.
  ///
  /// - Throws: as `migrate` does.
  func version(of connection: Connection) throws(StoreError) -> Int {
    let next = try pending(in: connection)
    return (next?.number ?? migrations.count + 1) - 1
  }

  /// Applies the next migration, or all of them to a new database. False where none is missing.
  private func applySome(to connection: Connection) throws(StoreError) -> Bool {
    try connection.transaction(.write) { () throws(StoreError) in
      // Read again under the write lock: another process may have been faster.
      guard let next = try pending(in: connection) else { return false }
      for migration in next.number == 1 ? migrations : [next] {
        try apply(migration, to: connection)
      }
      return true
    }
  }

  private func apply(_ migration: Migration, to connection: Connection) throws(StoreError) {
    if migration.number == 1 {
      try connection.markAsOurs()
      try connection.execute(Self.recordTable)
    }
    try connection.execute(migration.sql)
    if let fault = try connection.referenceFaults().first {
      throw StoreError(.constraint, "\(migration.name) leaves dangling references: \(fault)")
    }
    try connection.run(
      "INSERT INTO schema_migrations (number, name, sha256) VALUES (?, ?, ?)",
      migration.number, migration.name, migration.hash)
  }

  /// The first migration the database lacks, after checking those it has.
  private func pending(in connection: Connection) throws(StoreError) -> Migration? {
    let applied = try self.applied(in: connection)
    for (migration, record) in zip(migrations, applied)
    where (migration.number, migration.hash) != (record.number, record.hash) {
      throw StoreError(
        .alteredMigration,
        "the database was built with another \(record.name) than this labplan's \(migration.name)"
          + " (SHA-256 \(record.hash), not \(migration.hash))")
    }
    guard applied.count <= migrations.count else {
      throw StoreError(
        .newerSchema,
        "the database has schema \(applied.count), and this labplan knows schemas up to"
          + " \(migrations.count): use the labplan that wrote it, or a newer one")
    }
    return applied.count < migrations.count ? migrations[applied.count] : nil
  }

  private func applied(in connection: Connection) throws(StoreError) -> [AppliedMigration] {
    guard try connection.isOurs() else { return [] }
    return try connection.all("SELECT number, name, sha256 FROM schema_migrations ORDER BY number")
    { (row) throws(StoreError) in
      AppliedMigration(number: try row.next(), name: try row.next(), hash: try row.next())
    }
  }

  private static let recordTable = """
    CREATE TABLE schema_migrations (
      number INTEGER PRIMARY KEY,
      name   TEXT NOT NULL,
      sha256 TEXT NOT NULL
    ) STRICT
    """
}

private struct AppliedMigration {
  let number: Int
  let name: String
  let hash: String
}
