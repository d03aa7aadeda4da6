/// The classes of bytes that the grammars of HTTP (RFC 9110, RFC 9112) and URIs (RFC 3986) name.
extension UInt8 {
  /// `tchar`: what methods and field names are made of.
  var isTokenCharacter: Bool {
    switch self {
    case 0x21, 0x23...0x27, 0x2A, 0x2B, 0x2D, 0x2E, 0x30...0x39, 0x41...0x5A, 0x5E...0x7A, 0x7C,
      0x7E:
      true
    default:
      false
    }
  }

  /// What a field value may hold: tab, space, visible ASCII and bytes above it (`obs-text`).
  var isFieldValueCharacter: Bool {
    self >= 0x20 ? self != 0x7F : self == 0x09
  }

  /// Space or tab.
  var isBlank: Bool { self == 0x20 || self == 0x09 }

  /// An ASCII control character.
  var isControl: Bool { self < 0x20 || self == 0x7F }

  /// Visible ASCII: `!` to `~`.
  var isVisible: Bool { self > 0x20 && self < 0x7F }

  /// `0` to `9`.
  var isDigit: Bool { self >= 0x30 && self <= 0x39 }

  /// `unreserved` or `sub-delims`: what a registered name is made of, besides percent-encoding.
  var isRegisteredNameCharacter: Bool {
    switch self {
    case 0x21, 0x24, 0x26...0x2E, 0x30...0x39, 0x3B, 0x3D, 0x41...0x5A, 0x5F, 0x61...0x7A, 0x7E:
      true
    default:
      false
    }
  }

  /// `pchar` without percent-encoding: what a path segment is made of.
  var isPathCharacter: Bool {
    isRegisteredNameCharacter || self == 0x3A || self == 0x40
  }

  /// The value of a hexadecimal digit; nil for any other byte.
  var hexadecimalValue: UInt8? {
    switch self {
    case 0x30...0x39: self - 0x30
    case 0x41...0x46: self - 0x41 + 10
    case 0x61...0x66: self - 0x61 + 10
    default: nil
    }
  }

  /// The byte with an ASCII capital made small.
  var lowercased: UInt8 {
    self >= 0x41 && self <= 0x5A ? self | 0x20 : self
  }
}

extension Span where Element == UInt8 {
  /// Whether these bytes are this text, without regard to ASCII case.
  func equalsIgnoringCase(_ text: StaticString) -> Bool {
    guard count == text.utf8CodeUnitCount else { return false }
    return text.withUTF8Buffer { known in
      for index in indices where self[index].lowercased != known[index].lowercased {
        return false
      }
      return true
    }
  }

  /// The bytes as text; what is not UTF-8 becomes U+FFFD.
  var text: String {
    withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
  }

  /// The bytes without blanks at either end.
  var trimmedIndices: Range<Int> {
    var start = 0
    var end = count
    while start < end, self[start].isBlank { start += 1 }
    while end > start, self[end - 1].isBlank { end -= 1 }
    return start..<end
  }
}
