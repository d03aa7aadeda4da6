@testable import HTTPServer

extension FuzzTarget {
  /// The same bytes give the same requests or the same failure, however they are split; and nothing
  /// that a handler relies on is ever otherwise.
  static let requests = FuzzTarget(
    name: "requests",
    words: [
      "\r\n", "\n", "\r", " ", "\t", ":", "GET", "POST", "HEAD", "OPTIONS", "/", "*", "?", "%2F",
      "%00", "%2e%2e", "..", "HTTP/1.1", "HTTP/1.0", "HTTP/2.0", "Host: a\r\n", "Host:",
      "Content-Length: 5\r\n", "Content-Length: 18446744073709551616\r\n",
      "Transfer-Encoding: chunked\r\n", "Expect: 100-continue\r\n", "Connection: close\r\n",
      "ffffffffffffffff\r\n", "0\r\n\r\n", "5\r\n", ";x=y", "http://a/", "\0", "\u{FF}", "+",
    ]
  ) { bytes in
    let whole = Parsed(bytes, pieces: bytes.count)
    for size in [1, 7] where Parsed(bytes, pieces: size) != whole {
      throw Broken("pieces of \(size) bytes give something else than the whole")
    }
    for request in whole.requests { try check(request) }
    return whole.requests.map(\.shape).joined(separator: " ")
      + (whole.failure.map { " \($0)" } ?? (whole.isBetween ? " between" : " within"))
  }

  private static func check(_ request: ParsedRequest) throws {
    for segment in request.path {
      guard segment != ".", segment != "..", !segment.utf8.contains(where: \.isControl) else {
        throw Broken("the path has the segment \(segment.debugDescription)")
      }
    }
    guard request.version == .http10 || request.hosts == 1 else {
      throw Broken("a request of HTTP/1.1 has \(request.hosts) Host fields")
    }
    guard request.bodyCount <= parserLimits.bodyBytes else { throw Broken("the body is too large") }
  }
}

private let parserLimits = ParserLimits(
  headBytes: 2048, fieldCount: 20, targetBytes: 256, bodyBytes: 1024)

private struct ParsedRequest: Equatable {
  let method: Method
  let path: [String]
  let query: [String]
  let version: Request.Version
  let headers: Headers
  let body: [UInt8]
  let keepsAlive: Bool

  var hosts: Int { headers.values(of: .host).count }
  var bodyCount: Int { body.count }
  var shape: String {
    "\(method.isOther)\(path.count)\(query.count)\(version)\(headers.count)\(min(body.count, 3))"
      + "\(keepsAlive)"
  }
}

extension Method {
  fileprivate var isOther: String { if case .other = self { "other" } else { description } }
}

private struct Parsed: Equatable {
  var requests: [ParsedRequest] = []
  var failure: ParseFailure?
  var isBetween = true

  init(_ bytes: [UInt8], pieces size: Int) {
    var parser = RequestParser(limits: parserLimits)
    var start = 0
    do throws(ParseFailure) {
      while start < bytes.count {
        let end = min(bytes.count, start + max(1, size))
        let step = try parser.consume(bytes.span.extracting(start..<end))
        start += step.consumed
        guard let request = step.request else { continue }
        requests.append(
          ParsedRequest(
            method: request.method, path: request.path,
            query: request.query.items.map { "\($0.name)=\($0.value)" }, version: request.version,
            headers: request.headers, body: request.body, keepsAlive: step.keepsAlive))
      }
    } catch {
      failure = error
    }
    isBetween = parser.isBetweenRequests
  }
}
