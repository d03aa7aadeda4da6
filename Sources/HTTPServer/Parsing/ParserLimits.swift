/// How much of a request the parser takes before it refuses.
struct ParserLimits: Sendable {
  /// Bytes of the head: request line, header fields and the empty line.
  var headBytes: Int
  /// Header fields, and trailer fields.
  var fieldCount: Int
  /// Bytes of the request target.
  var targetBytes: Int
  /// Bytes of the decoded body.
  var bodyBytes: Int
}
