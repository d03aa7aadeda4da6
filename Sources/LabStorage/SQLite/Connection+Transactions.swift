/// How a transaction starts (<https://www.sqlite.org/lang_transaction.html>).
enum TransactionKind: String {
  /// A snapshot from the first read on; never waits for a writer.
  case deferred = "BEGIN DEFERRED"
  /// The write lock from the start, so that what is read inside still holds at the commit.
  case immediate = "BEGIN IMMEDIATE"
}

extension Connection {
  /// Runs `body` in a transaction: committed when it returns, rolled back when it throws.
  func transaction<Result>(
    _ kind: TransactionKind, _ body: () throws(StoreError) -> Result
  ) throws(StoreError) -> Result {
    try run(kind.rawValue)
    do {
      let result = try body()
      try run("COMMIT")
      return result
    } catch {
      rollBack()
      throw error
    }
  }

  /// Ends the transaction, if SQLite has not done so itself.
  func rollBack() {
    recentLabs.forgetAll()
    guard isInTransaction else { return }
    // It can only fail where the transaction is already gone; `isInTransaction` tells.
    _ = try? run("ROLLBACK")
  }
}
