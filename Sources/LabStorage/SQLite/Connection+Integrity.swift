extension Connection {
  /// What is wrong with the pages and indexes of the file.
  func pageFaults() throws(StoreError) -> [String] {
    try all("PRAGMA integrity_check") { (row) throws(StoreError) in try row.next(String.self) }
      .filter { $0 != "ok" }
  }

  /// Rows that refer to rows that are not there.
  func referenceFaults() throws(StoreError) -> [String] {
    try all("PRAGMA foreign_key_check") { (row) throws(StoreError) in
      let table = try row.next(String.self)
      row.skip(1)
      return "a row of \(table) refers to a missing row of \(try row.next(String.self))"
    }
  }
}
