public import LabCore
public import LabFormats

/// The answer of `GET …/connectivity`.
public struct ConnectivityPayload: MatrixLayout {
  private let lab: Lab
  /// Nil for a lab that is not stored, written as `null`.
  private let revision: Int?
  private let matrix: ConnectivityMatrix

  /// The answer for a lab's matrix.
  ///
  /// - Parameter revision: nil for a lab that is not stored.
  public init(lab: Lab, revision: Int?, matrix: ConnectivityMatrix) {
    self.lab = lab
    self.revision = revision
    self.matrix = matrix
  }

  /// How many rows there are.
  public var rowCount: Int { matrix.endpoints.count }

  /// What stands before the rows.
  public var opening: [UInt8] {
    var writer = JSONWriter()
    writer.beginObject()
    writer.member("lab", lab.name.text)
    writer.member("revision", revision)
    writer.member("protocol", matrix.query.transport.rawValue)
    writer.member("port", matrix.query.port)
    writer.member("family", matrix.query.family.rawValue)
    writer.member("endpoints", array: matrix.endpoints) { $0.string(lab.name(of: $1)) }
    writer.key("matrix")
    writer.beginArray()
    return writer.bytes
  }

  /// Writes a row, by its index.
  public func appendRow(_ row: Int, to bytes: inout [UInt8]) {
    var separator: StaticString = row == 0 ? "[\"" : ",[\""
    for cell in matrix.row(row) {
      separator.withUTF8Buffer { bytes.append(contentsOf: $0) }
      bytes.append(contentsOf: outcomeNames[Int(cell)])
      separator = "\",\""
    }
    bytes.append(contentsOf: "\"]".utf8)
  }

  /// What stands behind the rows.
  public var closing: [UInt8] { tail + [UInt8(ascii: "\n")] }

  /// What stands behind the rows, without the line break at the end of an answer.
  var tail: [UInt8] {
    let summary = matrix.summary
    let text = #"],"summary":{"reachable":\#(summary.reachable),"blocked":\#(summary.blocked)}"#
    return Array(text.utf8) + depends + [UInt8(ascii: "}")]
  }

  /// The pairs that are doubtful, where there are any.
  private var depends: [UInt8] {
    guard !matrix.doubts.isEmpty else { return [] }
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("depends", array: matrix.doubts) { writer, doubt in
        writer.object { writer in
          writer.member("from", lab.name(of: doubt.source))
          writer.member("to", lab.name(of: doubt.target))
          writer.member("reason", doubt.reason)
        }
      }
    }
    return [UInt8(ascii: ",")] + writer.bytes.dropFirst().dropLast()
  }
}
