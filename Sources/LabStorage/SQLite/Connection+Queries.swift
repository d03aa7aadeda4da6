import CSQLite

/// The columns of the row a statement stands on, read from left to right.
struct Row {
  private let statement: Statement
  private var column: Int32 = 0

  init(of statement: Statement) {
    self.statement = statement
  }

  /// The next column as a `Value`; `corrupt` when it holds no such value.
  mutating func next<Value: SQLValue>(_ type: Value.Type = Value.self) throws(StoreError) -> Value {
    defer { column += 1 }
    return try Value.read(from: statement, at: column)
  }
}

extension Connection {
  /// Runs one statement that gives no rows, and says how many rows it changed.
  @discardableResult
  func run<each Argument: SQLValue>(
    _ sql: String, _ arguments: repeat each Argument
  ) throws(StoreError) -> Int {
    try withStatement(sql) { (statement) throws(StoreError) in
      var index: Int32 = 0
      for argument in repeat each arguments {
        index += 1
        try argument.bind(to: statement, at: index)
      }
      _ = try statement.step()
      return Int(sqlite3_changes64(handle))
    }
  }

  /// Calls `body` for each row of a query.
  func forEach<each Argument: SQLValue>(
    _ sql: String, _ arguments: repeat each Argument,
    body: (inout Row) throws(StoreError) -> Void
  ) throws(StoreError) {
    try withStatement(sql) { (statement) throws(StoreError) in
      var index: Int32 = 0
      for argument in repeat each arguments {
        index += 1
        try argument.bind(to: statement, at: index)
      }
      while try statement.step() {
        var row = Row(of: statement)
        try body(&row)
      }
    }
  }

  /// Every row of a query, each turned into an `Element`.
  func all<each Argument: SQLValue, Element>(
    _ sql: String, _ arguments: repeat each Argument,
    row: (inout Row) throws(StoreError) -> Element
  ) throws(StoreError) -> [Element] {
    var elements: [Element] = []
    try forEach(sql, repeat each arguments) { (current) throws(StoreError) in
      elements.append(try row(&current))
    }
    return elements
  }

  /// The first row of a query; nil when there is none.
  func first<each Argument: SQLValue, Element>(
    _ sql: String, _ arguments: repeat each Argument,
    row: (inout Row) throws(StoreError) -> Element
  ) throws(StoreError) -> Element? {
    try withStatement(sql) { (statement) throws(StoreError) in
      var index: Int32 = 0
      for argument in repeat each arguments {
        index += 1
        try argument.bind(to: statement, at: index)
      }
      guard try statement.step() else { return nil }
      var current = Row(of: statement)
      return try row(&current)
    }
  }
}
