/// The arguments of a statement, set from left to right.
struct Arguments {
  private let statement: Statement
  private var index: Int32 = 0

  init(of statement: Statement) {
    self.statement = statement
  }

  /// Sets the next argument.
  mutating func bind(_ value: some SQLValue) throws(StoreError) {
    index += 1
    try value.bind(to: statement, at: index)
  }
}

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

  /// Passes over columns.
  mutating func skip(_ count: Int) { column += Int32(count) }
}

extension Connection {
  /// Runs one statement that gives no rows.
  func run<each Argument: SQLValue>(
    _ sql: String, _ arguments: repeat each Argument
  ) throws(StoreError) {
    try withArguments(sql, repeat each arguments) { (statement) throws(StoreError) in
      _ = try statement.step()
    }
  }

  /// Runs one statement that gives no rows, and says how many rows it changed.
  func change<each Argument: SQLValue>(
    _ sql: String, _ arguments: repeat each Argument
  ) throws(StoreError) -> Int {
    try withArguments(sql, repeat each arguments) { (statement) throws(StoreError) in
      _ = try statement.step()
      return changedRowCount
    }
  }

  /// Runs one statement once for each element, with the arguments that `bind` sets.
  func runForEach<Element>(
    _ elements: some Sequence<Element>, _ sql: String,
    bind: (inout Arguments, Element) throws(StoreError) -> Void
  ) throws(StoreError) {
    var elements = elements.makeIterator()
    guard var element = elements.next() else { return }
    try withStatement(sql) { (statement) throws(StoreError) in
      while true {
        var arguments = Arguments(of: statement)
        try bind(&arguments, element)
        _ = try statement.step()
        guard let next = elements.next() else { return }
        element = next
        statement.reset()
      }
    }
  }

  /// Calls `body` for each row of a query.
  func forEach<each Argument: SQLValue>(
    _ sql: String, _ arguments: repeat each Argument,
    body: (inout Row) throws(StoreError) -> Void
  ) throws(StoreError) {
    try withArguments(sql, repeat each arguments) { (statement) throws(StoreError) in
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
    try withArguments(sql, repeat each arguments) { (statement) throws(StoreError) in
      guard try statement.step() else { return nil }
      var current = Row(of: statement)
      return try row(&current)
    }
  }

  /// The number in the only row and column of a query; 0 where there is no row.
  func number<each Argument: SQLValue>(
    _ sql: String, _ arguments: repeat each Argument
  ) throws(StoreError) -> Int {
    try first(sql, repeat each arguments) { (row) throws(StoreError) in try row.next(Int.self) }
      ?? 0
  }

  private func withArguments<each Argument: SQLValue, Result>(
    _ sql: String, _ values: repeat each Argument,
    body: (Statement) throws(StoreError) -> Result
  ) throws(StoreError) -> Result {
    try withStatement(sql) { (statement) throws(StoreError) in
      var arguments = Arguments(of: statement)
      for value in repeat each values { try arguments.bind(value) }
      return try body(statement)
    }
  }
}
