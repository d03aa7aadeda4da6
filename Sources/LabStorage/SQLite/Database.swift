/// A database at the newest schema: one writer, and readers that never wait for it.
final class Database: Sendable {
  // Released in this order: who closes the database last has to write, to put the log into it.
  private let readers: ReaderPool
  /// Nil where the database is in memory.
  let clock: CommitClock?
  let writer: Writer
  let location: DatabaseLocation

  /// Opens the database, creating it where there is none, and migrates it.
  init(path: String, migrations: [Migration] = Migration.all) throws(StoreError) {
    location = try DatabaseLocation(path: path)
    let connection = try Connection(to: location, access: .readWrite)
    try Migrator(migrations).migrate(connection)
    clock = try CommitClock(of: location)
    writer = Writer(connection)
    readers = ReaderPool(of: location)
  }

  /// See `Writer.write(_:)`.
  @discardableResult
  func write<Result>(_ work: (Connection) throws -> Result) throws -> Result {
    try writer.write(work)
  }

  /// Reads with one statement.
  func read<Result>(
    _ body: (Connection) throws(StoreError) -> Result
  ) throws(StoreError) -> Result {
    try readers.read(body)
  }

  /// Reads with several statements that all see the same state.
  func readSnapshot<Result>(
    _ body: (Connection) throws(StoreError) -> Result
  ) throws(StoreError) -> Result {
    try readers.readSnapshot(body)
  }
}
