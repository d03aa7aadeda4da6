/// Reads YAML 1.2 documents by the core schema, as far as JSON can say the same.
///
/// So `no`, `on` and `22:22` are strings; `true`, `~`, `0x1F` and `1e3` are what they look like.
/// Refused are keys that stand twice, keys that are no text, merge keys (`<<`), tags beyond the
/// core schema, infinities and NaN, several documents in one text, more than
/// `documentNestingLimit` levels and more than `documentValueLimit` values. Aliases are followed up
/// to `expansionLimit`.
public enum YAMLReader {
  /// How large a document may become by following its aliases: its values and keys and the bytes
  /// of their texts, counted together.
  public static let expansionLimit = 1_000_000

  /// The document that the bytes hold, with the place of every value and key.
  ///
  /// Every key that stands twice is reported, up to `FaultLog.limit` of them, and beside them the
  /// first other fault.
  public static func read(_ bytes: [UInt8]) throws(SyntaxFaults) -> DocumentNode {
    var duplicates: [SyntaxFault] = []
    do throws(SyntaxFault) {
      let text = try yamlText(bytes)
      guard !text.isEmpty else { throw .emptyDocument }
      return try text.withUnsafeBufferPointer { text throws(SyntaxFault) in
        var composer = YAMLComposer(events: try YAMLEvents(of: text), text: text)
        defer { duplicates = composer.duplicates }
        return try composer.composeDocument()
      }
    } catch {
      throw SyntaxFaults(error, and: duplicates.filter { $0 != error })
    }
  }
}
