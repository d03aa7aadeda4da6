/// The header fields of a message, in order. Names are compared without regard to case.
///
/// All fields share one buffer; a field's text becomes a `String` when it is asked for.
public struct Headers: Sendable {
  /// Where a field's name and value stand in the buffer. Heads are bounded far below 4 GiB.
  struct Field: Sendable {
    let name: Range<UInt32>
    let value: Range<UInt32>
  }

  private(set) var bytes: [UInt8]
  private(set) var fields: [Field]

  /// No fields.
  public init() {
    bytes = []
    fields = []
  }

  /// Fields that a parser found in a head.
  init(bytes: [UInt8], fields: [Field]) {
    self.bytes = bytes
    self.fields = fields
  }

  /// How many field lines there are.
  public var count: Int { fields.count }

  /// The value of a field; where it was sent more than once, all values joined with `, `
  /// (RFC 9110, section 5.3). Nil when it is absent. Bytes that are not UTF-8 become U+FFFD.
  public subscript(name: HeaderName) -> String? {
    var joined: String?
    for field in fields where isNamed(field, name) {
      let value = text(field.value)
      joined = joined.map { $0 + ", " + value } ?? value
    }
    return joined
  }

  /// The values of a field, one for each line that has it.
  public func values(of name: HeaderName) -> [String] {
    fields.filter { isNamed($0, name) }.map { text($0.value) }
  }

  /// Whether the field is there.
  public func contains(_ name: HeaderName) -> Bool {
    fields.contains { isNamed($0, name) }
  }

  /// Adds a field after the others. Control characters in the value become spaces, so that no
  /// value can end its line.
  public mutating func append(_ name: HeaderName, _ value: String) {
    let nameStart = UInt32(truncatingIfNeeded: bytes.count)
    bytes.append(contentsOf: name.text.utf8)
    let nameEnd = UInt32(truncatingIfNeeded: bytes.count)
    for byte in value.utf8 {
      bytes.append(byte.isFieldValueCharacter ? byte : 0x20)
    }
    let end = UInt32(truncatingIfNeeded: bytes.count)
    fields.append(Field(name: nameStart..<nameEnd, value: nameEnd..<end))
  }

  /// Replaces a field, wherever it stands, or adds it.
  public mutating func set(_ name: HeaderName, _ value: String) {
    remove(name)
    append(name, value)
  }

  /// Removes every line of a field.
  public mutating func remove(_ name: HeaderName) {
    fields = fields.filter { !isNamed($0, name) }
  }

  func isNamed(_ field: Field, _ name: HeaderName) -> Bool {
    let known = name.text.utf8
    guard field.name.count == known.count else { return false }
    var index = Int(field.name.lowerBound)
    for byte in known {
      guard byte.lowercased == bytes[index].lowercased else { return false }
      index += 1
    }
    return true
  }

  private func text(_ range: Range<UInt32>) -> String {
    String(decoding: bytes[Int(range.lowerBound)..<Int(range.upperBound)], as: UTF8.self)
  }
}

extension Headers: Sequence {
  /// Goes through names and values in order.
  public func makeIterator() -> some IteratorProtocol<(name: String, value: String)> {
    fields.lazy.map { (name: text($0.name), value: text($0.value)) }.makeIterator()
  }
}

extension Headers: Equatable {
  /// Whether both have the same fields with the same values in the same order.
  public static func == (left: Headers, right: Headers) -> Bool {
    left.elementsEqual(right) { one, other in
      one.value == other.value && HeaderName(one.name) == HeaderName(other.name)
    }
  }
}

extension Headers: ExpressibleByDictionaryLiteral {
  /// Fields in the order of the literal.
  public init(dictionaryLiteral elements: (HeaderName, String)...) {
    self.init()
    for (name, value) in elements {
      append(name, value)
    }
  }
}
