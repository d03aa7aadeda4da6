public import LabCore

extension DocumentNode {
  /// The value at a place; nil where there is none.
  public func value(at pointer: JSONPointer) -> DocumentNode? {
    var node = self
    for token in pointer.tokens {
      guard let child = node.child(token) else { return nil }
      node = child
    }
    return node
  }

  /// Where in its text the place is, or, for a place that the document does not have, the
  /// innermost one around it that it has.
  public func position(of pointer: JSONPointer) -> SourcePosition? {
    var node = self
    for token in pointer.tokens {
      guard let child = node.child(token) else { break }
      node = child
    }
    return node.position
  }

  private func child(_ token: String) -> DocumentNode? {
    switch value {
    case .object: self[token]
    case .array(let elements): arrayIndex(token, in: 0..<elements.count).map { elements[$0] }
    default: nil
    }
  }
}

/// A pointer's token as an index of an array (RFC 6901 section 4): digits without a zero before
/// them; nil for other tokens and outside of the range.
func arrayIndex(_ token: String, in range: Range<Int>) -> Int? {
  let digits = token.utf8
  guard !digits.isEmpty, digits.allSatisfy(isDigit), digits.count == 1 || digits.first != 0x30,
    let index = Int(token), range.contains(index)
  else { return nil }
  return index
}
