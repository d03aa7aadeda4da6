import LabCore

/// Reads JSON strictly (RFC 8259).
///
/// Beyond the grammar it refuses what the RFC leaves open and readers disagree about: a byte order
/// mark, a key that stands twice in one object, escapes that are half of a surrogate pair, more
/// than `documentNestingLimit` levels, more than `documentValueLimit` values, and exponents of more
/// than nine digits.
public enum JSONReader {
  /// The document that the bytes hold, with the place of every value and key.
  ///
  /// Every key that stands twice is reported, up to `FaultLog.limit` of them, and beside them the
  /// first fault of the grammar.
  public static func read(_ bytes: [UInt8]) throws(SyntaxFaults) -> DocumentNode {
    var scanner = JSONScanner(bytes)
    do throws(SyntaxFault) {
      let root = try scanner.readDocument()
      guard let first = scanner.duplicates.first else { return root }
      throw first
    } catch {
      throw SyntaxFaults(error, and: scanner.duplicates.filter { $0 != error })
    }
  }
}

/// The reader's place in the bytes.
struct JSONScanner {
  let bytes: [UInt8]
  var index = 0
  /// Counted from 1.
  private var line = 1
  /// Where the line of `index` begins.
  private var lineStart = 0
  /// UTF-8 continuation bytes between `lineStart` and `index`: they are no columns.
  var continuationBytes = 0
  private var depth = 0
  private var valueCount = 0
  /// Keys that stand twice, in the order they were met.
  private(set) var duplicates: [SyntaxFault] = []

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// The place of `index`.
  var position: SourcePosition { position(of: index) }

  /// The place of an index on the line of `index`, with nothing but ASCII between the two.
  func position(of other: Int) -> SourcePosition {
    SourcePosition(line: line, column: other - lineStart - continuationBytes + 1)
  }

  /// The byte at `index`; nil at the end.
  var current: UInt8? { index < bytes.count ? bytes[index] : nil }

  mutating func readDocument() throws(SyntaxFault) -> DocumentNode {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
      throw SyntaxFault(
        .encoding, at: .start,
        "the document begins with a byte order mark; save it as UTF-8 without one")
    }
    skipWhitespace()
    guard current != nil else { throw SyntaxFault(.syntax, at: position, "the document is empty") }
    let root = try readValue()
    skipWhitespace()
    guard current == nil else {
      throw SyntaxFault(
        .syntax, at: position,
        "the document is complete before this; remove what follows, beginning with \(found)")
    }
    return root
  }

  mutating func skipWhitespace() {
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: " "), UInt8(ascii: "\t"):
        index += 1
      case UInt8(ascii: "\n"):
        index += 1
        beginLine()
      case UInt8(ascii: "\r"):
        index += 1
        if current != UInt8(ascii: "\n") { beginLine() }
      default:
        return
      }
    }
  }

  private mutating func beginLine() {
    line += 1
    lineStart = index
    continuationBytes = 0
  }

  private mutating func readValue() throws(SyntaxFault) -> DocumentNode {
    let start = position
    valueCount += 1
    guard valueCount <= documentValueLimit else { throw .tooManyValues(at: start) }
    switch current {
    case UInt8(ascii: "\""):
      return DocumentNode(.string(try readString()), at: start)
    case UInt8(ascii: "{"):
      return DocumentNode(.object(try readObject(from: start)), at: start)
    case UInt8(ascii: "["):
      return DocumentNode(.array(try readArray(from: start)), at: start)
    case UInt8(ascii: "t"):
      return DocumentNode(.bool(try readWord("true", as: true)), at: start)
    case UInt8(ascii: "f"):
      return DocumentNode(.bool(try readWord("false", as: false)), at: start)
    case UInt8(ascii: "n"):
      return DocumentNode(try readWord("null", as: .null), at: start)
    case let byte? where byte == UInt8(ascii: "-") || isDigit(byte):
      return DocumentNode(.number(try readNumber()), at: start)
    default:
      throw unexpectedValue()
    }
  }

  private mutating func readWord<Result>(
    _ word: StaticString, as result: Result
  ) throws(SyntaxFault) -> Result {
    let end = index + word.utf8CodeUnitCount
    let matches = word.withUTF8Buffer { bytes[index...].starts(with: $0) }
    guard matches, end == bytes.count || !isWordByte(bytes[end]) else { throw unexpectedValue() }
    index = end
    return result
  }

  private mutating func enter(_ start: SourcePosition) throws(SyntaxFault) {
    depth += 1
    guard depth <= documentNestingLimit else {
      throw SyntaxFault(
        .tooDeep, at: start,
        "objects and arrays may be nested \(documentNestingLimit) levels deep, this is one more")
    }
    index += 1
    skipWhitespace()
  }

  private mutating func leave() {
    index += 1
    depth -= 1
  }

  private mutating func readArray(from start: SourcePosition) throws(SyntaxFault) -> [DocumentNode]
  {
    try enter(start)
    var elements: [DocumentNode] = []
    if current == UInt8(ascii: "]") {
      leave()
      return elements
    }
    elements.reserveCapacity(4)
    while true {
      elements.append(try readValue())
      skipWhitespace()
      guard current == UInt8(ascii: ",") else { break }
      let comma = position
      index += 1
      skipWhitespace()
      if current == UInt8(ascii: "]") { throw trailingComma(comma, before: "]") }
    }
    guard current == UInt8(ascii: "]") else { throw unclosed("array", "]", from: start) }
    leave()
    return elements
  }

  private mutating func readObject(
    from start: SourcePosition
  ) throws(SyntaxFault) -> [DocumentMember] {
    try enter(start)
    var members: [DocumentMember] = []
    var keys = KeySet()
    if current == UInt8(ascii: "}") {
      leave()
      return members
    }
    members.reserveCapacity(4)
    while true {
      let member = try readMember()
      if let first = keys.insert(member.key, at: members.count, among: members) {
        duplicates.append(.duplicateKey(member, first: members[first].keyPosition))
        guard duplicates.count < FaultLog.limit else { throw .tooManyFaults(at: position) }
      }
      members.append(member)
      skipWhitespace()
      guard current == UInt8(ascii: ",") else { break }
      let comma = position
      index += 1
      skipWhitespace()
      if current == UInt8(ascii: "}") { throw trailingComma(comma, before: "}") }
    }
    guard current == UInt8(ascii: "}") else { throw unclosed("object", "}", from: start) }
    leave()
    return members
  }

  private mutating func readMember() throws(SyntaxFault) -> DocumentMember {
    let start = position
    guard current == UInt8(ascii: "\"") else { throw unexpectedKey() }
    let key = try readString()
    skipWhitespace()
    guard current == UInt8(ascii: ":") else {
      throw SyntaxFault(
        .syntax, at: position,
        "after the key \"\(excerpt(key))\" there must be a colon, not \(found)")
    }
    index += 1
    skipWhitespace()
    return DocumentMember(key, at: start, try readValue())
  }
}
