/// A table in plain text: columns aligned, two spaces apart, nothing at the ends of lines.
public struct TextTable: Sendable {
  /// On which side of a column its cells stand.
  public enum Alignment: Sendable {
    case left, right
  }

  private var alignments: [Alignment]
  private var rows: [[String]]

  /// A table with the given headings, left-aligned where nothing else is said.
  public init(_ headings: [String], alignments: [Alignment] = []) {
    self.alignments = alignments
    rows = [headings]
  }

  /// Adds a row; missing cells are empty.
  public mutating func append(_ row: [String]) {
    rows.append(row)
  }

  /// The table, each row on a line.
  ///
  /// Control characters in cells, line breaks among them, are shown as spaces.
  public var text: String {
    let cells = rows.map { $0.map(printable) }
    var widths: [Int] = []
    for row in cells {
      for (column, cell) in row.enumerated() {
        if column == widths.count { widths.append(0) }
        widths[column] = max(widths[column], cell.count)
      }
    }
    return cells.map { line($0, widths: widths) + "\n" }.joined()
  }

  private func line(_ row: [String], widths: [Int]) -> String {
    var line = ""
    for (column, cell) in row.enumerated() {
      let padding = String(repeating: " ", count: widths[column] - cell.count)
      let isRight = column < alignments.count && alignments[column] == .right
      line += (column > 0 ? "  " : "") + (isRight ? padding + cell : cell + padding)
    }
    return String(line.reversed().drop { $0 == " " }.reversed())
  }

  private func printable(_ cell: String) -> String {
    String(
      String.UnicodeScalarView(
        cell.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : $0 }))
  }
}
