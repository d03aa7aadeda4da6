import CSQLite
import Glibc

/// One SQLite connection with its prepared statements.
///
/// **Invariant:** used by one thread at a time; SQLite is opened without its own mutexes.
final class Connection {
  /// What a connection may do.
  enum Access {
    case readWrite
    case readOnly
    /// Read the file as it lies there, without locks: for a look at whose it is.
    case inspect
    /// Write a file that nobody else uses, in one piece.
    case copy
  }

  /// How long to wait for another process before `busy`, in milliseconds.
  static let busyTimeout: Int32 = 5_000

  let handle: OpaquePointer
  private var statements: [String: Statement] = [:]
  /// How many pages the write-ahead log held after this connection's last commit.
  private(set) var logPages: Int32 = 0

  /// Opens the database; a read-write connection creates it.
  init(to location: DatabaseLocation, access: Access) throws(StoreError) {
    handle = try Self.open(location, access)
    // A throw past this point runs deinit, which closes the handle.
    try check(sqlite3_busy_timeout(handle, Self.busyTimeout), "set the busy timeout")
    try check(labplan_sqlite3_disable_double_quoted_strings(handle), "turn DQS off")
    try execute("PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF")
    if access == .readWrite { try prepareForWriting(location) }
  }

  deinit {
    // Statements go first: sqlite3_close_v2 would otherwise leave a zombie holding the file open.
    statements.removeAll()
    sqlite3_close_v2(handle)
  }

  /// Copies the write-ahead log into the database, as far as readers allow.
  ///
  /// - Parameter mode: `SQLITE_CHECKPOINT_PASSIVE` waits for nobody; `SQLITE_CHECKPOINT_RESTART`
  ///   waits up to `patience` milliseconds for readers to move on, so that the log starts afresh.
  func checkpoint(_ mode: Int32, patience: Int32 = 0) throws(StoreError) {
    sqlite3_busy_timeout(handle, patience)
    defer { sqlite3_busy_timeout(handle, Self.busyTimeout) }
    try check(sqlite3_wal_checkpoint_v2(handle, nil, mode, nil, nil), "checkpoint")
  }

  /// Copies all of the write-ahead log into the database and empties it, if readers move on soon.
  func emptyLog() throws(StoreError) {
    try checkpoint(SQLITE_CHECKPOINT_TRUNCATE, patience: 100)
  }

  /// How many rows the last statement changed.
  var changedRowCount: Int { Int(sqlite3_changes64(handle)) }

  /// Whether a transaction is open. SQLite ends one by itself on some failures
  /// (<https://www.sqlite.org/lang_transaction.html>, section 3.1).
  var isInTransaction: Bool { sqlite3_get_autocommit(handle) == 0 }

  /// Runs a script of any number of statements, without arguments and without rows.
  func execute(_ script: String) throws(StoreError) {
    errno = 0
    try check(sqlite3_exec(handle, script, nil, nil, nil), script)
  }

  /// Lends the prepared statement for `sql`, and resets it afterwards, whatever happens.
  ///
  /// A statement left in the middle of its rows would pin its snapshot, and the write-ahead log
  /// could never be reset.
  func withStatement<Result>(
    _ sql: String, _ body: (Statement) throws(StoreError) -> Result
  ) throws(StoreError) -> Result {
    let statement = try prepared(sql)
    statement.isInUse = true
    defer {
      statement.reset()
      statement.isInUse = false
    }
    return try body(statement)
  }

  /// Throws the error of a result code that is not `SQLITE_OK`.
  func check(_ code: Int32, _ action: String) throws(StoreError) {
    guard code != SQLITE_OK else { return }
    throw error(code, action)
  }

  /// The error for a result code, with SQLite's words for the log.
  ///
  /// A disk that fails to read is not a damaged file, though SQLite reports it as one
  /// (`SQLITE_IOERR_CORRUPTFS` in vdbe.c), and goes on to do so in what follows, until the transaction
  /// has ended. Only errno tells them apart: it is zero before a call, and SQLite keeps that of each
  /// file's last failure.
  func error(_ code: Int32, _ action: String) -> StoreError {
    let isDisk = code == SQLITE_CORRUPT && (errno == EIO || hasFailedToRead)
    return StoreError(
      code: isDisk ? SQLITE_IOERR : code, detail: String(cString: sqlite3_errmsg(handle)),
      action: action)
  }

