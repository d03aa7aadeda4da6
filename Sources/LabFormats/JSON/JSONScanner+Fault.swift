extension JSONScanner {
  /// What stands at `index`, for a sentence.
  var found: String {
    guard index < bytes.count else { return "the end of the document" }
    guard let scalar = scalar(in: bytes, at: index) else {
      return "the byte 0x\(hexadecimal(UInt32(bytes[index]), digits: 2))"
    }
    return quoted(scalar)
  }

  /// The fault of something at `index` that begins no value.
  func unexpectedValue() -> SyntaxFault {
    if let fault = foreignSyntax() { return fault }
    let word = bytes[index...].prefix(while: isWordByte)
    let text = String(decoding: word.prefix(20), as: UTF8.self)
    let sentence =
      switch text {
      case "": "a value is missing here, before \(found)"
      case "True", "TRUE", "False", "FALSE", "Null", "NULL":
        "\(text) is written \(text.lowercased()) in JSON"
      case "None", "nil", "undefined": "\(text) is written null in JSON"
      case "NaN", "Infinity": "JSON has no \(text)"
      default: "\(text) is no value; put text in double quotes"
      }
    return SyntaxFault(.syntax, at: position, sentence)
  }

  /// The fault of something at `index` where a key must stand.
  func unexpectedKey() -> SyntaxFault {
    if let fault = foreignSyntax() { return fault }
    let isWord = current.map(isWordByte) ?? false
    return SyntaxFault(
      .syntax, at: position,
      isWord
        ? "a key is written in double quotes"
        : "a key in double quotes is missing here, before \(found)")
  }

  /// What other notations allow here and JSON does not.
  private func foreignSyntax() -> SyntaxFault? {
    let sentence: String? =
      switch current {
      case UInt8(ascii: "'"): "a string is written in double quotes, not in single ones"
      case UInt8(ascii: "/"), UInt8(ascii: "#"): "JSON has no comments"
      case UInt8(ascii: "+"): "a number is written without a plus sign"
      case UInt8(ascii: "."): "a number needs a digit before the point"
      default: nil
      }
    return sentence.map { SyntaxFault(.syntax, at: position, $0) }
  }

  /// The fault of a comma with nothing behind it.
  func trailingComma(_ comma: SourcePosition, before closing: String) -> SyntaxFault {
    SyntaxFault(.syntax, at: comma, "remove this comma: nothing follows it before '\(closing)'")
  }

  /// The fault of an object or array that neither goes on nor ends at `index`.
  func unclosed(_ kind: String, _ closing: String, from start: SourcePosition) -> SyntaxFault {
    guard let byte = current else {
      return SyntaxFault(
        .syntax, at: start, "the \(kind) that begins here is not closed: a '\(closing)' is missing")
    }
    if byte == UInt8(ascii: "]") || byte == UInt8(ascii: "}") {
      return SyntaxFault(
        .syntax, at: position,
        "the \(kind) that begins at \(start) is closed with '\(closing)', not with \(found)")
    }
    return SyntaxFault(
      .syntax, at: position, "a comma or '\(closing)' is missing here, before \(found)")
  }
}

/// Whether a byte can be part of a word such as `true`: an ASCII letter, digit or underscore.
func isWordByte(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
    true
  default: false
  }
}
