import LabCore
import LabFormats

/// The answer of `GET …/connectivity`.
struct ConnectivityPayload: MatrixLayout {
  let lab: Lab
  /// Nil for a lab that is not stored, written as `null`.
  let revision: Int?
  let matrix: ConnectivityMatrix

  var rowCount: Int { matrix.endpoints.count }

  var opening: [UInt8] {
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

  func appendRow(_ row: Int, to bytes: inout [UInt8]) {
    var separator: StaticString = row == 0 ? "[\"" : ",[\""
    for cell in matrix.row(row) {
      separator.withUTF8Buffer { bytes.append(contentsOf: $0) }
      bytes.append(contentsOf: outcomeNames[Int(cell)])
      separator = "\",\""
    }
    bytes.append(contentsOf: "\"]".utf8)
  }

  var closing: [UInt8] { tail + [UInt8(ascii: "\n")] }

  /// What stands behind the rows, without the line break at the end of an answer.
  var tail: [UInt8] {
    let summary = matrix.summary
    let text = #"],"summary":{"reachable":\#(summary.reachable),"blocked":\#(summary.blocked)}}"#
    return Array(text.utf8)
  }
}