  /// Whether the last failure of a system call on the database, or on its log, was the disk's.
  private var hasFailedToRead: Bool {
    var number: Int32 = 0
    sqlite3_file_control(handle, "main", SQLITE_FCNTL_LAST_ERRNO, &number)
    if number == EIO { return true }
    var log: UnsafeMutablePointer<sqlite3_file>?
    sqlite3_file_control(handle, "main", SQLITE_FCNTL_JOURNAL_POINTER, &log)
    guard let log, let control = log.pointee.pMethods?.pointee.xFileControl else { return false }
    number = 0
    return control(log, SQLITE_FCNTL_LAST_ERRNO, &number) == SQLITE_OK && number == EIO
  }

  private func prepared(_ sql: String) throws(StoreError) -> Statement {
    if let statement = statements[sql] {
      // The same text running inside itself needs a cursor of its own.
      return statement.isInUse ? try Statement(sql, on: self) : statement
    }
    let statement = try Statement(sql, on: self)
    statements[sql] = statement
    return statement
  }

  // Once in the process. Where SQLite is in use already it refuses, and only speed is lost.
  private static let hasMemoryStatistics =
    labplan_sqlite3_disable_memory_statistics() != SQLITE_OK

  private static func open(
    _ location: DatabaseLocation, _ access: Access
  ) throws(StoreError) -> OpaquePointer {
    _ = hasMemoryStatistics
    if access.mayWrite { location.createPrivately() }
    let name = access == .inspect ? location.immutableURI : location.fileName
    var handle: OpaquePointer?
    let code = sqlite3_open_v2(name, &handle, access.flags, location.virtualFileSystem)
    guard let handle else { throw StoreError(.outOfMemory, "open \(location.fileName)") }
    guard code == SQLITE_OK else {
      // SQLite hands out a handle even then, for its message.
      let message = String(cString: sqlite3_errmsg(handle))
      sqlite3_close_v2(handle)
      throw StoreError(code: code, detail: "\(message): \(location.fileName)")
    }
    return handle
  }

  /// Writes a page that says the same as before, in the transaction that is open: whether the disk
  /// takes it shows at the commit.
  func writeNothingNew() throws(StoreError) {
    let version = try number("PRAGMA user_version")
    try execute("PRAGMA user_version = \(version)")
  }

  private func prepareForWriting(_ location: DatabaseLocation) throws(StoreError) {
    // FULL syncs the log at every commit: NORMAL loses acknowledged writes in a power cut.
    try execute("PRAGMA synchronous = FULL; PRAGMA journal_size_limit = 16777216")
    followLog()
    guard case .file(let path) = location else { return }
    let mode = try switchLogOn()
    guard mode == "wal" else {
      throw StoreError(
        .cannotOpen,
        "\(path) cannot have a write-ahead log (its journal mode stays \(mode ?? "unknown"))")
    }
  }

  // SQLite asks nobody to wait where several processes switch the log of a new file on at once: it
  // is busy at once, for as long as another one is at it.
  private func switchLogOn() throws(StoreError) -> String? {
    let pause: Int32 = 20
    var tries = Self.busyTimeout / pause
    while true {
      do throws(StoreError) {
        return try first("PRAGMA journal_mode = WAL") { (row) throws(StoreError) in
          try row.next(String.self)
        }
      } catch {
        tries -= 1
        guard error.kind == .busy, tries > 0 else { throw error }
        usleep(UInt32(pause) * 1_000)
      }
    }
  }

  // Replaces SQLite's own checkpoint, which would run inside the commit that crosses the mark and
  // keep everyone in it waiting: the writer does it after the commit has been acknowledged.
  private func followLog() {
    let context = Unmanaged.passUnretained(self).toOpaque()
    sqlite3_wal_hook(
      handle,
      { context, _, _, pages in
        guard let context else { return SQLITE_OK }
        Unmanaged<Connection>.fromOpaque(context).takeUnretainedValue().logPages = pages
        return SQLITE_OK
      }, context)
  }
}

extension Connection.Access {
  var mayWrite: Bool {
    switch self {
    case .readWrite, .copy: true
    case .readOnly, .inspect: false
    }
  }

  /// For `sqlite3_open_v2`.
  fileprivate var flags: Int32 {
    SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE
      | (mayWrite ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY)
      | (self == .inspect ? SQLITE_OPEN_URI : 0)
  }
}
