/// A host with an optional port, as `Host` and absolute targets have it (RFC 3986, section 3.2).
///
/// User information is refused: in an `http` URI it is a trap (RFC 9110, section 4.2.4).
struct Authority: Equatable {
  /// The host in lower case; IPv6 addresses keep their brackets.
  let host: String
  /// The port; nil where none is named.
  let port: UInt16?

  /// Parses the text of an authority. An empty host is refused (RFC 9110, section 4.2.1).
  init(_ text: borrowing Span<UInt8>) throws(ParseFailure) {
    let end = try hostEnd(text)
    guard end > 0 else { throw .malformedHost }
    host = lowercasedText(text.extracting(0..<end))
    guard end < text.count else {
      port = nil
      return
    }
    guard text[end] == 0x3A else { throw .malformedHost }
    port = try parsePort(text.extracting((end + 1)..<text.count))
  }

  /// Whether both name the same place, given the port that the scheme implies.
  func names(_ other: Authority, defaultPort: UInt16) -> Bool {
    host == other.host && (port ?? defaultPort) == (other.port ?? defaultPort)
  }
}

private func hostEnd(_ text: borrowing Span<UInt8>) throws(ParseFailure) -> Int {
  guard text.count > 0 else { throw .malformedHost }
  var end = 0
  if text[0] == 0x5B {
    end = 1
    while end < text.count, isAddressLiteralCharacter(text[end]) { end += 1 }
    guard end > 1, end < text.count, text[end] == 0x5D else { throw .malformedHost }
    return end + 1
  }
  while end < text.count {
    if text[end] == 0x25 {
      guard end + 2 < text.count, text[end + 1].hexadecimalValue != nil,
        text[end + 2].hexadecimalValue != nil
      else { throw .malformedHost }
      end += 3
    } else if text[end].isRegisteredNameCharacter {
      end += 1
    } else {
      break
    }
  }
  return end
}

private func isAddressLiteralCharacter(_ byte: UInt8) -> Bool {
  byte.hexadecimalValue != nil || byte == 0x3A || byte == 0x2E
}

/// An empty port stands for the default (RFC 3986, section 3.2.3).
private func parsePort(_ digits: borrowing Span<UInt8>) throws(ParseFailure) -> UInt16? {
  guard digits.count > 0 else { return nil }
  var port: UInt16 = 0
  for index in digits.indices {
    guard digits[index].isDigit else { throw .malformedHost }
    let (tens, overflowed) = port.multipliedReportingOverflow(by: 10)
    let (sum, carried) = tens.addingReportingOverflow(UInt16(digits[index] - 0x30))
    guard !overflowed, !carried else { throw .malformedHost }
    port = sum
  }
  return port
}

private func lowercasedText(_ text: borrowing Span<UInt8>) -> String {
  String(unsafeUninitializedCapacity: text.count) { buffer in
    for index in text.indices { buffer[index] = text[index].lowercased }
    return text.count
  }
}
