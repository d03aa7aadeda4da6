/// What the header fields say about the body, the host and the connection.
struct Framing {
  /// How the body is delimited (RFC 9112, section 6).
  enum Body: Equatable {
    case length(Int)
    case chunked
  }

  private(set) var host: Authority?
  private(set) var closeRequested = false
  private(set) var keepAliveRequested = false
  private(set) var continueExpected = false
  private var length: Int?
  private var codings = 0
  private var chunkedIsLast = false
  private var chunkedCount = 0

  /// Takes note of a field. Names that say nothing about framing are passed over.
  mutating func note(
    name: borrowing Span<UInt8>, value: borrowing Span<UInt8>
  ) throws(ParseFailure) {
    switch name.count {
    case 4 where name.equalsIgnoringCase("host"):
      guard host == nil else { throw .repeatedHost }
      host = try Authority(value)
    case 6 where name.equalsIgnoringCase("expect"):
      guard value.equalsIgnoringCase("100-continue") else { throw .unknownExpectation }
      continueExpected = true
    case 10 where name.equalsIgnoringCase("connection"):
      noteConnection(value)
    case 14 where name.equalsIgnoringCase("content-length"):
      guard length == nil else { throw .repeatedContentLength }
      length = try parseLength(value)
    case 17 where name.equalsIgnoringCase("transfer-encoding"):
      try noteTransferEncoding(value)
    default:
      break
    }
  }

  /// How the body is delimited, once all fields are noted.
  func body(version: Request.Version) throws(ParseFailure) -> Body {
    guard codings > 0 else { return .length(length ?? 0) }
    guard length == nil else { throw .lengthAndTransferCoding }
    guard version == .http11 else { throw .malformedTransferEncoding }
    guard chunkedCount > 0 else { throw .unknownTransferCoding }
    guard chunkedCount == 1, chunkedIsLast else { throw .malformedTransferEncoding }
    guard codings == 1 else { throw .unknownTransferCoding }
    return .chunked
  }

  /// Whether the client wants the connection kept after the response (RFC 9112, section 9.3).
  func keepsAlive(version: Request.Version) -> Bool {
    !closeRequested && (version == .http11 || keepAliveRequested)
  }

  private mutating func noteConnection(_ value: borrowing Span<UInt8>) {
    forEachElement(of: value) { element in
      if element.equalsIgnoringCase("close") { closeRequested = true }
      if element.equalsIgnoringCase("keep-alive") { keepAliveRequested = true }
    }
  }

  private mutating func noteTransferEncoding(
    _ value: borrowing Span<UInt8>
  ) throws(ParseFailure) {
    let before = codings
    forEachElement(of: value) { element in
      codings += 1
      chunkedIsLast = element.equalsIgnoringCase("chunked")
      if chunkedIsLast { chunkedCount += 1 }
    }
    guard codings > before else { throw .malformedTransferEncoding }
  }
}

/// Calls `body` with each non-empty element of a comma-separated list (RFC 9110, section 5.6.1).
private func forEachElement(
  of value: borrowing Span<UInt8>, _ body: (borrowing Span<UInt8>) -> Void
) {
  var start = 0
  for index in 0...value.count where index == value.count || value[index] == 0x2C {
    let element = value.extracting(start..<index)
    let trimmed = element.trimmedIndices
    if !trimmed.isEmpty { body(element.extracting(trimmed)) }
    start = index + 1
  }
}

private func parseLength(_ value: borrowing Span<UInt8>) throws(ParseFailure) -> Int {
  guard value.count > 0 else { throw .malformedContentLength }
  var length = 0
  for index in value.indices {
    guard value[index].isDigit else { throw .malformedContentLength }
    let (tens, overflowed) = length.multipliedReportingOverflow(by: 10)
    let (sum, carried) = tens.addingReportingOverflow(Int(value[index] - 0x30))
    guard !overflowed, !carried else { throw .malformedContentLength }
    length = sum
  }
  return length
}
