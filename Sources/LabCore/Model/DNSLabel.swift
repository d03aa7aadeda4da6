/// A name of a lab, a network, a VM or a tag: a lower-case DNS label.
///
/// One to 63 characters of `a`–`z`, `0`–`9` and `-`, beginning and ending with a letter or a digit
/// (RFC 1123 section 2.1, RFC 1035 section 2.3.1).
public struct DNSLabel: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The label as written.
  public let text: String

  /// Reads a label, or says why the text is none.
  public init(parsing text: String) throws(NameSyntaxError) {
    let bytes = text.utf8
    guard let first = bytes.first, let last = bytes.last else { throw .empty }
    guard bytes.count <= 63 else { throw .tooLong(length: bytes.count) }
    for character in text.unicodeScalars where !Self.isAllowed(character) {
      throw .character(character)
    }
    guard first != UInt8(ascii: "-"), last != UInt8(ascii: "-") else { throw .hyphenAtEdge }
    self.text = text
  }

  private static func isAllowed(_ character: Unicode.Scalar) -> Bool {
    switch character {
    case "a"..."z", "0"..."9", "-": true
    default: false
    }
  }

  /// The label as written.
  public var description: String { text }

  /// By bytes, which for these characters is also alphabetical order.
  public static func < (left: DNSLabel, right: DNSLabel) -> Bool { left.text < right.text }
}

/// Why a text is not a name.
public enum NameSyntaxError: Error, Hashable, Sendable, CustomStringConvertible {
  case empty
  case tooLong(length: Int)
  case character(Unicode.Scalar)
  case hyphenAtEdge

  /// A sentence's end, to stand behind the quoted text: "is …".
  public var description: String {
    switch self {
    case .empty: "a name must not be empty"
    case .tooLong(let length): "a name has at most 63 characters, this one has \(length)"
    case .character(let character):
      "a name has only the letters a-z, digits and hyphens, not \"\(character)\""
    case .hyphenAtEdge: "a name begins and ends with a letter or a digit, not with a hyphen"
    }
  }
}
