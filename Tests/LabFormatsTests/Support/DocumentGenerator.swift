import LabFormats
import TestSupport

/// Random documents, without places.
struct DocumentGenerator {
  var random: SeededGenerator

  init(seed: UInt64) {
    random = SeededGenerator(seed: seed)
  }

  mutating func document(depth: Int = 4) -> DocumentNode {
    switch Int.random(in: 0..<(depth > 0 ? 8 : 5), using: &random) {
    case 0: DocumentNode(.null)
    case 1: DocumentNode(.bool(Bool.random(using: &random)))
    case 2, 3: DocumentNode(.number(number()))
    case 4: DocumentNode(.string(text()))
    case 5: DocumentNode(.array(elements(depth: depth - 1)))
    default: object(depth: depth - 1)
    }
  }

  private mutating func elements(depth: Int) -> [DocumentNode] {
    (0..<Int.random(in: 0...5, using: &random)).map { _ in document(depth: depth) }
  }

  mutating func object(depth: Int) -> DocumentNode {
    var members: [DocumentMember] = []
    for _ in 0..<Int.random(in: 0...5, using: &random) {
      let key = text()
      guard !members.contains(where: { $0.key == key }) else { continue }
      members.append(DocumentMember(key, document(depth: depth)))
    }
    return DocumentNode(.object(members))
  }

  private mutating func number() -> DocumentNumber {
    switch Int.random(in: 0..<4, using: &random) {
    case 0: .integer([Int64.min, .max, 0, -1].randomElement(using: &random) ?? 0)
    case 1: .integer(Int64.random(in: -1000...1000, using: &random))
    default:
      DocumentNumber(
        ["-0", "1.5", "1e3", "-2.50E-7", "9223372036854775808", "0.1"]
          .randomElement(using: &random) ?? "") ?? .integer(7)
    }
  }

  /// A text from pieces that are hard for one format or the other. U+FEFF is not among them:
  /// Foundation drops it at the beginning of a string.
  mutating func text() -> String {
    let pieces = [
      "a", "b", "name", "0", "no", "true", "null", "~", "1e3", "0x1F", " ", "  ", "\n", "\t", "\r",
      "\"", "'", "\\", "/", ":", ": ", " #", "- ", "? ", "|", ">", "&x", "*x", "!t", "%", "@", "`",
      "{", "}", "[", "]", ",", "é", "e\u{301}", "日本", "🧪", "\u{7F}", "\u{85}", "\u{2028}", "\u{1}",
      "\u{FFFF}", "\u{E000}", "<<", "=", "---", "...", ".inf", "2024-01-02", "22:22",
    ]
    return (0..<Int.random(in: 0...4, using: &random))
      .map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
  }
}
