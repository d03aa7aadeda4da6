public import LabCore

/// How a matrix is written, row by row.
public protocol MatrixLayout: Sendable {
  /// How many rows there are.
  var rowCount: Int { get }
  /// What stands before the rows.
  var opening: [UInt8] { get }
  /// What stands behind the rows.
  var closing: [UInt8] { get }
  /// Writes a row, by its index.
  func appendRow(_ row: Int, to bytes: inout [UInt8])
}

/// An answer with a matrix in it, in pieces of some 64 KiB.
///
/// A matrix of 1,000 VMs is ten megabytes of text; one row of it is ten kilobytes.
public struct MatrixPieces<Layout: MatrixLayout>: Sequence, IteratorProtocol {
  private static var pieceSize: Int { 64 * 1024 }

  private let layout: Layout
  private var nextRow = 0
  private var isBegun = false
  private var isEnded = false

  /// The pieces of a text.
  public init(_ layout: Layout) {
    self.layout = layout
  }

  /// The next piece; nil at the end.
  public mutating func next() -> [UInt8]? {
    guard !isEnded else { return nil }
    var piece = isBegun ? [] : layout.opening
    isBegun = true
    while nextRow < layout.rowCount, piece.count < Self.pieceSize {
      layout.appendRow(nextRow, to: &piece)
      nextRow += 1
    }
    if nextRow == layout.rowCount {
      piece.append(contentsOf: layout.closing)
      isEnded = true
    }
    return piece
  }
}

extension MatrixLayout {
  /// The whole text.
  public var bytes: [UInt8] {
    var bytes: [UInt8] = []
    for piece in MatrixPieces(self) { bytes.append(contentsOf: piece) }
    return bytes
  }
}

/// By raw value of `Outcome`: its name as ASCII.
let outcomeNames: [[UInt8]] = {
  var names = [[UInt8]](repeating: [], count: 256)
  for outcome in Outcome.allCases { names[Int(outcome.rawValue)] = Array(outcome.name.utf8) }
  return names
}()
