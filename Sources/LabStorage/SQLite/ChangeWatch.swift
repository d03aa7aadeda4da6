/// Tells whether anybody has committed to the database: this process or another one.
///
/// Cheaper than a query: SQLite compares a counter in the shared memory of the write-ahead log
/// (<https://www.sqlite.org/pragma.html#pragma_data_version>). For one thread at a time.
public final class ChangeWatch {
  private let connection: Connection
  private var version: Int64?

  init(_ location: DatabaseLocation) throws(StoreError) {
    connection = try Connection(to: location, access: .readOnly)
    _ = try hasChanged()
  }

  /// Whether something was committed since the last call, or since the watch began.
  public func hasChanged() throws(StoreError) -> Bool {
    let now = try connection.first("PRAGMA data_version") { (row) throws(StoreError) in
      try row.next(Int64.self)
    }
    defer { version = now }
    return now != version
  }
}
