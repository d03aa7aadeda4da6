import Glibc
import LabFormats

/// A client of one connection: writes requests on a socket and reads responses from it, byte by
/// byte as RFC 9112 says, with nothing of the server's own code.
final class TestClient {
  struct Failure: Error {
    let detail: String
  }

  private let descriptor: Int32
  private var buffer: [UInt8] = []
  /// What has come of a body without end.
  private var stream: [UInt8] = []

  /// Connects to a port of 127.0.0.1. An answer that does not come in time is a failure.
  init(port: UInt16) throws {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var timeout = timeval(tv_sec: 20, tv_usec: 0)
    setsockopt(
      descriptor, SOL_SOCKET, SO_RCVTIMEO, &timeout, socklen_t(MemoryLayout<timeval>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let result = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard result == 0 else { throw Failure(detail: "cannot connect: \(errno)") }
  }

  deinit { close(descriptor) }

  /// Sends a request and reads its response.
  func send(
    _ method: String, _ target: String, headers: [String: String] = [:], body: [UInt8]? = nil
  ) throws -> TestResponse {
    var head = "\(method) \(target) HTTP/1.1\r\n"
    if headers["Host"] == nil { head += "Host: 127.0.0.1\r\n" }
    for (name, value) in headers { head += "\(name): \(value)\r\n" }
    if let body { head += "Content-Length: \(body.count)\r\n" }
    try write(Array((head + "\r\n").utf8) + (body ?? []))
    return try receive(isHead: method == "HEAD")
  }

  /// Sends a request with a body, and does not wait for the answer.
  func begin(_ method: String, _ target: String, body: String) throws {
    let head =
      "\(method) \(target) HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
    try write(Array("\(head)Content-Length: \(body.utf8.count)\r\n\r\n\(body)".utf8))
  }

  /// Sends a GET request whose answer has no end, and reads its head.
  func listen(
    _ target: String, headers: [String: String] = ["Accept": "text/event-stream"]
  ) throws -> TestResponse {
    var head = "GET \(target) HTTP/1.1\r\nHost: 127.0.0.1\r\n"
    for (name, value) in headers { head += "\(name): \(value)\r\n" }
    try write(Array((head + "\r\n").utf8))
    return try receive(isHead: true)
  }

  /// Reads the lines of the next event, heartbeats passed over.
  func event() throws -> [String] {
    while true {
      var lines: [String] = []
      while case let line = try streamLine(), !line.isEmpty { lines.append(line) }
      if !lines.allSatisfy({ $0.hasPrefix(":") }) { return lines }
    }
  }

  private func streamLine() throws -> String {
    while true {
      if let end = stream.firstIndex(of: 0x0A) {
        defer { stream.removeFirst(end + 1) }
        return String(decoding: stream[..<end], as: UTF8.self)
      }
      guard let size = try Int(line(), radix: 16), size > 0 else {
        throw Failure(detail: "the stream ended")
      }
      stream += try take(size)
      _ = try line()
    }
  }

  private func write(_ bytes: [UInt8]) throws {
    var start = 0
    while start < bytes.count {
      let count = bytes[start...].withUnsafeBytes {
        Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { throw Failure(detail: "cannot send: \(errno)") }
      start += count
    }
  }

  // MARK: Receiving

  private func receive(isHead: Bool) throws -> TestResponse {
    let status = try line()
    guard status.hasPrefix("HTTP/1.1 "), let code = Int(status.dropFirst(9).prefix(3)) else {
      throw Failure(detail: "no status line: \(status)")
    }
    var headers: [String: String] = [:]
    while case let field = try line(), !field.isEmpty {
      guard let colon = field.firstIndex(of: ":") else { throw Failure(detail: "field: \(field)") }
      let value = String(field[colon...].dropFirst().drop { $0 == " " })
      headers[field[..<colon].lowercased()] = value
    }
    var body: [UInt8] = []
    if isHead || code == 204 || code == 304 {
      return TestResponse(status: code, headers: headers, body: [])
    }
    if headers["transfer-encoding"] == "chunked" {
      while case let size = try Int(line(), radix: 16) ?? 0, size > 0 {
        body += try take(size)
        _ = try line()
      }
      _ = try line()
    } else {
      body = try take(Int(headers["content-length"] ?? "0") ?? 0)
    }
    return TestResponse(status: code, headers: headers, body: body)
  }

  private func line() throws -> String {
    while true {
      if let end = buffer.firstIndex(of: 0x0A) {
        let line = String(decoding: buffer[..<max(0, end - 1)], as: UTF8.self)
        buffer.removeFirst(end + 1)
        return line
      }
      try fill()
    }
  }

  private func take(_ count: Int) throws -> [UInt8] {
    while buffer.count < count { try fill() }
    let bytes = Array(buffer[..<count])
    buffer.removeFirst(count)
    return bytes
  }

  private func fill() throws {
    var piece = [UInt8](repeating: 0, count: 64 * 1024)
    let count = recv(descriptor, &piece, piece.count, 0)
    guard count > 0 else { throw Failure(detail: "the connection ended: \(count) \(errno)") }
    buffer += piece[..<count]
  }
}

/// What came back.
struct TestResponse {
  let status: Int
  /// By name in lower case.
  let headers: [String: String]
  let body: [UInt8]

  /// The body as text.
  var text: String { String(decoding: body, as: UTF8.self) }

  /// The body as JSON.
  var json: DocumentNode {
    get throws { try JSONReader.read(body) }
  }

  /// The media type of the body, without parameters.
  var mediaType: String? {
    headers["content-type"].map { String($0.prefix { $0 != ";" }) }
  }

  /// Every fault of a problem: its pointer and its code.
  var faults: [String] {
    get throws {
      try json["errors"]?.elements.map { "\($0["pointer"].text) \($0["code"].text)" } ?? []
    }
  }
}

extension DocumentNode {
  /// The elements of an array; none for what is none.
  var elements: [DocumentNode] {
    if case .array(let elements) = value { elements } else { [] }
  }

  /// The members of an object; none for what is none.
  var members: [DocumentMember] {
    if case .object(let members) = value { members } else { [] }
  }

  /// The whole number it is.
  var integer: Int? {
    if case .number(.integer(let value)) = value { Int(value) } else { nil }
  }
}

extension DocumentNode? {
  /// The text it is; empty for what is none.
  var text: String {
    if case .string(let text)? = self?.value { text } else { "" }
  }
}
