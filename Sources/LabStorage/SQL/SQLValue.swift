/// A type that an argument or a column can have.
protocol SQLValue {
  /// Sets the argument at `index`, counted from 1.
  func bind(to statement: Statement, at index: Int32) throws(StoreError)

  /// Reads the column at `column`, counted from 0; `corrupt` when it holds no such value.
  static func read(from statement: Statement, at column: Int32) throws(StoreError) -> Self
}

extension Int64: SQLValue {
  func bind(to statement: Statement, at index: Int32) throws(StoreError) {
    try statement.bind(self, at: index)
  }

  static func read(from statement: Statement, at column: Int32) throws(StoreError) -> Int64 {
    try statement.integer(at: column)
  }
}

extension SQLValue where Self: FixedWidthInteger {
  func bind(to statement: Statement, at index: Int32) throws(StoreError) {
    guard let value = Int64(exactly: self) else {
      throw StoreError(.misuse, "\(self) does not fit an INTEGER column")
    }
    try statement.bind(value, at: index)
  }

  static func read(from statement: Statement, at column: Int32) throws(StoreError) -> Self {
    guard let value = Self(exactly: try statement.integer(at: column)) else {
      throw statement.unexpectedValue(at: column, expected: "within the range of \(Self.self)")
    }
    return value
  }
}

extension Int: SQLValue {}
extension UInt16: SQLValue {}
extension UInt8: SQLValue {}

extension Bool: SQLValue {
  func bind(to statement: Statement, at index: Int32) throws(StoreError) {
    try statement.bind(self ? 1 : 0, at: index)
  }

  static func read(from statement: Statement, at column: Int32) throws(StoreError) -> Bool {
    switch try statement.integer(at: column) {
    case 0: return false
    case 1: return true
    default: throw statement.unexpectedValue(at: column, expected: "0 or 1")
    }
  }
}

extension String: SQLValue {
  func bind(to statement: Statement, at index: Int32) throws(StoreError) {
    try statement.bind(self, at: index)
  }

  static func read(from statement: Statement, at column: Int32) throws(StoreError) -> String {
    try statement.text(at: column)
  }
}

extension Optional: SQLValue where Wrapped: SQLValue {
  func bind(to statement: Statement, at index: Int32) throws(StoreError) {
    switch self {
    case .some(let value): try value.bind(to: statement, at: index)
    case .none: try statement.bindNull(at: index)
    }
  }

  static func read(from statement: Statement, at column: Int32) throws(StoreError) -> Wrapped? {
    statement.isNull(at: column) ? nil : try Wrapped.read(from: statement, at: column)
  }
}
