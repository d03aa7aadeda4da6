public import LabFormats

/// How much an answer says that is neither a page, nor a document, nor a matrix.
public enum AnswerBounds {
  /// Elements of a list.
  public static let elements = 1000
  /// Bytes after which lists end.
  public static let bytes = 2 << 20
  /// Bytes of a value that is left out as a whole if it has more.
  public static let valueBytes = 1 << 20
}

extension JSONWriter {
  /// Writes a member that is a list, as far as it is within bounds.
  ///
  /// - Parameters:
  ///   - most: how many elements it may have. It also ends where the answer has
  ///     ``AnswerBounds/bytes``.
  ///   - total: how many elements there are.
  /// - Returns: how many elements are left out.
  public mutating func member<Elements: Sequence>(
    _ key: StaticString, firstOf elements: Elements, of total: Int,
    atMost most: Int = AnswerBounds.elements,
    _ write: (inout JSONWriter, Elements.Element) -> Void
  ) -> Int {
    self.key(key)
    beginArray()
    var written = 0
    for element in elements {
      guard written < most, count < AnswerBounds.bytes else { break }
      write(&self, element)
      written += 1
    }
    endArray()
    return total - written
  }

  /// Writes a member that is a list, as far as it is within bounds.
  public mutating func member<Elements: Collection>(
    _ key: StaticString, firstOf elements: Elements, atMost most: Int = AnswerBounds.elements,
    _ write: (inout JSONWriter, Elements.Element) -> Void
  ) -> Int {
    member(key, firstOf: elements, of: elements.count, atMost: most, write)
  }

  /// Writes how many elements of the object's lists are left out, as its member `more`; nothing
  /// where none are.
  public mutating func more(_ counts: KeyValuePairs<StaticString, Int>) {
    guard counts.contains(where: { $0.value > 0 }) else { return }
    member("more") { writer in
      for (key, count) in counts where count > 0 { writer.member(key, count) }
    }
  }

  /// Writes a value, or `null` in its place where it has more than ``AnswerBounds/valueBytes``.
  public mutating func bounded(_ write: (inout JSONWriter) -> Void) {
    var writer = JSONWriter()
    write(&writer)
    if writer.count <= AnswerBounds.valueBytes { raw(writer.bytes) } else { null() }
  }
}
