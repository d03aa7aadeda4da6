extension Step {
  /// Sends gzip to clients that take it (RFC 9110, section 8.4.1.3), where the body is text and long
  /// enough for it to be worth the time.
  ///
  /// What is encoded is another representation, so its entity tag is another one too: `"3-gzip"` for
  /// `"3"`. Handlers see the tags that they gave, and never these.
  public static var compression: Step {
    Step { request, rest in
      let plain = request.withoutEncodedTags
      let hadEncodedTag = request.headers[.ifNoneMatch]?.contains(tagEnding) ?? false
      var response = rest(plain)
      let isNews = response.status != .notModified
      guard isNews ? response.isWorthEncoding : response.headers.contains(.etag) else {
        return response
      }
      response.headers.append(.vary, "Accept-Encoding")
      guard isNews || hadEncodedTag, takesGzip(request.headers[.acceptEncoding]) else {
        return response
      }
      if isNews {
        guard let body = try? encoded(response) else { return response }
        response.body = body
        response.headers.append(.contentEncoding, "gzip")
      }
      if let tag = response.headers[.etag] {
        response.headers.set(.etag, tag.dropLast() + tagEnding)
      }
      return response
    }
  }
}

/// How the tag of an encoded representation ends.
private let tagEnding = "-gzip\""

/// Shorter bodies fit into a packet anyway.
private let leastBytes = 1024

private let textualTypes = [
  "text/", "application/json", "application/yaml", "application/problem+json", "image/svg+xml",
]

extension Request {
  /// The request with the tags of plain representations for those of encoded ones, as
  /// ``Step/compression`` hands it on.
  public var withoutEncodedTags: Request {
    guard headers.contains(.ifNoneMatch) || headers.contains(.ifMatch) else { return self }
    var request = self
    request.takeEncodedTags(from: .ifNoneMatch)
    request.takeEncodedTags(from: .ifMatch)
    return request
  }

  /// Replaces the tags of encoded representations with those of the plain ones.
  private mutating func takeEncodedTags(from field: HeaderName) {
    guard let text = headers[field], text.contains(tagEnding) else { return }
    headers.set(
      field,
      text.split(separator: tagEnding, omittingEmptySubsequences: false)
        .joined(separator: "\""))
  }
}

extension Response {
  /// Whether ``Step/compression`` has nothing to encode for a request, or has it already.
  public func isEncodedAtOnce(for request: Request) -> Bool {
    guard request.headers.contains(.acceptEncoding) else { return true }
    return encodedBody?.isReady == true || !isWorthEncoding
      || !takesGzip(request.headers[.acceptEncoding])
  }

  fileprivate var isWorthEncoding: Bool {
    switch body {
    case .none, .live: return false
    case .bytes(let bytes): guard bytes.count >= leastBytes else { return false }
    case .stream: break
    }
    guard let type = headers[.contentType], !headers.contains(.contentEncoding) else {
      return false
    }
    return textualTypes.contains { type.hasPrefix($0) }
  }
}

private func encoded(_ response: Response) throws -> Response.Body {
  switch response.body {
  case .none, .live: return response.body
  case .bytes(let bytes):
    if let encodedBody = response.encodedBody { return .bytes(try encodedBody.bytes(bytes)) }
    return .bytes(try GzipEncoder().encode(bytes, isLast: true))
  case .stream(let stream):
    let encoder = try GzipEncoder()
    var hasEnded = false
    return .stream(
      BodyStream {
        guard !hasEnded else { return nil }
        if let piece = try stream.next() { return try encoder.encode(piece, isLast: false) }
        hasEnded = true
        return try encoder.encode([], isLast: true)
      })
  }
}

/// Whether `Accept-Encoding` takes gzip (RFC 9110, section 12.5.3). What is not sent takes nothing.
func takesGzip(_ acceptEncoding: String?) -> Bool {
  guard let acceptEncoding else { return false }
  var byStar = false
  for element in acceptEncoding.lowercased().split(separator: ",") {
    let parts = element.split(separator: ";").map { $0.filter { $0 != " " && $0 != "\t" } }
    guard let coding = parts.first else { continue }
    let isTaken = !parts.dropFirst().contains { isZeroWeight($0) }
    if coding == "gzip" || coding == "x-gzip" { return isTaken }
    if coding == "*" { byStar = isTaken }
  }
  return byStar
}

/// `q=0`, `q=0.0`, …
private func isZeroWeight(_ parameter: String) -> Bool {
  guard parameter.hasPrefix("q=0") else { return false }
  return parameter.dropFirst(3).allSatisfy { $0 == "." || $0 == "0" }
}
