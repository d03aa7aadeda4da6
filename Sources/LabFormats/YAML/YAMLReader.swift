import CYAMLLimits
import Yams

/// Reads YAML 1.2 documents by the core schema, as far as JSON can say the same.
///
/// So `no`, `on` and `22:22` are strings; `true`, `~`, `0x1F` and `1e3` are what they look like.
/// Refused are keys that stand twice, keys that are no text, merge keys (`<<`), tags beyond the
/// core schema, infinities and NaN, several documents in one text, and more than
/// `documentNestingLimit` levels. Aliases are followed up to `expansionLimit`.
public enum YAMLReader {
  /// How large a document may become by following its aliases: its values and keys and the bytes
  /// of their texts, counted together.
  public static let expansionLimit = 1_000_000

  /// The document that the bytes hold, with the place of every value and key.
  public static func read(_ bytes: [UInt8]) throws(SyntaxFaults) -> DocumentNode {
    var duplicates: [SyntaxFault] = []
    do throws(SyntaxFault) {
      return try read(YAMLSource(bytes), duplicates: &duplicates)
    } catch {
      throw SyntaxFaults(error, and: duplicates)
    }
  }

  /// Bounds what the parser takes, once. Its count is off by one or two from ours, and it does not
  /// count a list that is indented no further than its key.
  private static let boundNesting: Void = yaml_set_max_nest_level(Int32(documentNestingLimit + 2))

  private static func read(
    _ source: YAMLSource, duplicates: inout [SyntaxFault]
  ) throws(SyntaxFault) -> DocumentNode {
    let parser: Parser
    let root: Node?
    boundNesting
    do {
      parser = try Parser(yaml: source.text, resolver: .basic, encoding: .utf8)
      root = try parser.singleRoot()
    } catch {
      throw fault(of: error, in: source)
    }
    // Nodes hold their anchors weakly; the parser holds them strongly.
    defer { withExtendedLifetime(parser) {} }
    guard let root else { throw SyntaxFault(.syntax, at: .start, "the document is empty") }
    var composer = YAMLComposer(source: source)
    defer { duplicates = Array(composer.duplicates.dropFirst()) }
    let document = try composer.compose(root, depth: 0).node
    if let first = composer.duplicates.first { throw first }
    return document
  }
}
