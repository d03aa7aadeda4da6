import Foundation
import Glibc

/// What a service answered.
struct HTTPAnswer: Equatable, Sendable {
  let status: Int
  /// By names in lower case.
  let headers: [String: String]
  let body: String

  /// The body, as JSON; null where it is none.
  var json: JSONValue {
    JSONValue((try? JSONSerialization.jsonObject(with: Data(body.utf8))) ?? NSNull())
  }

  /// The revision in the entity tag.
  var revision: Int? { headers["etag"].flatMap { Int($0.filter(\.isNumber)) } }
}

/// A value of JSON, to be looked into.
struct JSONValue {
  let value: Any

  init(_ value: Any) { self.value = value }

  subscript(key: String) -> JSONValue { JSONValue((value as? [String: Any])?[key] ?? NSNull()) }

  var elements: [JSONValue] { (value as? [Any] ?? []).map(JSONValue.init) }
  var text: String? { value as? String }
  var integer: Int? { value as? Int }
  var isNull: Bool { value is NSNull }
}

/// A connection that requests are sent on, one after the other.
final class HTTPConnection {
  let descriptor: Int32
  private var received: [UInt8] = []

  /// Nil where nobody listens.
  init?(port: UInt16) {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var limit = timeval(tv_sec: 60, tv_usec: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    var one: Int32 = 1
    setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &one, 4)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let result = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard result == 0 else {
      close(descriptor)
      return nil
    }
  }

  deinit { close(descriptor) }

  /// The answer to a request; nil where the connection broke before all of it was there.
  func send(
    _ method: String, _ target: String, _ body: String? = nil, _ headers: [String: String] = [:]
  ) -> HTTPAnswer? {
    var text = "\(method) \(target) HTTP/1.1\r\nHost: localhost\r\n"
    for (name, value) in headers { text += "\(name): \(value)\r\n" }
    if body != nil, headers["Content-Type"] == nil { text += "Content-Type: application/json\r\n" }
    if let body { text += "Content-Length: \(body.utf8.count)\r\n" }
    let bytes = Array((text + "\r\n" + (body ?? "")).utf8)
    guard Glibc.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count else {
      return nil
    }
    return answer()
  }

  /// Sends what need not be a request, or not a whole one.
  func sendRaw(_ text: String) {
    let bytes = Array(text.utf8)
    _ = Glibc.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
  }

  /// Everything up to the connection's end.
  func rest() -> String {
    while receive() {}
    return String(decoding: received, as: UTF8.self)
  }

  /// Reads on until a text has come; false where the connection ends before.
  func wait(for text: String) -> Bool {
    while received.firstRange(of: Array(text.utf8)) == nil { guard receive() else { return false } }
    return true
  }

  private func answer() -> HTTPAnswer? {
    let end = Array("\r\n\r\n".utf8)
    while received.firstRange(of: end) == nil { guard receive() else { return nil } }
    guard let head = received.firstRange(of: end) else { return nil }
    let lines = String(decoding: received[..<head.lowerBound], as: UTF8.self)
      .components(separatedBy: "\r\n")
    received.removeSubrange(..<head.upperBound)
    var headers: [String: String] = [:]
    for line in lines.dropFirst() {
      let parts = line.split(separator: ":", maxSplits: 1)
      headers[parts[0].lowercased()] = parts[1].trimmingCharacters(in: .whitespaces)
    }
    let count = headers["content-length"].flatMap { Int($0) } ?? 0
    while received.count < count { guard receive() else { return nil } }
    let body = String(decoding: received[..<count], as: UTF8.self)
    received.removeSubrange(..<count)
    let status = lines[0].split(separator: " ").dropFirst().first.flatMap { Int($0) }
    return status.map { HTTPAnswer(status: $0, headers: headers, body: body) }
  }

  private func receive() -> Bool {
    var piece = [UInt8](repeating: 0, count: 65_536)
    let count = recv(descriptor, &piece, piece.count, 0)
    guard count > 0 else { return false }
    received += piece[..<count]
    return true
  }
}
