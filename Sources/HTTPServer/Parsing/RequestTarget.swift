/// A request target taken apart (RFC 9112, section 3.2).
struct RequestTarget {
  /// The host an absolute target names, and the port its scheme implies.
  struct Origin {
    let authority: Authority
    let defaultPort: UInt16
  }

  let path: [String]
  let query: Query
  /// Nil unless the target is in absolute form.
  let origin: Origin?

  /// Parses the target of a request line. Only visible ASCII reaches this.
  init(_ text: borrowing Span<UInt8>, method: Method) throws(ParseFailure) {
    guard method != .connect else { throw .tunnelRequested }
    guard text.count > 0 else { throw .malformedTarget }
    if text[0] == 0x2F {
      origin = nil
      (path, query) = try parsePathAndQuery(text)
    } else if text.count == 1, text[0] == 0x2A {
      guard method == .options else { throw .malformedTarget }
      (path, query, origin) = ([], Query(), nil)
    } else {
      let (afterScheme, defaultPort) = try parseScheme(text)
      var end = afterScheme
      while end < text.count, text[end] != 0x2F, text[end] != 0x3F { end += 1 }
      origin = Origin(
        authority: try Authority(text.extracting(afterScheme..<end)), defaultPort: defaultPort)
      (path, query) = try parsePathAndQuery(text.extracting(end..<text.count))
    }
  }
}

/// Where the authority starts, and the port the scheme implies.
private func parseScheme(
  _ text: borrowing Span<UInt8>
) throws(ParseFailure) -> (end: Int, defaultPort: UInt16) {
  if text.count >= 7, text.extracting(0..<7).equalsIgnoringCase("http://") { return (7, 80) }
  if text.count >= 8, text.extracting(0..<8).equalsIgnoringCase("https://") { return (8, 443) }
  throw .malformedTarget
}

private func parsePathAndQuery(
  _ text: borrowing Span<UInt8>
) throws(ParseFailure) -> ([String], Query) {
  var pathEnd = 0
  while pathEnd < text.count, text[pathEnd] != 0x3F { pathEnd += 1 }
  let path = try parsePath(text.extracting(0..<pathEnd))
  guard pathEnd < text.count else { return (path, Query()) }
  return (path, try parseQuery(text.extracting((pathEnd + 1)..<text.count)))
}

private func parsePath(_ text: borrowing Span<UInt8>) throws(ParseFailure) -> [String] {
  guard text.count > 1 else { return [] }
  var segments: [String] = []
  var start = 1
  for index in 1...text.count where index == text.count || text[index] == 0x2F {
    segments.append(try decodeSegment(text.extracting(start..<index)))
    start = index + 1
  }
  return segments
}

private func decodeSegment(_ text: borrowing Span<UInt8>) throws(ParseFailure) -> String {
  var isEncoded = false
  for index in text.indices where !text[index].isPathCharacter {
    guard text[index] == 0x25 else { throw .malformedTarget }
    isEncoded = true
  }
  var segment: String
  if isEncoded {
    let bytes = try decodePercents(text, plusIsSpace: false)
    guard !bytes.contains(where: \.isControl) else { throw .encodedControlCharacter }
    segment = try validText(bytes)
  } else {
    segment = text.text
  }
  guard segment != ".", segment != ".." else { throw .dotSegment }
  return segment
}

/// Browsers leave some characters bare in a query that RFC 3986 wants encoded (WHATWG URL, query
/// percent-encode set), so all visible ASCII passes but `#`, which would start a fragment.
private func parseQuery(_ text: borrowing Span<UInt8>) throws(ParseFailure) -> Query {
  var items: [Query.Item] = []
  var start = 0
  for index in 0...text.count where index == text.count || text[index] == 0x26 {
    if start < index { items.append(try parseItem(text.extracting(start..<index))) }
    start = index + 1
  }
  return Query(items: items)
}

private func parseItem(_ text: borrowing Span<UInt8>) throws(ParseFailure) -> Query.Item {
  var nameEnd = 0
  while nameEnd < text.count, text[nameEnd] != 0x3D { nameEnd += 1 }
  let valueStart = min(nameEnd + 1, text.count)
  return Query.Item(
    name: try decodeQueryText(text.extracting(0..<nameEnd)),
    value: try decodeQueryText(text.extracting(valueStart..<text.count)))
}

private func decodeQueryText(_ text: borrowing Span<UInt8>) throws(ParseFailure) -> String {
  let bytes = try decodePercents(text, plusIsSpace: true)
  guard !bytes.contains(0) else { throw .encodedControlCharacter }
  return try validText(bytes)
}

private func decodePercents(
  _ text: borrowing Span<UInt8>, plusIsSpace: Bool
) throws(ParseFailure) -> [UInt8] {
  var bytes: [UInt8] = []
  bytes.reserveCapacity(text.count)
  var index = 0
  while index < text.count {
    switch text[index] {
    case 0x25:
      guard index + 2 < text.count, let high = text[index + 1].hexadecimalValue,
        let low = text[index + 2].hexadecimalValue
      else { throw .malformedPercentEncoding }
      bytes.append(high << 4 | low)
      index += 3
    case 0x2B where plusIsSpace:
      bytes.append(0x20)
      index += 1
    case 0x23:
      throw .malformedTarget
    case let byte:
      bytes.append(byte)
      index += 1
    }
  }
  return bytes
}

private func validText(_ bytes: [UInt8]) throws(ParseFailure) -> String {
  guard let text = String(validating: bytes, as: UTF8.self) else { throw .invalidUTF8 }
  return text
}
