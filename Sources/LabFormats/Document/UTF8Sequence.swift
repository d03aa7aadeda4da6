/// How many bytes the well-formed UTF-8 sequence of a non-ASCII scalar at an index takes, 2…4; nil
/// where there is none (Unicode 16.0, table 3-7).
func utf8SequenceLength(_ bytes: [UInt8], at index: Int) -> Int? {
  func isContinuation(_ offset: Int) -> Bool {
    index + offset < bytes.count && bytes[index + offset] & 0xC0 == 0x80
  }
  guard isContinuation(1) else { return nil }
  let second = bytes[index + 1]
  switch bytes[index] {
  case 0xC2...0xDF: return 2
  case 0xE0 where second < 0xA0: return nil
  case 0xED where second >= 0xA0: return nil
  case 0xE0...0xEF: return isContinuation(2) ? 3 : nil
  case 0xF0 where second < 0x90: return nil
  case 0xF4 where second >= 0x90: return nil
  case 0xF0...0xF4: return isContinuation(2) && isContinuation(3) ? 4 : nil
  default: return nil
  }
}

/// The scalar whose UTF-8 sequence begins at an index, for messages; nil where there is none.
func scalar(in bytes: [UInt8], at index: Int) -> Unicode.Scalar? {
  let length = bytes[index] < 0x80 ? 1 : utf8SequenceLength(bytes, at: index)
  guard let length else { return nil }
  return String(decoding: bytes[index..<(index + length)], as: UTF8.self).unicodeScalars.first
}

/// A scalar as a message shows it: itself in quotes where it prints, else its code point.
func quoted(_ scalar: Unicode.Scalar) -> String {
  switch scalar.properties.generalCategory {
  case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator,
    .paragraphSeparator, .spaceSeparator:
    "U+\(hexadecimal(scalar.value, digits: 4))"
  default:
    scalar == "'" ? "\"'\"" : "'\(scalar)'"
  }
}
