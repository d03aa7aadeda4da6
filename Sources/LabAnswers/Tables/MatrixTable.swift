public import LabCore

/// The matrix as an aligned table: a line for each source, a column for each target. Doubtful cells
/// end in a question mark.
public struct MatrixTable: MatrixLayout {
  private static let corner = "from \\ to"

  private let matrix: ConnectivityMatrix
  private let names: [String]
  private let doubtful: DoubtfulCells
  /// The first column's, then each target's.
  private let widths: [Int]
  /// The targets that have a column.
  private let columns: Range<Int>

  private init(_ whole: MatrixTable, columns: Range<Int>) {
    matrix = whole.matrix
    names = whole.names
    doubtful = whole.doubtful
    widths = whole.widths
    self.columns = columns
  }

  /// The table in parts, each with every source and as many targets as lines of a length take; at
  /// least one.
  ///
  /// - Parameter length: the most characters of a line.
  static func tables(
    _ matrix: ConnectivityMatrix, of lab: Lab, atMost length: Int
  ) -> [MatrixTable] {
    let whole = MatrixTable(matrix, of: lab)
    var tables: [MatrixTable] = []
    var (start, used) = (0, whole.widths[0])
    for column in whole.names.indices {
      let width = whole.widths[column + 1] + 2
      if used + width > length, column > start {
        tables.append(MatrixTable(whole, columns: start..<column))
        (start, used) = (column, whole.widths[0])
      }
      used += width
    }
    return tables + [MatrixTable(whole, columns: start..<whole.names.count)]
  }

  /// The table of a lab's matrix.
  public init(_ matrix: ConnectivityMatrix, of lab: Lab) {
    self.matrix = matrix
    doubtful = DoubtfulCells(matrix)
    names = matrix.endpoints.map(lab.name(of:))
    var widths = names.map(\.utf8.count)
    let first = max(Self.corner.utf8.count, widths.max() ?? 0)
    for row in names.indices {
      for (column, cell) in matrix.row(row).enumerated() {
        let mark = doubtful.contains(row, column) ? 1 : 0
        widths[column] = max(widths[column], outcomeNames[Int(cell)].count + mark)
      }
    }
    self.widths = [first] + widths
    columns = names.indices
  }

  /// How many rows there are.
  public var rowCount: Int { names.count }

  /// What stands before the rows.
  public var opening: [UInt8] {
    var bytes: [UInt8] = []
    append([Self.corner.utf8.map { $0 }] + names[columns].map { Array($0.utf8) }, to: &bytes)
    return bytes
  }

  /// Writes a row, by its index.
  public func appendRow(_ row: Int, to bytes: inout [UInt8]) {
    let cells = matrix.row(row).enumerated().filter { columns.contains($0.offset) }
      .map { outcomeNames[Int($1)] + doubtful.mark(row, $0) }
    append([Array(names[row].utf8)] + cells, to: &bytes)
  }

  /// What stands behind the rows.
  public var closing: [UInt8] { [] }

  private func append(_ cells: [[UInt8]], to bytes: inout [UInt8]) {
    for (column, cell) in cells.enumerated() {
      bytes.append(contentsOf: cell)
      guard column < cells.count - 1 else { break }
      let width = column == 0 ? widths[0] : widths[columns.lowerBound + column]
      let padding = width - cell.count + 2
      bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: padding))
    }
    bytes.append(UInt8(ascii: "\n"))
  }
}

/// The matrix as comma-separated values (RFC 4180): a header of the targets, then a line for each
/// source. Names and outcomes hold no commas and need no quotes; doubtful cells end in a question
/// mark.
public struct MatrixCSV: MatrixLayout {
  private let matrix: ConnectivityMatrix
  private let doubtful: DoubtfulCells
  private let lab: Lab

  /// The values of a lab's matrix.
  public init(matrix: ConnectivityMatrix, lab: Lab) {
    self.matrix = matrix
    self.lab = lab
    doubtful = DoubtfulCells(matrix)
  }

  /// How many rows there are.
  public var rowCount: Int { matrix.endpoints.count }

  /// What stands before the rows.
  public var opening: [UInt8] {
    Array((["from"] + matrix.endpoints.map(lab.name(of:))).joined(separator: ",").utf8) + lineEnd
  }

  /// Writes a row, by its index.
  public func appendRow(_ row: Int, to bytes: inout [UInt8]) {
    bytes.append(contentsOf: lab.name(of: matrix.endpoints[row]).utf8)
    for (column, cell) in matrix.row(row).enumerated() {
      bytes.append(UInt8(ascii: ","))
      bytes.append(contentsOf: outcomeNames[Int(cell)])
      bytes.append(contentsOf: doubtful.mark(row, column))
    }
    bytes.append(contentsOf: lineEnd)
  }

  /// What stands behind the rows.
  public var closing: [UInt8] { [] }

  private var lineEnd: [UInt8] { [0x0D, 0x0A] }
}

/// Which cells of a matrix are doubtful.
private struct DoubtfulCells {
  private let places: Set<Int>
  private let count: Int

  init(_ matrix: ConnectivityMatrix) {
    count = matrix.endpoints.count
    guard !matrix.doubts.isEmpty else {
      places = []
      return
    }
    let position = Dictionary(
      uniqueKeysWithValues: matrix.endpoints.enumerated().map { ($0.element, $0.offset) })
    let count = count
    places = Set(
      matrix.doubts.compactMap { doubt in
        guard let row = position[doubt.source], let column = position[doubt.target] else {
          return nil
        }
        return row * count + column
      })
  }

  func contains(_ row: Int, _ column: Int) -> Bool {
    !places.isEmpty && places.contains(row * count + column)
  }

  func mark(_ row: Int, _ column: Int) -> [UInt8] {
    contains(row, column) ? [UInt8(ascii: "?")] : []
  }
}
