/// A database at the newest schema: one writer, and readers that never wait for it.
final class Database: Sendable {
  // Released in this order: who closes the database last has to write, to put the log into it.
  private let readers: ReaderPool
  /// Nil where the database is in memory.
  let clock: CommitClock?
  let writer: Writer
  /// Nil where the database is in memory.
  private let files: OpenFiles?
  let location: DatabaseLocation

  /// Opens the database, creating it where there is none, and migrates it.
  ///
  /// - Parameter memory: told of what is undone.
  /// - Throws: `foreignDatabase`, with nothing changed in the file.
  init(
    path: String, migrations: [Migration] = Migration.all,
    remembering memory: (any UndoneWrites)? = nil
  ) throws(StoreError) {
    location = try DatabaseLocation(path: path)
    try location.refuseForeignFile()
    let connection = try Connection(to: location, access: .readWrite)
    try Migrator(migrations).migrate(connection)
    clock = try CommitClock(of: location)
    files = OpenFiles(of: location)
    writer = Writer(connection, to: files, remembering: memory)
    readers = ReaderPool(of: location, in: files)
  }

  /// See `Writer.write(_:)`.
  @discardableResult
  func write<Result>(_ work: (Connection) throws -> Result) throws -> Result {
    try writer.write(work)
  }

  /// Throws what a change would throw now, as far as that can be told without one; where the last
  /// one failed, a change that says nothing new is tried.
  func checkWritable() throws(StoreError) {
    try files?.check()
    try files?.checkRoom()
    guard writer.isFailing else { return }
    do {
      try writer.write { connection in try connection.writeNothingNew() }
    } catch {
      throw error as? StoreError ?? StoreError(.misuse, "\(error)")
    }
  }

  /// Copies the write-ahead log into the file, as far as other processes let it.
  func foldLog() throws(StoreError) {
    guard let files else { return }
    try files.check()
    let connection = try Connection(to: location, access: .readWrite)
    try connection.emptyLog()
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
