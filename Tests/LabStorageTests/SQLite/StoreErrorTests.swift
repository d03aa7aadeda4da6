import Testing

@testable import LabStorage

@Suite("Store errors")
struct StoreErrorTests {
  // Extended codes carry their primary code in the low byte (https://www.sqlite.org/rescode.html).
  @Test(
    arguments: [
      (5, .busy),  // SQLITE_BUSY
      (517, .busy),  // SQLITE_BUSY_SNAPSHOT
      (6, .busy),  // SQLITE_LOCKED
      (13, .full),  // SQLITE_FULL
      (8, .readOnly),  // SQLITE_READONLY
      (1032, .readOnly),  // SQLITE_READONLY_DBMOVED
      (10, .inputOutput),  // SQLITE_IOERR
      (1034, .inputOutput),  // SQLITE_IOERR_FSYNC
      (3082, .outOfMemory),  // SQLITE_IOERR_NOMEM
      (7, .outOfMemory),  // SQLITE_NOMEM
      (14, .cannotOpen),  // SQLITE_CANTOPEN
      (11, .corrupt),  // SQLITE_CORRUPT
      (26, .foreignDatabase),  // SQLITE_NOTADB
      (2067, .constraint),  // SQLITE_CONSTRAINT_UNIQUE
      (21, .misuse),  // SQLITE_MISUSE
      (1, .misuse),  // SQLITE_ERROR
    ] as [(Int32, StoreError.Kind)])
  func kindOfResultCode(code: Int32, kind: StoreError.Kind) {
    let error = StoreError(code: code, detail: "words")
    #expect(error.kind == kind)
    #expect(error.description == "\(kind) (SQLite \(code)): words")
  }
}
