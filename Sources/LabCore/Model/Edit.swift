/// A change of a lab document at one place: an operation of a JSON Patch (RFC 6902).
public enum Edit: Hashable, Sendable {
  /// Puts a value at a place; at the end of a list where the last token is `-`.
  case add(JSONPointer, EditValue)
  /// Takes the value at a place away.
  case remove(JSONPointer)
  /// Puts a value in the place of another.
  case replace(JSONPointer, EditValue)
}

/// A value that an edit puts into a document.
public indirect enum EditValue: Hashable, Sendable {
  case null
  case bool(Bool)
  case integer(Int)
  case string(String)
  case array([EditValue])
  /// Keys in the order in which they are written.
  case object([EditMember])
}

/// A key and its value.
public struct EditMember: Hashable, Sendable {
  /// The key.
  public let key: String
  /// Its value.
  public let value: EditValue

  /// A member of the given parts.
  public init(_ key: String, _ value: EditValue) {
    self.key = key
    self.value = value
  }
}
