internal import Glibc
import Testing

@testable import HTTPServer

/// A response as a client reads it.
struct ReceivedResponse: Equatable {
  var status = 0
  var fields: [String] = []
  var body: [UInt8] = []

  /// The value of a field by its name in small letters.
  subscript(name: String) -> String? {
    fields.first { $0.lowercased().hasPrefix(name + ":") }
      .map { String($0.dropFirst(name.count + 1).drop { $0 == " " }) }
  }

  var text: String { String(decoding: body, as: UTF8.self) }
}

/// Why a client gave up.
enum ClientError: Error, Equatable {
  case cannotConnect(Int32)
  case connectionLost(Int32)
  case unexpectedEnd
  case tookTooLong
  case notHTTP(String)
}

/// A client on a plain socket that does exactly what it is told. It gives up after ten seconds
/// without a byte, so that a test that waits for what never comes fails.
final class TestClient {
  let descriptor: Int32
  private var received: [UInt8] = []

  /// - Parameters:
  ///   - source: which IPv4 address of this machine it has; nil for whichever the system picks.
  ///   - receiveBuffer: bytes the system may hold for this end; nil for its default.
  init(_ address: SocketAddress, from source: String? = nil, receiveBuffer: Int32? = nil) throws {
    let isIPv6 = address.host.contains(":")
    descriptor = socket(isIPv6 ? AF_INET6 : AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var patience = timeval(tv_sec: 10, tv_usec: 0)
    let size = socklen_t(MemoryLayout<timeval>.size)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, size)
    setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &patience, size)
    if var receiveBuffer {
      setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &receiveBuffer, 4)
    }
    if let source {
      var own = sockaddr_in()
      own.sin_family = sa_family_t(AF_INET)
      inet_pton(AF_INET, source, &own.sin_addr)
      _ = withUnsafePointer(to: &own) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
        }
      }
    }
    var hints = addrinfo()
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    var found: UnsafeMutablePointer<addrinfo>?
    getaddrinfo(address.host, String(address.port), &hints, &found)
    defer { freeaddrinfo(found) }
    guard let target = found?.pointee,
      connect(descriptor, target.ai_addr, target.ai_addrlen) == 0
    else {
      // The socket is closed by `deinit`, which runs for an initialiser that throws this late.
      throw ClientError.cannotConnect(errno)
    }
  }

  deinit {
    Glibc.close(descriptor)
  }

  func send(_ text: String) throws {
    try send(Array(text.utf8))
  }

  func send(_ bytes: [UInt8]) throws {
    var sent = 0
    while sent < bytes.count {
      let count = bytes[sent...].withUnsafeBytes {
        Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { throw ClientError.connectionLost(errno) }
      sent += count
    }
  }

  /// Tells the server that nothing more will come.
  func finishSending() {
    shutdown(descriptor, Int32(SHUT_WR))
  }

  /// Makes the end of this client a reset.
  func reset() {
    var option = linger(l_onoff: 1, l_linger: 0)
    setsockopt(
      descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
  }

  /// Whether the server has cut the connection, or does in time. What has come stays unread.
  func isReset(withinMilliseconds patience: Int32) -> Bool {
    var event = pollfd(fd: descriptor, events: 0, revents: 0)
    return poll(&event, 1, patience) > 0
  }

  /// Whether bytes, or the connection's end, have come or come in time.
  func hasInput(withinMilliseconds patience: Int32) -> Bool {
    var event = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return !received.isEmpty || poll(&event, 1, patience) > 0
  }

  /// Sends a GET request and reads the response.
  func get(_ target: String) throws -> ReceivedResponse {
    try send("GET \(target) HTTP/1.1\r\nHost: test\r\n\r\n")
    return try receive()
  }

  /// Reads one response, interim ones included.
  ///
  /// - Parameter hasBody: false after HEAD.
  func receive(hasBody: Bool = true) throws -> ReceivedResponse {
    let lines = try receiveHead()
    let words = lines[0].split(separator: " ", maxSplits: 2)
    guard words.count >= 2, words[0] == "HTTP/1.1", let status = Int(words[1]) else {
      throw ClientError.notHTTP(lines[0])
    }
    var response = ReceivedResponse(status: status, fields: Array(lines.dropFirst()))
    guard hasBody, status >= 200, status != 204, status != 304 else { return response }
    if response["transfer-encoding"] == "chunked" {
      response.body = try receiveChunks()
    } else if let length = response["content-length"].flatMap({ Int($0) }) {
      response.body = try take(length)
    } else {
      response.body = try receiveRest()
    }
    return response
  }

  /// Reads up to the end of the connection.
  func receiveRest() throws -> [UInt8] {
    while try fill() {}
    defer { received = [] }
    return received
  }

  /// Reads the next bytes, however many have come.
  func receiveSome() throws -> [UInt8] {
    if received.isEmpty { _ = try fill() }
    defer { received = [] }
    return received
  }

  /// Reads the head of a response whose body comes bit by bit.
  func receiveHeadOnly() throws -> ReceivedResponse { try receive(hasBody: false) }

  /// Reads one chunk of a body; the last one is empty.
  func receiveChunk() throws -> String {
    guard let line = try takeLine(), let size = Int(line, radix: 16) else {
      throw ClientError.notHTTP("chunk size")
    }
    defer { _ = try? takeLine() }
    return String(decoding: try take(size), as: UTF8.self)
  }

  private func receiveHead() throws -> [String] {
    var lines: [String] = []
    while let line = try takeLine(), !line.isEmpty { lines.append(line) }
    guard !lines.isEmpty else { throw ClientError.notHTTP("") }
    return lines
  }

  private func receiveChunks() throws -> [UInt8] {
    var body: [UInt8] = []
    while true {
      guard let line = try takeLine(), let size = Int(line, radix: 16) else {
        throw ClientError.notHTTP("chunk size")
      }
      body += try take(size)
      guard try takeLine() == "" else { throw ClientError.notHTTP("chunk end") }
      if size == 0 { return body }
    }
  }

  private func takeLine() throws -> String? {
    var searched = 0
    while true {
      if let end = received[searched...].firstIndex(of: 0x0A) {
        guard end > 0, received[end - 1] == 0x0D else { throw ClientError.notHTTP("bare LF") }
        defer { received.removeFirst(end + 1) }
        return String(decoding: received[..<(end - 1)], as: UTF8.self)
      }
      searched = received.count
      guard try fill() else { throw ClientError.unexpectedEnd }
    }
  }

  private func take(_ count: Int) throws -> [UInt8] {
    while received.count < count {
      guard try fill() else { throw ClientError.unexpectedEnd }
    }
    defer { received.removeFirst(count) }
    return Array(received[..<count])
  }

  /// Reads more; false at the end of the connection.
  private func fill() throws -> Bool {
    var buffer = [UInt8](repeating: 0, count: 256 * 1024)
    let count = recv(descriptor, &buffer, buffer.count, 0)
    guard count >= 0 else {
      throw errno == EAGAIN ? ClientError.tookTooLong : ClientError.connectionLost(errno)
    }
    received += buffer[..<count]
    return count > 0
  }
}
