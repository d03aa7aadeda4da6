extension JSONWriter {
  /// Writes a document's tree.
  public mutating func document(_ node: DocumentNode) {
    switch node.value {
    case .null: null()
    case .bool(let value): bool(value)
    case .number(.integer(let value)): integer(value)
    case .number(.decimal(let literal)): raw(Array(literal.text.utf8))
    case .string(let text): string(text)
    case .array(let elements): array(elements) { $0.document($1) }
    case .object(let members):
      object { writer in
        for member in members {
          writer.key(text: member.key)
          writer.document(member.value)
        }
      }
    }
  }
}

/// Members in one call. A key is taken as it is: no quotes, backslashes or control characters.
extension JSONWriter {
  /// Writes a member that is a string.
  public mutating func member(_ key: StaticString, _ value: String) {
    self.key(key)
    string(value)
  }

  /// Writes a member that is a string, or `null`.
  public mutating func member(_ key: StaticString, _ value: String?) {
    self.key(key)
    if let value { string(value) } else { null() }
  }

  /// Writes a member that is an integer.
  public mutating func member(_ key: StaticString, _ value: some BinaryInteger) {
    self.key(key)
    integer(value)
  }

  /// Writes a member that is an integer, or `null`.
  public mutating func member(_ key: StaticString, _ value: (some BinaryInteger)?) {
    self.key(key)
    if let value { integer(value) } else { null() }
  }

  /// Writes a member that is `true` or `false`.
  public mutating func member(_ key: StaticString, _ value: Bool) {
    self.key(key)
    bool(value)
  }

  /// Writes a member that is an object of the members that the closure writes.
  public mutating func member<Failure: Error>(
    _ key: StaticString, object writeMembers: (inout JSONWriter) throws(Failure) -> Void
  ) throws(Failure) {
    self.key(key)
    try object(writeMembers)
  }

  /// Writes a member that is an array with what the closure writes for each element.
  public mutating func member<Elements: Sequence, Failure: Error>(
    _ key: StaticString, array elements: Elements,
    _ write: (inout JSONWriter, Elements.Element) throws(Failure) -> Void
  ) throws(Failure) {
    self.key(key)
    try array(elements, write)
  }
}
