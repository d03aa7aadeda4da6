/// A document that is to be checked.
public struct CheckedFile: Sendable {
  /// What it holds, or why that is not known.
  public enum Content: Sendable {
    /// The text's bytes, and the language to read them in.
    case text([UInt8], DocumentFormat)
    /// The sentence that says why it cannot be read, to stand behind the file's name.
    case unreadable(String)
  }

  /// The path as the user gave it; what reports call the file.
  public let name: String
  /// What it holds.
  public let content: Content

  /// A file of a name.
  public init(name: String, content: Content) {
    self.name = name
    self.content = content
  }
}
