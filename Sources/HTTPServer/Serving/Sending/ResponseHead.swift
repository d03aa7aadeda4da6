/// The head of a response, as bytes.
struct ResponseHead {
  /// How the client finds the end of the body (RFC 9112, section 6.3).
  enum Framing: Equatable {
    case none
    case length(Int)
    case chunked
    case untilClose
  }

  /// What the `Connection` field says.
  enum Persistence: Equatable {
    case unsaid
    case close
    case keepAlive
  }

  let response: Response
  let framing: Framing
  let persistence: Persistence

  /// Appends status line, fields and the empty line.
  func append(to bytes: inout [UInt8], date: [UInt8], requestID: RequestID) {
    bytes.append("HTTP/1.1 ")
    bytes.append(decimal: Int(response.status.code))
    bytes.append(0x20)
    bytes.append(contentsOf: response.status.reason.utf8)
    bytes.append("\r\nDate: ")
    bytes.append(contentsOf: date)
    bytes.append("\r\nX-Request-ID: ")
    bytes.append(contentsOf: requestID.text.utf8)
    bytes.append("\r\n")
    appendRest(to: &bytes)
  }

  /// Appends the fields that stand behind the request's name, and the empty line.
  private func appendRest(to bytes: inout [UInt8]) {
    let headers = response.headers
    for field in headers.fields where !isOurs(field, headers) {
      bytes.append(contentsOf: headers.bytes[field.name.asIndices])
      bytes.append(": ")
      bytes.append(contentsOf: headers.bytes[field.value.asIndices])
      bytes.append("\r\n")
    }
    switch framing {
    case .none, .untilClose:
      break
    case .length(let count):
      bytes.append("Content-Length: ")
      bytes.append(decimal: count)
      bytes.append("\r\n")
    case .chunked:
      bytes.append("Transfer-Encoding: chunked\r\n")
    }
    switch persistence {
    case .unsaid: bytes.append("\r\n")
    case .close: bytes.append("Connection: close\r\n\r\n")
    case .keepAlive: bytes.append("Connection: keep-alive\r\n\r\n")
    }
  }

  /// Whether the server alone writes a field.
  private func isOurs(_ field: Headers.Field, _ headers: Headers) -> Bool {
    switch field.name.count {
    case 4: headers.isNamed(field, .date)
    case 10: headers.isNamed(field, .connection)
    case 12: headers.isNamed(field, .requestID)
    case 14: headers.isNamed(field, .contentLength)
    case 17: headers.isNamed(field, .transferEncoding)
    default: false
    }
  }
}

extension Range<UInt32> {
  fileprivate var asIndices: Range<Int> { Int(lowerBound)..<Int(upperBound) }
}

extension [UInt8] {
  mutating func append(_ text: StaticString) {
    text.withUTF8Buffer { append(contentsOf: $0) }
  }

  mutating func append(decimal number: Int) {
    if number >= 10 { append(decimal: number / 10) }
    append(0x30 + UInt8(truncatingIfNeeded: number % 10))
  }

  mutating func append(hexadecimal number: Int) {
    if number >= 16 { append(hexadecimal: number / 16) }
    let digit = UInt8(truncatingIfNeeded: number % 16)
    append(digit < 10 ? 0x30 + digit : 0x61 - 10 + digit)
  }
}
