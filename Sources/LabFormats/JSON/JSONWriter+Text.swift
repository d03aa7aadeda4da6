extension JSONWriter {
  /// Appends a string's content: quotes, backslashes and control characters escaped, all else as
  /// it is (RFC 8259 section 7).
  mutating func appendEscaped(_ text: String) {
    var text = text
    text.withUTF8 { content in
      guard let first = content.firstIndex(where: needsEscape) else {
        append(content)
        return
      }
      var runStart = 0
      for index in first..<content.count where needsEscape(content[index]) {
        append(content[runStart..<index])
        appendEscape(content[index])
        runStart = index + 1
      }
      append(content[runStart...])
    }
  }

  private mutating func appendEscape(_ byte: UInt8) {
    append(UInt8(ascii: "\\"))
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): append(byte)
    case 0x08: append(UInt8(ascii: "b"))
    case 0x0C: append(UInt8(ascii: "f"))
    case UInt8(ascii: "\n"): append(UInt8(ascii: "n"))
    case UInt8(ascii: "\r"): append(UInt8(ascii: "r"))
    case UInt8(ascii: "\t"): append(UInt8(ascii: "t"))
    default: append(Array("u\(hexadecimal(UInt32(byte), digits: 4))".utf8))
    }
  }

  /// Appends an integer in decimal digits.
  mutating func appendDecimal(_ value: Int64) {
    if value < 0 { append(UInt8(ascii: "-")) }
    var rest = value.magnitude
    var divisor: UInt64 = 1
    while rest / divisor >= 10 { divisor *= 10 }
    while divisor > 0 {
      append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest / divisor))
      rest %= divisor
      divisor /= 10
    }
  }

  /// Appends JSON laid out as `Layout.pretty` does, at a depth.
  mutating func appendPretty(_ json: [UInt8], depth startDepth: Int) {
    var depth = startDepth
    var isInString = false
    var isEscaped = false
    var isBehindOpening = false
    for byte in json {
      if isInString {
        append(byte)
        if byte == UInt8(ascii: "\""), !isEscaped { isInString = false }
        isEscaped = byte == UInt8(ascii: "\\") && !isEscaped
        continue
      }
      let closes = byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]")
      switch byte {
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r"): continue
      case _ where closes: depth -= 1
      default: break
      }
      if closes != isBehindOpening { breakLine(depth: depth) }
      append(byte)
      isBehindOpening = false
      switch byte {
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        depth += 1
        isBehindOpening = true
      case UInt8(ascii: ","): breakLine(depth: depth)
      case UInt8(ascii: ":"): append(UInt8(ascii: " "))
      case UInt8(ascii: "\""): isInString = true
      default: break
      }
    }
  }
}

@inline(__always)
private func needsEscape(_ byte: UInt8) -> Bool {
  byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
}
