import HTTPServer
import LabAnswers

extension MatrixLayout {
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
