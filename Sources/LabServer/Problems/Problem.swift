import HTTPServer
import LabAnswers
import LabCore
import LabFormats

/// Why a request was not carried out: problem details for HTTP (RFC 9457).
struct Problem: Error {
  /// One of the faults.
  struct Item: Hashable {
    /// Where in the document sent, as a JSON Pointer; empty for the whole of it and for faults
    /// that are not in a document.
    var pointer = ""
    /// What kind of fault.
    let code: FaultCode
    /// The sentence for a person.
    let detail: String
    /// Where in the text of the document, where that is known.
    var position: SourcePosition?
    /// The query parameter or header field at fault, where one is.
    var parameter: String?
  }

  let code: ProblemCode
  let status: Status
  let detail: String
  let items: [Item]
  /// How many addresses are left, where too many were asked for.
  var left: UInt128?
  /// Why the lab could not run, where that is the problem.
  var findings: [Finding] = []
  var headers = Headers()
  /// What the log is told and the client is not.
  var cause: (any Error)?

  init(_ code: ProblemCode, status: Status? = nil, _ detail: String, items: [Item] = []) {
    self.code = code
    self.status = status ?? code.status
    self.detail = detail
    self.items = items
  }

  /// The answer to a request.
  func response(to request: RequestID) -> Response {
    var headers = headers
    headers.set(.contentType, MediaType.problem.rawValue)
    headers.set(.cacheControl, "no-store")
    return Response(status: status, headers: headers, body: .bytes(body(request)))
  }

  private func body(_ request: RequestID) -> [UInt8] {
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("type", "about:blank")
      writer.member("title", status.reason)
      writer.member("status", status.code)
      writer.member("detail", detail.withoutSecrets)
      writer.member("code", code.rawValue)
      if let left { writer.member("left", min(left, largestSafeInteger)) }
      writer.member("request_id", request.text)
      if !findings.isEmpty {
        let most = AnswerBounds.elements
        writer.member("findings", array: findings.prefix(most)) { $0.finding($1) }
      }
      let left = writer.member("errors", firstOf: items) { writer, item in
        writer.object { $0.members(of: item) }
      }
      writer.more(["errors": left])
    }
    return writer.bytes + [UInt8(ascii: "\n")]
  }
}

extension JSONWriter {
  fileprivate mutating func members(of item: Problem.Item) {
    member("pointer", item.pointer)
    member("code", item.code.text)
    member("detail", item.detail.withoutSecrets)
    if let parameter = item.parameter { member("parameter", parameter.withoutSecrets) }
    if let position = item.position {
      member("line", position.line)
      member("column", position.column)
    }
  }
}
