/// A string as a plain scalar where every reader takes it for that string, else in double quotes.
///
/// - Parameter inFlow: whether it stands within brackets or braces, where commas part values.
func yamlScalar(_ text: String, inFlow: Bool) -> String {
  isPlain(text, inFlow: inFlow) ? text : doubleQuoted(text)
}

/// Narrower than the rules of YAML (1.2.2 section 7.3.3): what begins like a number, and what any
/// version of YAML has a meaning for, stands in quotes.
private func isPlain(_ text: String, inFlow: Bool) -> Bool {
  guard let first = text.utf8.first, let last = text.utf8.last, last != UInt8(ascii: " "),
    !reservedWords.contains(text.lowercased())
  else { return false }
  switch first {
  case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
    UInt8(ascii: "_"), UInt8(ascii: "/"):
    break
  case UInt8(ascii: "0")...UInt8(ascii: "9"):
    return isDottedDecimal(text)
  default:
    return false
  }
  return text.utf8.allSatisfy { byte in
    switch byte {
    case UInt8(ascii: ","): !inFlow
    case _ where isWordByte(byte): true
    default: plainPunctuation.contains(byte)
    }
  }
}

private let plainPunctuation = Set(" -./+()';=".utf8)

/// What YAML 1.1 and 1.2 have a meaning for.
private let reservedWords: Set<String> = [
  "true", "false", "null", "yes", "no", "on", "off", "y", "n",
]

/// Whether the text is an IPv4 address, alone or with a prefix length: no number in any version.
private func isDottedDecimal(_ text: String) -> Bool {
  text.utf8.allSatisfy { isDigit($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "/") }
    && text.utf8.count { $0 == UInt8(ascii: ".") } == 3
}

private func doubleQuoted(_ text: String) -> String {
  var quoted = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"": quoted += "\\\""
    case "\\": quoted += "\\\\"
    case "\n": quoted += "\\n"
    case "\t": quoted += "\\t"
    case "\r": quoted += "\\r"
    case _ where isYAMLPrintable(scalar): quoted.unicodeScalars.append(scalar)
    case _ where scalar.value <= 0xFF: quoted += "\\x\(hexadecimal(scalar.value, digits: 2))"
    default: quoted += "\\u\(hexadecimal(scalar.value, digits: 4))"
    }
  }
  return quoted + "\""
}

/// Whether a scalar may stand in a document as it is, without being a line break for any reader
/// (YAML 1.2.2 section 5.1, YAML 1.1 section 5.4).
func isYAMLPrintable(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0x20...0x7E, 0xA0...0xD7FF, 0xE000...0xFFFD, 0x10000...:
    scalar != "\u{2028}" && scalar != "\u{2029}" && scalar != "\u{FEFF}"
  default: false
  }
}
