/// Read-only connections, as many as threads have ever read at the same moment.
///
/// Each read has a connection to itself, and with the write-ahead log it waits neither for the
/// writer nor for other readers.
final class ReaderPool: @unchecked Sendable {
  private let location: DatabaseLocation
  private let files: OpenFiles?
  private let mutex = Mutex()
  // Guarded by `mutex`. The last one given back goes out first: its page cache is the warmest.
  private var idle: [Connection] = []

  /// - Parameter files: those that every reader has to read from.
  init(of location: DatabaseLocation, in files: OpenFiles? = nil) {
    self.location = location
    self.files = files
  }

  /// Lends a connection for one statement.
  func read<Result>(
    _ body: (Connection) throws(StoreError) -> Result
  ) throws(StoreError) -> Result {
    let connection = if let idle = takeIdle() { idle } else { try open() }
    // Not given back after an error: a fresh one starts without whatever state led to it.
    let result = try body(connection)
    mutex.withLock { idle.append(connection) }
    return result
  }

  /// Lends a connection for several statements that all see the same state of the database.
  func readSnapshot<Result>(
    _ body: (Connection) throws(StoreError) -> Result
  ) throws(StoreError) -> Result {
    try read { (connection) throws(StoreError) in
      try connection.begin(.snapshot)
      let result = try body(connection)
      try connection.commit()
      return result
    }
  }

  private func open() throws(StoreError) -> Connection {
    try files?.check()
    return try Connection(to: location, access: .readOnly)
  }

  private func takeIdle() -> Connection? {
    mutex.withLock { idle.popLast() }
  }
}
