import HTTPServer
import LabAnswers

extension MatrixLayout {
  /// The text as a body. Where nobody asks for the rows, those of a large matrix are not written.
  func body(withRows areWanted: Bool) -> Response.Body {
    guard !areWanted, rowCount > mostRowsInMemory else { return body }
    // Not as bytes: those are kept for others, who may want the rows.
    var text: [UInt8]? = opening + closing
    return .stream(
      BodyStream {
        defer { text = nil }
        return text
      })
  }

  /// The text as a body: in memory where it is small enough to be kept, and else made while it is
  /// sent.
  var body: Response.Body {
    var pieces = MatrixPieces(self)
    var beginning: [UInt8] = []
    while beginning.count <= largestTextInMemory {
      guard let piece = pieces.next() else { return .bytes(beginning) }
      beginning.append(contentsOf: piece)
    }
    var first: [UInt8]? = beginning
    return .stream(
      BodyStream {
        defer { first = nil }
        return first ?? pieces.next()
      })
  }
}

/// Bytes of a matrix beyond which it is made while it is sent: some 320 VMs.
private let largestTextInMemory = 1 << 20
/// A matrix of more rows has more bytes than that, whatever its cells are: a cell has seven or more.
private let mostRowsInMemory = 400
