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
    /// The engine could not get memory.
    case outOfMemory
    /// The engine refused the call itself; a fault of this program.
    case misuse
  }

  /// What went wrong.
  public let kind: Kind
  /// The engine's own code; 0 where the error did not come from the engine.
  public let code: Int32
  /// What is wrong, as the engine words it where the error came from there.
  public let detail: String
  /// For the log: the statement that failed, or what else was tried.
  public let action: String?

  init(_ kind: Kind, code: Int32 = 0, _ detail: String, action: String? = nil) {
    self.kind = kind
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
