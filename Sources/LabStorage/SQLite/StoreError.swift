import CSQLite

/// Why the store could not do what it was asked.
///
/// The vocabulary is closed and knows no transport; `detail` is for the log and is never read by
/// the program.
public struct StoreError: Error, Equatable, Sendable {
  /// The kinds of failure.
  public enum Kind: Sendable, CaseIterable {
    /// Another process held the database for longer than the busy timeout. Worth another try.
    case busy
    /// The disk, or the quota, is full. Reads go on; writes work again once there is room.
    case full
    /// The file or its file system does not take writes.
    case readOnly
    /// The operating system reported a failed read, write or sync.
    case inputOutput
    /// The file, or its directory, is missing or may not be opened.
    case cannotOpen
    /// The file is damaged, or holds a value the schema rules out.
    case corrupt
    /// The file is not a database, or is one of another program.
    case foreignDatabase
    /// A newer labplan has migrated the database; this one does not know its schema.
    case newerSchema
    /// A migration in the binary differs from the one the database was built with.
    case alteredMigration
    /// A UNIQUE, CHECK, NOT NULL or foreign key constraint refused a row.
    case constraint
    /// SQLite could not get memory.
    case outOfMemory
    /// SQLite refused the call itself; a fault of this program.
    case misuse
  }

  /// What went wrong.
  public let kind: Kind
  /// SQLite's extended result code; 0 where the error did not come from SQLite.
  public let code: Int32
  /// What is wrong, as SQLite words it where the error came from there.
  public let detail: String
  /// For the log: the statement that failed, or what else was tried.
  public let action: String?

  init(_ kind: Kind, _ detail: String, action: String? = nil) {
    self.kind = kind
    self.code = 0
    self.detail = detail
    self.action = action
  }

  /// An error for an extended result code (<https://www.sqlite.org/rescode.html>).
  init(code: Int32, detail: String, action: String? = nil) {
    self.kind = Kind(code: code)
    self.code = code
    self.detail = detail
    self.action = action
  }
}

extension StoreError: CustomStringConvertible {
  /// One line for the log.
  public var description: String {
    "\(kind)\(code == 0 ? "" : " (SQLite \(code))"): \(detail)"
      + (action.map { " in: \($0)" } ?? "")
  }
}

extension StoreError.Kind {
  init(code: Int32) {
    // These stand under a primary code that says something else.
    switch code {
    case SQLITE_IOERR | (12 << 8): self = .outOfMemory  // SQLITE_IOERR_NOMEM
    // SQLITE_IOERR_SHMSIZE: the index of the log cannot grow.
    case SQLITE_IOERR | (19 << 8): self = .full
    default: self = Self(primaryCode: code & 0xff)
    }
  }

  private init(primaryCode: Int32) {
    switch primaryCode {
    case SQLITE_BUSY, SQLITE_LOCKED, SQLITE_PROTOCOL: self = .busy
    case SQLITE_FULL: self = .full
    case SQLITE_READONLY: self = .readOnly
    case SQLITE_IOERR: self = .inputOutput
    case SQLITE_CANTOPEN, SQLITE_PERM, SQLITE_AUTH: self = .cannotOpen
    case SQLITE_CORRUPT: self = .corrupt
    case SQLITE_NOTADB: self = .foreignDatabase
    case SQLITE_CONSTRAINT: self = .constraint
    case SQLITE_NOMEM: self = .outOfMemory
    default: self = .misuse
    }
  }
}
