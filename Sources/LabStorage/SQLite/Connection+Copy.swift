import CSQLite

extension Connection {
  /// Copies the whole database (<https://www.sqlite.org/backup.html>), and leaves the copy without
  /// a write-ahead log.
  func copy(to target: Connection) throws(StoreError) {
    guard let backup = sqlite3_backup_init(target.handle, "main", handle, "main") else {
      throw target.error(sqlite3_errcode(target.handle), "begin a copy")
    }
    // All pages in one step: they are of one moment, and with the log no writer waits for it.
    let code = sqlite3_backup_step(backup, -1)
    sqlite3_backup_finish(backup)
    guard code == SQLITE_DONE else { throw target.error(code, "copy a database") }
    try target.execute("PRAGMA journal_mode = DELETE")
  }
}
