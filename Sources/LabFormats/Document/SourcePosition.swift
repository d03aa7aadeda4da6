/// A place in a text: line and column, both counted from 1.
///
/// Columns count Unicode scalars, as YAML marks and most editors do, not bytes. A line ends at LF,
/// CR LF or a CR alone.
public struct SourcePosition: Hashable, Comparable, Sendable, CustomStringConvertible {
  private let storedLine: UInt32
  private let storedColumn: UInt32

  /// Counted from 1.
  public var line: Int { Int(storedLine) }
  /// Counted from 1, in Unicode scalars.
  public var column: Int { Int(storedColumn) }

  /// Where every text begins.
  public static let start = SourcePosition(line: 1, column: 1)

  /// A place; numbers outside 1…2³²−1 are taken to the nearest end.
  public init(line: Int, column: Int) {
    storedLine = UInt32(clamping: max(line, 1))
    storedColumn = UInt32(clamping: max(column, 1))
  }

  /// The place in words: `line 3, column 5`.
  public var description: String { "line \(line), column \(column)" }

  /// By order in the text.
  public static func < (left: SourcePosition, right: SourcePosition) -> Bool {
    (left.storedLine, left.storedColumn) < (right.storedLine, right.storedColumn)
  }
}
