import CSQLite

extension StoreError {
  /// An error for an extended result code (<https://www.sqlite.org/rescode.html>).
  init(code: Int32, detail: String, action: String? = nil) {
    self.init(Kind(code: code), code: code, detail, action: action)
  }
}

extension StoreError.Kind {
  init(code: Int32) {
    // These stand under a primary code that says something else.
    switch code {
    case SQLITE_IOERR | (12 << 8): self = .outOfMemory  // SQLITE_IOERR_NOMEM
    // SQLITE_IOERR_SHMSIZE: the index of the log cannot grow.
    case SQLITE_IOERR | (19 << 8): self = .full
    default: self = Self(primaryCode: code & 0xff)
    }
  }

  private init(primaryCode: Int32) {
    switch primaryCode {
    case SQLITE_BUSY, SQLITE_LOCKED, SQLITE_PROTOCOL: self = .busy
    case SQLITE_FULL: self = .full
    case SQLITE_READONLY: self = .readOnly
    case SQLITE_IOERR: self = .inputOutput
    case SQLITE_CANTOPEN, SQLITE_PERM, SQLITE_AUTH: self = .cannotOpen
    case SQLITE_CORRUPT: self = .corrupt
    case SQLITE_NOTADB: self = .foreignDatabase
    case SQLITE_CONSTRAINT: self = .constraint
    case SQLITE_NOMEM: self = .outOfMemory
    default: self = .misuse
    }
  }
}
