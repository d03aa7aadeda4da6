/// A place in a document (RFC 6901).
public struct JSONPointer: Hashable, Sendable, CustomStringConvertible {
  /// Unescaped, outermost first; none for the whole document.
  public let tokens: [String]

  /// The whole document.
  public static let root = JSONPointer(tokens: [])

  /// A pointer of unescaped tokens.
  public init(tokens: [String]) {
    self.tokens = tokens
  }

  /// Reads the text form: empty, or a slash before each token.
  public init?(parsing text: String) {
    guard !text.isEmpty else {
      self = .root
      return
    }
    guard text.utf8.first == UInt8(ascii: "/") else { return nil }
    var tokens: [String] = []
    for part in text.dropFirst().split(separator: "/", omittingEmptySubsequences: false) {
      guard let token = Self.unescape(part) else { return nil }
      tokens.append(token)
    }
    self.tokens = tokens
  }

  private static func unescape(_ part: Substring) -> String? {
    var token = ""
    var scalars = part.unicodeScalars.makeIterator()
    while let scalar = scalars.next() {
      guard scalar == "~" else {
        token.unicodeScalars.append(scalar)
        continue
      }
      switch scalars.next() {
      case "0": token.append("~")
      case "1": token.append("/")
      default: return nil
      }
    }
    return token
  }

  /// The place of a key in the object here.
  public subscript(_ key: String) -> JSONPointer { JSONPointer(tokens: tokens + [key]) }

  /// The place of an element in the array here.
  public subscript(_ index: Int) -> JSONPointer { JSONPointer(tokens: tokens + ["\(index)"]) }

  /// The place with long keys cut as messages cut them. It names nothing then, but can be told to
  /// whoever wrote the key.
  public var excerpt: JSONPointer { JSONPointer(tokens: tokens.map { LabCore.excerpt($0) }) }

  /// The text form, escaped.
  public var description: String {
    var text = ""
    for token in tokens {
      text.append("/")
      for scalar in token.unicodeScalars {
        switch scalar {
        case "~": text.append("~0")
        case "/": text.append("~1")
        default: text.unicodeScalars.append(scalar)
        }
      }
    }
    return text
  }
}
