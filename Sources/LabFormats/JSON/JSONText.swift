/// Writes a string's content in quotes: quotes, backslashes and control characters escaped, all else
/// as it is (RFC 8259 section 7). Takes at most six bytes for each, and two for the quotes.
///
/// - Returns: how many bytes it wrote.
func writeQuoted(
  _ content: UnsafeBufferPointer<UInt8>, to target: UnsafeMutablePointer<UInt8>
) -> Int {
  target[0] = UInt8(ascii: "\"")
  var end = 1
  var isClean = true
  for byte in content where needsEscape(byte) {
    isClean = false
    break
  }
  if isClean {
    end += copy(content, to: target + 1)
  } else {
    for byte in content {
      if needsEscape(byte) {
        end += writeEscape(byte, to: target + end)
      } else {
        target[end] = byte
        end += 1
      }
    }
  }
  target[end] = UInt8(ascii: "\"")
  return end + 1
}

@inline(__always)
private func needsEscape(_ byte: UInt8) -> Bool {
  byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
}

private func writeEscape(_ byte: UInt8, to target: UnsafeMutablePointer<UInt8>) -> Int {
  target[0] = UInt8(ascii: "\\")
  switch byte {
  case UInt8(ascii: "\""), UInt8(ascii: "\\"): target[1] = byte
  case 0x08: target[1] = UInt8(ascii: "b")
  case 0x0C: target[1] = UInt8(ascii: "f")
  case UInt8(ascii: "\n"): target[1] = UInt8(ascii: "n")
  case UInt8(ascii: "\r"): target[1] = UInt8(ascii: "r")
  case UInt8(ascii: "\t"): target[1] = UInt8(ascii: "t")
  default:
    for (offset, digit) in "u\(hexadecimal(UInt32(byte), digits: 4))".utf8.enumerated() {
      target[1 + offset] = digit
    }
    return 6
  }
  return 2
}

/// Writes the end of a key: its quote, a colon, and a space in the pretty layout. Takes at most three
/// bytes.
///
/// - Returns: how many bytes it wrote.
@inline(__always)
func endKey(at target: UnsafeMutablePointer<UInt8>, isPretty: Bool) -> Int {
  target[0] = UInt8(ascii: "\"")
  target[1] = UInt8(ascii: ":")
  target[2] = UInt8(ascii: " ")
  return isPretty ? 3 : 2
}

/// Writes an integer in decimal digits. Takes at most 20 bytes.
///
/// - Returns: how many bytes it wrote.
func writeDecimal(_ value: Int64, to target: UnsafeMutablePointer<UInt8>) -> Int {
  var end = 0
  if value < 0 {
    target[0] = UInt8(ascii: "-")
    end = 1
  }
  var rest = value.magnitude
  var divisor: UInt64 = 1
  while rest / divisor >= 10 { divisor *= 10 }
  while divisor > 0 {
    target[end] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest / divisor)
    rest %= divisor
    divisor /= 10
    end += 1
  }
  return end
}

/// Where the pretty layout puts white space into JSON that is read byte by byte.
struct PrettyLayout {
  /// What becomes of one byte.
  struct Step {
    /// The depth of the line that begins before it.
    var lineBreakBefore: Int?
    /// White space between values is not.
    var isWritten = true
    /// The depth of the line that begins behind it.
    var lineBreakBehind: Int?
    var isSpaceBehind = false
  }

  private var depth: Int
  private var isInString = false
  private var isEscaped = false
  private var isBehindOpening = false

  init(depth: Int) {
    self.depth = depth
  }

  mutating func step(_ byte: UInt8) -> Step {
    guard !isInString else {
      isInString = byte != UInt8(ascii: "\"") || isEscaped
      isEscaped = byte == UInt8(ascii: "\\") && !isEscaped
      return Step()
    }
    var step = Step()
    let wasBehindOpening = isBehindOpening
    switch byte {
    case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r"):
      step.isWritten = false
      return step
    case UInt8(ascii: "}"), UInt8(ascii: "]"):
      depth -= 1
      isBehindOpening = false
      if !wasBehindOpening { step.lineBreakBefore = depth }
      return step
    default:
      if wasBehindOpening { step.lineBreakBefore = depth }
    }
    isBehindOpening = byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[")
    switch byte {
    case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
    case UInt8(ascii: ","): step.lineBreakBehind = depth
    case UInt8(ascii: ":"): step.isSpaceBehind = true
    case UInt8(ascii: "\""): isInString = true
    default: break
    }
    return step
  }
}
