extension Request {
  /// Reads a request from the bytes of a whole message, with the limits of a default
  /// ``Configuration``.
  ///
  /// - Parameter message: the message; bytes behind its end are ignored. Nil when it has no end.
  /// - Throws: why the message cannot be understood.
  public init?(parsing message: [UInt8]) throws(ParseFailure) {
    var parser = RequestParser(limits: Configuration().parserLimits)
    guard let request = try parser.consume(message.span).request else { return nil }
    self = request
  }
}
