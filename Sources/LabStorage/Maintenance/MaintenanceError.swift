/// Why a database file could not be looked after: checked, migrated, copied or brought back.
public enum MaintenanceError: Error, Equatable, Sendable {
  /// The database in the file at `path` could not be used.
  case store(StoreError, path: String)
  /// The operating system refused what was to be done with the file at `path`; `code` is `errno`.
  case file(path: String, code: Int32)
  /// There is a file already where a new one was to go.
  case exists(path: String)
  /// The file to copy from and the file to copy to are one.
  case sameFile(path: String)
  /// The process has the database open; nothing can be put in its place.
  case inUse(path: String, process: Int32)
  /// The database has faults, and was to be copied or brought back.
  case damaged(path: String, faults: [String])
}

/// Runs `body`, and tells of what the database in the file at `path` cannot do.
func maintaining<Result>(
  _ path: String, _ body: () throws(StoreError) -> Result
) throws(MaintenanceError) -> Result {
  do throws(StoreError) { return try body() } catch { throw .store(error, path: path) }
}
