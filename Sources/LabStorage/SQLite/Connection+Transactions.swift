/// How a transaction starts (<https://www.sqlite.org/lang_transaction.html>).
enum TransactionKind {
  /// A snapshot from the first read on; never waits for a writer.
  case snapshot
  /// The write lock from the start, so that what is read inside still holds at the commit.
  case write
}

extension Connection {
  /// Runs `body` in a transaction: committed when it returns, rolled back when it throws.
  func transaction<Result>(
    _ kind: TransactionKind, _ body: () throws(StoreError) -> Result
  ) throws(StoreError) -> Result {
    try begin(kind)
    do {
      let result = try body()
      try commit()
      return result
    } catch {
      rollBack()
      throw error
    }
  }

  /// Starts a transaction.
  func begin(_ kind: TransactionKind) throws(StoreError) {
    switch kind {
    case .snapshot: try run("BEGIN DEFERRED")
    case .write: try run("BEGIN IMMEDIATE")
    }
  }

  /// Ends the transaction; a write is durable once this returns.
  func commit() throws(StoreError) { try run("COMMIT") }

  /// Undoes the transaction, if SQLite has not done so itself.
  func rollBack() {
    guard isInTransaction else { return }
    // It can only fail where the transaction is already gone; `isInTransaction` tells.
    _ = try? run("ROLLBACK")
  }

  /// From here on, what is written in the transaction can be undone alone.
  func setSavepoint() throws(StoreError) { try run("SAVEPOINT one_write") }

  /// What was written since the savepoint is part of the transaction.
  func releaseSavepoint() throws(StoreError) { try run("RELEASE one_write") }

  /// Undoes what was written since the savepoint, and forgets the savepoint.
  func rollBackToSavepoint() throws(StoreError) {
    try run("ROLLBACK TO one_write")
    try run("RELEASE one_write")
  }
}
