extension JSONScanner {
  /// Reads the string whose opening quote is at `index`.
  mutating func readString() throws(SyntaxFault) -> String {
    let start = position
    index += 1
    let contentStart = index
    while index < bytes.count {
      let byte = bytes[index]
      switch byte {
      case UInt8(ascii: "\""):
        let text = bytes.withUnsafeBufferPointer { buffer in
          String(
            decoding: UnsafeBufferPointer(rebasing: buffer[contentStart..<index]), as: UTF8.self)
        }
        index += 1
        return text
      case UInt8(ascii: "\\"):
        return try readEscapedString(after: Array(bytes[contentStart..<index]), from: start)
      case 0..<0x20:
        throw controlCharacter(byte, from: start)
      case 0x80...:
        try skipMultibyteScalar()
      default:
        index += 1
      }
    }
    throw unclosedString(start)
  }

  /// Reads on from the first backslash of a string.
  private mutating func readEscapedString(
    after prefix: [UInt8], from start: SourcePosition
  ) throws(SyntaxFault) -> String {
    var content = prefix
    while index < bytes.count {
      let byte = bytes[index]
      switch byte {
      case UInt8(ascii: "\""):
        index += 1
        return String(decoding: content, as: UTF8.self)
      case UInt8(ascii: "\\"):
        let scalar = try readEscape(from: start)
        content.append(contentsOf: Unicode.UTF8.encode(scalar) ?? .init())
      case 0..<0x20:
        throw controlCharacter(byte, from: start)
      case 0x80...:
        let scalarStart = index
        try skipMultibyteScalar()
        content.append(contentsOf: bytes[scalarStart..<index])
      default:
        content.append(byte)
        index += 1
      }
    }
    throw unclosedString(start)
  }

  private mutating func skipMultibyteScalar() throws(SyntaxFault) {
    guard let length = utf8SequenceLength(bytes, at: index) else {
      throw SyntaxFault(
        .encoding, at: position,
        "the byte 0x\(hexadecimal(UInt32(bytes[index]), digits: 2)) is not UTF-8 here;"
          + " save the document as UTF-8")
    }
    index += length
    continuationBytes += length - 1
  }

  /// Reads the escape whose backslash is at `index`.
  private mutating func readEscape(from start: SourcePosition) throws(SyntaxFault) -> Unicode.Scalar
  {
    let escape = position
    index += 1
    guard let letter = current else { throw unclosedString(start) }
    let scalar: Unicode.Scalar? =
      switch letter {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): Unicode.Scalar(letter)
      case UInt8(ascii: "b"): "\u{8}"
      case UInt8(ascii: "f"): "\u{C}"
      case UInt8(ascii: "n"): "\n"
      case UInt8(ascii: "r"): "\r"
      case UInt8(ascii: "t"): "\t"
      default: nil
      }
    if let scalar {
      index += 1
      return scalar
    }
    guard letter == UInt8(ascii: "u") else {
      throw SyntaxFault(
        .syntax, at: escape,
        "a backslash is followed by one of \" \\ / b f n r t or uXXXX, not by \(found);"
          + " for a backslash itself write two")
    }
    index += 1
    return try readUnicodeEscape(at: escape)
  }

  private mutating func readUnicodeEscape(
    at escape: SourcePosition
  ) throws(SyntaxFault) -> Unicode.Scalar {
    let unit = try readFourDigits(at: escape)
    if let scalar = Unicode.Scalar(unit) { return scalar }
    let half = "\\u\(hexadecimal(unit, digits: 4)) is one half of a surrogate pair"
    guard unit < 0xDC00 else {
      throw SyntaxFault(.syntax, at: escape, "\(half), and the other half must stand before it")
    }
    guard current == UInt8(ascii: "\\"), index + 1 < bytes.count,
      bytes[index + 1] == UInt8(ascii: "u")
    else { throw SyntaxFault(.syntax, at: escape, "\(half), and the other half must follow it") }
    index += 2
    let low = try readFourDigits(at: escape)
    guard 0xDC00...0xDFFF ~= low,
      let scalar = Unicode.Scalar(0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00))
    else { throw SyntaxFault(.syntax, at: escape, "\(half), and the other half must follow it") }
    return scalar
  }

  private mutating func readFourDigits(at escape: SourcePosition) throws(SyntaxFault) -> UInt32 {
    var unit: UInt32 = 0
    for _ in 0..<4 {
      guard let digit = current.flatMap(hexadecimalDigit) else {
        throw SyntaxFault(
          .syntax, at: escape, "\\u is followed by four hexadecimal digits, not by \(found)")
      }
      unit = unit << 4 | digit
      index += 1
    }
    return unit
  }

  private func unclosedString(_ start: SourcePosition) -> SyntaxFault {
    SyntaxFault(.syntax, at: start, "the string that begins here has no closing quote")
  }

  private func controlCharacter(_ byte: UInt8, from start: SourcePosition) -> SyntaxFault {
    switch byte {
    case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
      SyntaxFault(
        .syntax, at: start,
        "the string that begins here does not end on its line; close the quote, or write \\n")
    case UInt8(ascii: "\t"):
      SyntaxFault(.syntax, at: position, "a tab inside a string is written \\t")
    default:
      SyntaxFault(
        .syntax, at: position,
        "a control character inside a string is written"
          + " \\u\(hexadecimal(UInt32(byte), digits: 4))")
    }
  }
}

/// The value of a hexadecimal digit; nil for other bytes.
func hexadecimalDigit(_ byte: UInt8) -> UInt32? {
  switch byte {
  case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0"))
  case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(byte - UInt8(ascii: "a")) + 10
  case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(byte - UInt8(ascii: "A")) + 10
  default: nil
  }
}

/// A number in upper-case hexadecimal digits, with zeros before it up to a count of digits.
func hexadecimal(_ value: UInt32, digits: Int) -> String {
  let text = String(value, radix: 16, uppercase: true)
  return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
}
