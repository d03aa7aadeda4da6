extension Connection {
  // "labp" in ASCII, in the file's header: `file` shows it, and another program's is refused.
  private static var applicationID: Int { 0x6c61_6270 }

  /// Whether labplan made the database; false where it is empty.
  ///
  /// - Throws: `foreignDatabase` where another program made it.
  func isOurs() throws(StoreError) -> Bool {
    let identifier = try number("PRAGMA application_id")
    if identifier == Self.applicationID { return true }
    guard identifier == 0, try number("SELECT count(*) FROM sqlite_schema") == 0 else {
      throw StoreError(.foreignDatabase, "the database belongs to another program")
    }
    return false
  }

  /// Says in the file that labplan made it.
  func markAsOurs() throws(StoreError) {
    try execute("PRAGMA application_id = \(Self.applicationID)")
  }

  /// Whether a table is part of the schema.
  func hasTable(_ name: String) throws(StoreError) -> Bool {
    try number("SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = ?", name) > 0
  }

  /// Whether a row may refer only to rows that exist; outside of transactions.
  func enforceReferences(_ isOn: Bool) throws(StoreError) {
    try execute("PRAGMA foreign_keys = \(isOn ? "ON" : "OFF")")
  }

  /// Lets the sequence of changes go on from a number.
  func continueSequence(from last: Int64) throws(StoreError) {
    try run("DELETE FROM sqlite_sequence WHERE name = 'revisions'")
    try run("INSERT INTO sqlite_sequence VALUES ('revisions', ?)", last)
  }
}
