/// The first line of a request (RFC 9112, section 3).
struct RequestLine: Sendable {
  let method: Method
  let target: String
  let version: Request.Version

  /// Parses a line without its CR LF.
  init(_ line: borrowing Span<UInt8>, limits: ParserLimits) throws(ParseFailure) {
    try refuseControls(in: line)
    var methodEnd = 0
    while methodEnd < line.count, line[methodEnd].isTokenCharacter { methodEnd += 1 }
    guard methodEnd > 0, methodEnd < line.count, line[methodEnd] == 0x20 else {
      throw .malformedRequestLine
    }
    let targetStart = methodEnd + 1
    var targetEnd = targetStart
    while targetEnd < line.count, line[targetEnd].isVisible { targetEnd += 1 }
    guard targetEnd > targetStart, targetEnd < line.count, line[targetEnd] == 0x20 else {
      throw .malformedRequestLine
    }
    guard targetEnd - targetStart <= limits.targetBytes else { throw .targetTooLong }
    version = try parseVersion(line.extracting((targetEnd + 1)..<line.count))
    method = Method(token: line.extracting(0..<methodEnd).text)
    target = line.extracting(targetStart..<targetEnd).text
  }
}

private func refuseControls(in line: borrowing Span<UInt8>) throws(ParseFailure) {
  for index in line.indices where line[index].isControl {
    throw line[index] == 0x0D ? .bareCarriageReturn : .controlCharacter
  }
}

private func parseVersion(
  _ text: borrowing Span<UInt8>
) throws(ParseFailure) -> Request.Version {
  let name: StaticString = "HTTP/"
  guard text.count == 8, text[5].isDigit, text[6] == 0x2E, text[7].isDigit else {
    throw .malformedVersion
  }
  let hasName = name.withUTF8Buffer { name in
    for index in name.indices where text[index] != name[index] { return false }
    return true
  }
  guard hasName else { throw .malformedVersion }
  guard text[5] == 0x31 else { throw .unsupportedVersion }
  return text[7] == 0x30 ? .http10 : .http11
}
