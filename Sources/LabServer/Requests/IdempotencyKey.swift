import HTTPServer
import LabCore
import LabStorage

extension Call {
  /// What carries the request out once, however often it is sent; nil where it has no key.
  ///
  /// The key is a text in quotes, as draft-ietf-httpapi-idempotency-key-header has it, or the same
  /// without them, as many services have it.
  func idempotentRequest() throws(Problem) -> IdempotentRequest? {
    guard let text = HeaderName.idempotencyKey.flatMap({ request.headers[$0] }) else { return nil }
    let isQuoted = text.count > 1 && text.first == "\"" && text.last == "\""
    let key = isQuoted ? String(text.dropFirst().dropLast()) : text
    guard (1...255).contains(key.utf8.count), key.utf8.allSatisfy({ (33...126).contains($0) }),
      !key.contains("\"")
    else {
      throw Problem(
        .invalidHeader,
        "Idempotency-Key is 1 to 255 visible ASCII characters, such as a UUID, in quotes or not.",
        items: [
          Problem.Item(
            code: .invalidValue, detail: "This was sent: \(excerpt(text))",
            parameter: "Idempotency-Key")
        ])
    }
    let content = [request.headers[.contentType] ?? "", request.headers[.accept] ?? ""]
      .joined(separator: "\0")
    return IdempotentRequest(
      key: key, operation: "\(request.method) \(request.target)", token: caller.token,
      content: Array(content.utf8) + [0] + request.body)
  }
}

extension RecordedAnswer {
  /// The header fields that answers to writes have.
  private static var fields: [(String, HeaderName)] {
    [
      ("Content-Type", .contentType), ("ETag", .etag), ("Location", .location),
      ("Vary", .vary), ("Cache-Control", .cacheControl),
    ]
  }

  /// An answer to be given again; nil for one whose body is no text in memory.
  init?(_ response: Response) {
    let text: String
    switch response.body {
    case .bytes(let bytes): text = String(decoding: bytes, as: UTF8.self)
    case .none: text = ""
    default: return nil
    }
    let lines = Self.fields.compactMap { name, field in
      response.headers[field].map { "\(name): \($0)" }
    }
    self.init(
      status: Int(response.status.code), headers: lines.joined(separator: "\n"), body: text)
  }
}

extension Response {
  /// An answer that was given before, and says so.
  init(repeating answer: RecordedAnswer) {
    var headers = Headers()
    for line in answer.headers.split(separator: "\n") {
      let parts = line.split(separator: ":", maxSplits: 1)
      guard parts.count == 2, let name = HeaderName(String(parts[0])) else { continue }
      headers.append(name, String(parts[1].drop { $0 == " " }))
    }
    if let replayed = HeaderName("Idempotent-Replayed") { headers.append(replayed, "true") }
    self.init(
      status: Status(code: answer.status) ?? .ok, headers: headers,
      body: answer.body.isEmpty ? .none : .bytes(Array(answer.body.utf8)))
  }
}

extension HeaderName {
  fileprivate static var idempotencyKey: HeaderName? { HeaderName("Idempotency-Key") }
}

extension Problem {
  /// The request's key was used for another one.
  static var keyInUse: Problem {
    Problem(
      .idempotencyKeyInUse,
      "The Idempotency-Key was used for another request; nothing was done. Take a new key for a"
        + " new request.")
  }
}
