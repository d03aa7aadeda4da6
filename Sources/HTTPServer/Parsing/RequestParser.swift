internal import Glibc

/// Reads requests from bytes as they come, strictly by RFC 9112.
///
/// The parser is a value and does no I/O: the same bytes give the same requests or the same
/// failure however they are split. It holds memory only while a request is half read.
struct RequestParser: Sendable {
  /// What a call to ``consume(_:)`` came to.
  struct Step: Sendable {
    /// How many bytes were used. Bytes after a complete request are left for the next call.
    let consumed: Int
    /// The request, when it is complete.
    let request: Request?
    /// Whether the connection may be kept after the answer to ``request``.
    let keepsAlive: Bool
  }

  enum Phase: Equatable, Sendable {
    case requestLine
    case fields
    case body(remaining: Int)
    case chunkSize
    case chunk(remaining: Int)
    case chunkEnd
    case trailers
    case failed(ParseFailure)
  }

  let limits: ParserLimits
  var phase = Phase.requestLine
  /// The head so far; for chunked bodies, after the head, the line so far.
  var line: [UInt8] = []
  private var lineStart = 0
  private var skippedEmptyLine = false
  private var requestLine: RequestLine?
  private var fields: [Headers.Field] = []
  private var framing = Framing()
  private var head: Head?
  var body: [UInt8] = []
  var chunkCost = 0
  var trailerBytes = 0
  var trailerCount = 0

  /// A head that was found well-formed.
  private struct Head: Sendable {
    let line: RequestLine
    let path: [String]
    let query: Query
    let headers: Headers
    let keepsAlive: Bool
    var continueExpected: Bool
  }

  init(limits: ParserLimits) {
    self.limits = limits
  }

  /// Whether nothing of a next request has come yet.
  var isBetweenRequests: Bool { phase == .requestLine && line.isEmpty }

  /// Whether the head is complete and the body is not.
  var isInBody: Bool { head != nil }

  /// Bytes of the body so far.
  var bodyByteCount: Int { body.count }

  /// The method of the request that is being read, once its line is complete.
  var method: Method? { requestLine?.method }

  /// The target of the request that is being read, once its line is complete.
  var target: String? { requestLine?.target }

  /// Whether the client waits for `100 Continue` before it sends the body; asked once.
  mutating func takeContinueExpected() -> Bool {
    guard let expected = head?.continueExpected, expected else { return false }
    head?.continueExpected = false
    return body.isEmpty && line.isEmpty
  }

  /// Reads on. After a failure, every call fails the same way.
  mutating func consume(_ input: borrowing Span<UInt8>) throws(ParseFailure) -> Step {
    if case .failed(let failure) = phase { throw failure }
    var position = 0
    do {
      while position < input.count {
        let isComplete =
          isInBody
          ? try readBody(input, &position) : try readHeadLine(input, &position)
        if isComplete { return finish(consumed: position) }
      }
    } catch {
      phase = .failed(error)
      throw error
    }
    return Step(consumed: position, request: nil, keepsAlive: true)
  }

  private mutating func finish(consumed: Int) -> Step {
    guard let head else { return Step(consumed: consumed, request: nil, keepsAlive: true) }
    let request = Request(
      method: head.line.method, target: head.line.target, path: head.path, query: head.query,
      version: head.line.version, headers: head.headers, body: body)
    self = RequestParser(limits: limits)
    return Step(consumed: consumed, request: request, keepsAlive: head.keepsAlive)
  }
}

// MARK: - The head

extension RequestParser {
  /// Reads up to the end of a line of the head; true when the request is complete with it.
  private mutating func readHeadLine(
    _ input: borrowing Span<UInt8>, _ position: inout Int
  ) throws(ParseFailure) -> Bool {
    if line.isEmpty { line.reserveCapacity(min(input.count - position, Self.usualHeadBytes)) }
    let isWhole = try takeLine(input, &position)
    try checkHeadLimits()
    guard isWhole else { return false }
    let end = try lineEnd()
    defer { lineStart = line.count }
    if phase == .requestLine {
      try readRequestLine(upTo: end)
      return false
    }
    if end == lineStart { return try finishHead() }
    guard fields.count < limits.fieldCount else { throw .tooManyFields }
    fields.append(try readField(line, lineStart..<end, noting: &framing))
    return false
  }

