import CSQLite

/// When the write-ahead log is copied into the database.
struct CheckpointSchedule {
  /// Pages in the log that make a checkpoint worth its syncs; SQLite's own default.
  private static let interval: Int32 = 1_000
  /// Pages from which on readers that overlap all the time are held to let the log start afresh.
  private static let limit: Int32 = 8_000
  /// How long that may take, in milliseconds. A transaction left open in another process can hold
  /// the log for hours, and writes must not wait for it.
  private static let patience: Int32 = 20

  private var next = interval

  /// Runs a checkpoint if one is due. A failure is no one's: the log keeps every commit, and the
  /// next checkpoint tries again.
  mutating func run(on connection: Connection) {
    let pages = connection.logPages
    if pages < next - Self.interval { next = Self.interval }
    guard pages >= next else { return }
    if pages < Self.limit {
      _ = try? connection.checkpoint(SQLITE_CHECKPOINT_PASSIVE)
    } else {
      _ = try? connection.checkpoint(SQLITE_CHECKPOINT_RESTART, patience: Self.patience)
    }
    next = pages + Self.interval
  }
}
