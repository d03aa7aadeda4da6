import CSQLite
import Glibc

/// A prepared statement: arguments by position from 1, columns by position from 0.
final class Statement {
  private let handle: OpaquePointer
  private unowned let connection: Connection
  private let sql: String
  /// Whether it is lent out; its connection then prepares another for the same text.
  var isInUse = false

  init(_ sql: String, on connection: Connection) throws(StoreError) {
    var handle: OpaquePointer?
    let flags = UInt32(SQLITE_PREPARE_PERSISTENT)
    errno = 0
    try connection.check(
      sqlite3_prepare_v3(connection.handle, sql, -1, flags, &handle, nil), sql)
    guard let handle else { throw StoreError(.misuse, "no statement in: \(sql)") }
    self.handle = handle
    self.connection = connection
    self.sql = sql
  }

  deinit { sqlite3_finalize(handle) }

  /// Advances to the next row; false when there is none.
  func step() throws(StoreError) -> Bool {
    errno = 0
    switch sqlite3_step(handle) {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    case let code: throw connection.error(code, sql)
    }
  }

  /// Ends the statement's run and forgets its arguments.
  func reset() {
    // The code repeats the failure that step() has already thrown.
    sqlite3_reset(handle)
    sqlite3_clear_bindings(handle)
  }

  func bindNull(at index: Int32) throws(StoreError) {
    try connection.check(sqlite3_bind_null(handle, index), sql)
  }

  func bind(_ value: Int64, at index: Int32) throws(StoreError) {
    try connection.check(sqlite3_bind_int64(handle, index, value), sql)
  }

  func bind(_ value: String, at index: Int32) throws(StoreError) {
    var value = value
    let code = value.withUTF8 { utf8 in
      utf8.withMemoryRebound(to: CChar.self) { bytes in
        labplan_sqlite3_bind_text(handle, index, bytes.baseAddress, UInt64(bytes.count))
      }
    }
    try connection.check(code, sql)
  }

  func isNull(at column: Int32) -> Bool {
    sqlite3_column_type(handle, column) == SQLITE_NULL
  }

  /// The integer in a column; `corrupt` when the column holds something else.
  func integer(at column: Int32) throws(StoreError) -> Int64 {
    guard sqlite3_column_type(handle, column) == SQLITE_INTEGER else {
      throw unexpectedValue(at: column, expected: "an integer")
    }
    return sqlite3_column_int64(handle, column)
  }

  /// The text in a column; `corrupt` when the column holds something else.
  func text(at column: Int32) throws(StoreError) -> String {
    guard sqlite3_column_type(handle, column) == SQLITE_TEXT,
      let bytes = sqlite3_column_text(handle, column)
    else { throw unexpectedValue(at: column, expected: "text") }
    let count = Int(sqlite3_column_bytes(handle, column))
    return String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self)
  }

  /// The error for a value that the schema should have kept out.
  func unexpectedValue(at column: Int32, expected: String) -> StoreError {
    let name = sqlite3_column_name(handle, column).map { String(cString: $0) } ?? "\(column)"
    return StoreError(.corrupt, "column \(name) is not \(expected)", action: sql)
  }
}