  private static var usualHeadBytes: Int { 1024 }

  /// Room for a method, two spaces, the version and CR LF.
  private static var lineBytesBesidesTarget: Int { 32 }

  private mutating func readRequestLine(upTo end: Int) throws(ParseFailure) {
    // One empty line before a request is ignored, for old clients that end a body with one
    // (RFC 9112, section 2.2).
    if end == 0, !skippedEmptyLine {
      skippedEmptyLine = true
      line.removeAll(keepingCapacity: true)
      return
    }
    requestLine = try RequestLine(line.span.extracting(0..<end), limits: limits)
    phase = .fields
  }

  private func checkHeadLimits() throws(ParseFailure) {
    if phase == .requestLine {
      let isTooLong = line.count - Self.lineBytesBesidesTarget > limits.targetBytes
      guard !isTooLong, line.count <= limits.headBytes else { throw .targetTooLong }
    } else {
      guard line.count <= limits.headBytes else { throw .headTooLarge }
    }
  }

  private mutating func finishHead() throws(ParseFailure) -> Bool {
    guard let requestLine else { throw .malformedRequestLine }
    let target = try RequestTarget(requestLine.target.utf8.span, method: requestLine.method)
    try checkHost(requestLine.version, target.origin)
    let delimiter = try framing.body(version: requestLine.version)
    if case .length(let length) = delimiter, length > limits.bodyBytes { throw .bodyTooLarge }
    head = Head(
      line: requestLine, path: target.path, query: target.query,
      headers: Headers(bytes: line, fields: fields),
      keepsAlive: framing.keepsAlive(version: requestLine.version),
      continueExpected: framing.continueExpected && requestLine.version == .http11)
    line = []
    switch delimiter {
    case .length(0):
      return true
    case .length(let length):
      phase = .body(remaining: length)
    case .chunked:
      phase = .chunkSize
    }
    return false
  }

  private func checkHost(
    _ version: Request.Version, _ origin: RequestTarget.Origin?
  ) throws(ParseFailure) {
    guard let host = framing.host else {
      guard version == .http10 else { throw .missingHost }
      return
    }
    if let origin, !origin.authority.names(host, defaultPort: origin.defaultPort) {
      throw .hostMismatch
    }
  }
}

// MARK: - Lines

extension RequestParser {
  /// Appends to `line` up to and with the next LF; false when the input ends before one.
  mutating func takeLine(
    _ input: borrowing Span<UInt8>, _ position: inout Int
  ) throws(ParseFailure) -> Bool {
    let rest = input.extracting(position..<input.count)
    let length = rest.withUnsafeBytes { bytes -> Int? in
      guard let start = bytes.baseAddress, let end = memchr(start, 0x0A, bytes.count) else {
        return nil
      }
      return UnsafeRawPointer(end) - start + 1
    }
    let taken = length ?? rest.count
    rest.extracting(0..<taken).withUnsafeBufferPointer { line.append(contentsOf: $0) }
    position += taken
    return length != nil
  }

  /// Where the line's text ends, before its CR LF.
  func lineEnd() throws(ParseFailure) -> Int {
    let end = line.count - 2
    guard end >= lineStart, line[end] == 0x0D else { throw .bareLineFeed }
    return end
  }
}

private func readField(
  _ head: [UInt8], _ range: Range<Int>, noting framing: inout Framing
) throws(ParseFailure) -> Headers.Field {
  let text = head.span.extracting(range)
  let field = try FieldLine(text)
  try framing.note(name: text.extracting(field.name), value: text.extracting(field.value))
  return Headers.Field(field, offset: range.lowerBound)
}

extension Headers.Field {
  fileprivate init(_ field: FieldLine, offset: Int) {
    name = UInt32(offset + field.name.lowerBound)..<UInt32(offset + field.name.upperBound)
    value = UInt32(offset + field.value.lowerBound)..<UInt32(offset + field.value.upperBound)
  }
}
