/// A text that is ready for the YAML parser: UTF-8, with printable characters alone, and with
/// another character in place of each asterisk.
///
/// The parser follows aliases without bound, and hashes keys made of them. With `mark` in place of
/// `*` it sees a plain scalar where the document has an alias, and `YAMLComposer` follows it
/// instead. The two characters are one column each, so places stay as they are.
struct YAMLSource {
  /// What the parser reads.
  let text: String
  /// Stands where the document has an asterisk: a character of the private use area that the
  /// document does not use.
  let mark: Unicode.Scalar

  init(_ bytes: [UInt8]) throws(SyntaxFault) {
    let text = try Self.validate(bytes)
    var used: Set<Unicode.Scalar> = []
    for scalar in text.unicodeScalars where Self.privateUse.contains(scalar.value) {
      used.insert(scalar)
    }
    let free = Self.privateUse.lazy.compactMap(Unicode.Scalar.init).first { !used.contains($0) }
    guard let free else {
      throw SyntaxFault(
        .unsupported, at: .start, "the document uses every character of the private use area")
    }
    mark = free
    guard text.utf8.contains(UInt8(ascii: "*")) else {
      self.text = text
      return
    }
    var marked = String.UnicodeScalarView()
    marked.append(contentsOf: text.unicodeScalars.lazy.map { $0 == "*" ? free : $0 })
    self.text = String(marked)
  }

  private static let privateUse: ClosedRange<UInt32> = 0xE000...0xF8FF

  /// A text of the parser as the document has it.
  func restore(_ text: String) -> String {
    guard text.unicodeScalars.contains(mark) else { return text }
    var restored = String.UnicodeScalarView()
    restored.append(contentsOf: text.unicodeScalars.lazy.map { $0 == mark ? "*" : $0 })
    return String(restored)
  }

  /// The text without a byte order mark; a fault where it is not UTF-8, and at characters that
  /// YAML 1.2 does not allow (section 5.1) — the parser would end the text at a zero byte.
  private static func validate(_ bytes: [UInt8]) throws(SyntaxFault) -> String {
    let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
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
      index += length
      let endsLine =
        byte == UInt8(ascii: "\n")
        || byte == UInt8(ascii: "\r") && !(index < bytes.count && bytes[index] == 0x0A)
      (line, column) = endsLine ? (line + 1, 1) : (line, column + 1)
    }
    return String(decoding: bytes[start...], as: UTF8.self)
  }

  /// Whether the scalar that begins at an index is one that YAML 1.2 allows.
  private static func isPrintable(_ bytes: [UInt8], at index: Int) -> Bool {
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
}
