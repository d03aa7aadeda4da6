/// The bytes of a YAML text without a byte order mark; a fault where they are not UTF-8, at
/// characters that YAML 1.2 does not allow (section 5.1), and where there are too many directives.
func yamlText(_ bytes: [UInt8]) throws(SyntaxFault) -> ArraySlice<UInt8> {
  let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  // The parser compares each directive with all before it.
  var directivesLeft = 16
  var line = 1
  var column = 1
  var index = start
  while index < bytes.count {
    let byte = bytes[index]
    var length = 1
    if byte >= 0x80 {
      guard let sequence = utf8SequenceLength(bytes, at: index) else {
        throw SyntaxFault(
          .encoding, at: SourcePosition(line: line, column: column),
          "the byte 0x\(hexadecimal(UInt32(byte), digits: 2)) is not UTF-8 here;"
            + " save the document as UTF-8")
      }
      length = sequence
    }
    if !isPrintable(bytes, at: index), let scalar = scalar(in: bytes, at: index) {
      throw SyntaxFault(
        .encoding, at: SourcePosition(line: line, column: column),
        "\(quoted(scalar)) may stand in a document only as an escape in double quotes")
    }
    if column == 1, byte == UInt8(ascii: "%") {
      directivesLeft -= 1
      guard directivesLeft >= 0 else {
        throw SyntaxFault(
          .tooLarge, at: SourcePosition(line: line, column: 1),
          "at most 16 lines of a document may begin with %")
      }
    }
    index += length
    let endsLine =
      byte == UInt8(ascii: "\n")
      || byte == UInt8(ascii: "\r") && !(index < bytes.count && bytes[index] == 0x0A)
    (line, column) = endsLine ? (line + 1, 1) : (line, column + 1)
  }
  return bytes[start...]
}

/// Whether the scalar that begins at an index is one that YAML 1.2 allows.
private func isPrintable(_ bytes: [UInt8], at index: Int) -> Bool {
  let byte = bytes[index]
  switch byte {
  case 0x20...0x7E, 0x09, 0x0A, 0x0D: return true
  case ..<0x80: return false
  case 0xC2: return bytes[index + 1] == 0x85 || bytes[index + 1] >= 0xA0
  case 0xEF:
    let rest = (bytes[index + 1], bytes[index + 2])
    return rest != (0xBB, 0xBF) && rest != (0xBF, 0xBE) && rest != (0xBF, 0xBF)
  default: return true
  }
}
