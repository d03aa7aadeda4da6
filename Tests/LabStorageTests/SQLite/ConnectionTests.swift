import Foundation
import Testing

@testable import LabStorage

@Suite("Connection")
struct ConnectionTests {
  private func memory() throws -> Connection {
    try Connection(to: DatabaseLocation(path: ":memory:"), access: .readWrite)
  }

  @Test(
    "text comes back as it went in",
    arguments: ["", "a", "ü\u{1F5A7}", "nul\0inside", "'; DROP TABLE t; --", "e\u{301}"])
  func textRoundTrip(text: String) throws {
    let connection = try memory()
    let read = try connection.first("SELECT ?, typeof(?)", text, text) { row throws(StoreError) in
      (try row.next(String.self), try row.next(String.self))
    }
    #expect(read?.0.utf8.elementsEqual(text.utf8) == true)
    #expect(read?.1 == "text")
  }

  @Test("integers come back as they went in", arguments: [.min, -1, 0, 1, .max] as [Int64])
  func integerRoundTrip(value: Int64) throws {
    let read = try memory().first("SELECT ?", value) { row throws(StoreError) in
      try row.next(Int64.self)
    }
    #expect(read == value)
  }

  @Test func absentValuesAreNull() throws {
    let read = try memory().first("SELECT ?, ?", nil as String?, "x" as String?) {
      row throws(StoreError) in (try row.next(String?.self), try row.next(String?.self))
    }
    #expect(read?.0 == nil)
    #expect(read?.1 == "x")
  }

  @Test(
    "a value of the wrong kind is corruption, not a default",
    arguments: ["SELECT 'x'", "SELECT NULL", "SELECT 2.5", "SELECT 65536", "SELECT -1"])
  func wrongKind(sql: String) throws {
    let connection = try memory()
    let error = #expect(throws: StoreError.self) {
      try connection.first(sql) { row throws(StoreError) in try row.next(UInt16.self) }
    }
    #expect(error?.kind == .corrupt)
  }

  @Test("double quotes never make a string")
  func doubleQuotes() throws {
    let connection = try memory()
    #expect(throws: StoreError.self) { try connection.execute("SELECT \"no such column\"") }
    #expect(throws: StoreError.self) {
      try connection.execute("CREATE TABLE t (a CHECK (a <> \"x\"))")
    }
  }

  @Test func foreignKeysAreEnforced() throws {
    let connection = try memory()
    try connection.execute(
      "CREATE TABLE a (id INTEGER PRIMARY KEY) STRICT;"
        + "CREATE TABLE b (id INTEGER REFERENCES a) STRICT")
    let error = #expect(throws: StoreError.self) {
      try connection.run("INSERT INTO b VALUES (1)")
    }
    #expect(error?.kind == .constraint)
  }

  @Test("a query may run inside itself")
  func nestedQuery() throws {
    let connection = try memory()
    try connection.execute("CREATE TABLE t (n INTEGER) STRICT; INSERT INTO t VALUES (1), (2)")
    var pairs: [[Int]] = []
    let sql = "SELECT n FROM t ORDER BY n"
    try connection.forEach(sql) { outer throws(StoreError) in
      let left = try outer.next(Int.self)
      try connection.forEach(sql) { inner throws(StoreError) in
        pairs.append([left, try inner.next(Int.self)])
      }
    }
    #expect(pairs == [[1, 1], [1, 2], [2, 1], [2, 2]])
  }

  @Test("a query that throws in the middle of its rows lets go of its snapshot")
  func resetAfterError() throws {
    let directory = try TemporaryDirectory()
    let connection = try Connection(
      to: DatabaseLocation(path: directory.file("db")), access: .readWrite)
    try connection.execute("CREATE TABLE t (n INTEGER) STRICT; INSERT INTO t VALUES (1), (2)")
    #expect(throws: StoreError.self) {
      try connection.forEach("SELECT n FROM t") { _ throws(StoreError) in
        throw StoreError(.corrupt, "in the middle")
      }
    }
    // Fails with SQLITE_LOCKED while a statement of the connection is still running.
    try connection.execute("DROP TABLE t")
  }

  @Test("what is no database is refused", arguments: ["", "a\0b"])
  func badPath(path: String) {
    let error = #expect(throws: StoreError.self) { try DatabaseLocation(path: path) }
    #expect(error?.kind == .cannotOpen)
  }

  @Test func missingDirectory() throws {
    let directory = try TemporaryDirectory()
    let error = #expect(throws: StoreError.self) {
      try Connection(to: DatabaseLocation(path: directory.file("no/db")), access: .readWrite)
    }
    #expect(error?.kind == .cannotOpen)
  }

  @Test func readOnlyConnectionsDoNotWrite() throws {
    let directory = try TemporaryDirectory()
    let location = try DatabaseLocation(path: directory.file("db"))
    let writer = try Connection(to: location, access: .readWrite)
    try writer.execute("CREATE TABLE t (n INTEGER) STRICT")
    let reader = try Connection(to: location, access: .readOnly)
    let error = #expect(throws: StoreError.self) { try reader.run("INSERT INTO t VALUES (1)") }
    #expect(error?.kind == .readOnly)
  }

  @Test func transactionsRollBackOnError() throws {
    let connection = try memory()
    try connection.execute("CREATE TABLE t (n INTEGER) STRICT")
    #expect(throws: StoreError.self) {
      try connection.transaction(.write) { () throws(StoreError) in
        try connection.run("INSERT INTO t VALUES (1)")
        throw StoreError(.misuse, "changed my mind")
      }
    }
    #expect(!connection.isInTransaction)
    let count = try connection.first("SELECT count(*) FROM t") { row throws(StoreError) in
      try row.next(Int.self)
    }
    #expect(count == 0)
  }
}
