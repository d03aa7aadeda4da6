/// A value of a document, whether it was written in JSON or in YAML, and where it stands.
public struct DocumentNode: Hashable, Sendable {
  /// What JSON can say (RFC 8259 section 3).
  public enum Value: Hashable, Sendable {
    case null
    case bool(Bool)
    case number(DocumentNumber)
    case string(String)
    case array([DocumentNode])
    /// In the order of the document; no key stands twice.
    case object([DocumentMember])
  }

  /// What it says.
  public var value: Value
  /// Where it begins; nil for a value that no text holds.
  public var position: SourcePosition?

  /// A value at a place.
  public init(_ value: Value, at position: SourcePosition? = nil) {
    self.value = value
    self.position = position
  }
}

/// A key of an object and its value.
public struct DocumentMember: Hashable, Sendable {
  /// Keys that differ in Unicode normalization alone count as equal.
  public var key: String
  /// Where the key begins; nil for one that no text holds.
  public var keyPosition: SourcePosition?
  /// What stands at the key.
  public var value: DocumentNode

  /// A key with its value.
  public init(_ key: String, at keyPosition: SourcePosition? = nil, _ value: DocumentNode) {
    self.key = key
    self.keyPosition = keyPosition
    self.value = value
  }
}

extension DocumentNode {
  /// The member of an object with a key; nil where there is none, and for what is no object.
  public subscript(_ key: String) -> DocumentNode? {
    guard case .object(let members) = value else { return nil }
    return members.first { $0.key == key }?.value
  }

  /// The element of an array at an index; nil where there is none, and for what is no array.
  public subscript(_ index: Int) -> DocumentNode? {
    guard case .array(let elements) = value, elements.indices.contains(index) else { return nil }
    return elements[index]
  }

  /// The same tree without its places, so that `==` compares content and order alone.
  public var withoutPositions: DocumentNode {
    switch value {
    case .null, .bool, .number, .string: DocumentNode(value)
    case .array(let elements): DocumentNode(.array(elements.map(\.withoutPositions)))
    case .object(let members):
      DocumentNode(.object(members.map { DocumentMember($0.key, $0.value.withoutPositions) }))
    }
  }

  /// Whether both say the same, as RFC 6902 section 4.6 defines it: numbers by value, strings by
  /// code points, objects without regard to order. Places do not count.
  public func isEquivalent(to other: DocumentNode) -> Bool {
    switch (value, other.value) {
    case (.null, .null): true
    case (.bool(let left), .bool(let right)): left == right
    case (.number(let left), .number(let right)): left.isEquivalent(to: right)
    case (.string(let left), .string(let right)): left.utf8.elementsEqual(right.utf8)
    case (.array(let left), .array(let right)):
      left.count == right.count && zip(left, right).allSatisfy { $0.isEquivalent(to: $1) }
    case (.object(let left), .object(let right)): areEquivalent(left, right)
    default: false
    }
  }
}

private func areEquivalent(_ left: [DocumentMember], _ right: [DocumentMember]) -> Bool {
  guard left.count == right.count else { return false }
  let values = Dictionary(right.map { ($0.key, $0.value) }) { first, _ in first }
  return left.allSatisfy { member in
    values[member.key].map { member.value.isEquivalent(to: $0) } ?? false
  }
}
