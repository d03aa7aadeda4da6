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
    let words = outcomeWords
    bytes.append(contentsOf: row == 0 ? "[".utf8 : ",[".utf8)
    var rest = matrix.row(row)
    while let cell = rest.first {
      // Most cells are as the one before.
      let count = rest.prefix(wordsAtOnce).prefix { $0 == cell }.count
      let word = words[Int(cell)]
      bytes.append(contentsOf: word.prefix(count * word.count / wordsAtOnce))
      rest = rest.dropFirst(count)
    }
    bytes[bytes.count - 1] = UInt8(ascii: "]")
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

/// By raw value of `Outcome`: its name as JSON with a comma behind it, `wordsAtOnce` times.
private let outcomeWords: [[UInt8]] = outcomeNames.map { name in
  let word = [UInt8(ascii: "\"")] + name + [UInt8(ascii: "\""), UInt8(ascii: ",")]
  return Array(repeatElement(word, count: wordsAtOnce).joined())
}

private let wordsAtOnce = 64
