import Foundation
import Glibc
import Testing

/// `labplan serve` as a process: what it prints, how it stops, what it leaves.
@Suite struct ServeCommandTests {
  private let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("labplan-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  private var database: String { folder.appendingPathComponent("labs.sqlite").path }

  private func start(_ arguments: [String] = []) throws -> (RunningCommand, port: UInt16) {
    let command = try RunningCommand(
      ["serve", "--port", "0", "--database", database] + arguments)
    let line = command.line()
    let prefix = "listening on http://127.0.0.1:"
    #expect(line.hasPrefix(prefix), "\(line) \(command.errors())")
    return (command, try #require(UInt16(line.dropFirst(prefix.count))))
  }

  /// Sends bytes on a connection of its own and gives back everything up to its end.
  private func exchange(_ text: String, port: UInt16) throws -> String {
    let descriptor = try connect(port)
    defer { close(descriptor) }
    try send(text, descriptor)
    return receive(descriptor)
  }

  private func connect(_ port: UInt16) throws -> Int32 {
    try #require(connection(port))
  }

  /// A connection; nil where nobody listens.
  private func connection(_ port: UInt16) -> Int32? {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var limit = timeval(tv_sec: 20, tv_usec: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let result = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    if result == 0 { return descriptor }
    close(descriptor)
    return nil
  }

  private func send(_ text: String, _ descriptor: Int32) throws {
    let bytes = Array(text.utf8)
    try #require(Glibc.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count)
  }

  private func receive(_ descriptor: Int32) -> String {
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 4096)
    while case let count = recv(descriptor, &piece, piece.count, 0), count > 0 {
      bytes += piece[..<count]
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private func request(_ method: String, _ target: String, body: String = "") -> String {
    "\(method) \(target) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
      + "Content-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
  }

  @Test(arguments: [SIGTERM, SIGINT, SIGHUP])
  func aSignalStopsItAndNothingIsLost(signal: Int32) throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let (first, port) = try start()
    let put = try exchange(request("PUT", "/v1/labs/kept", body: "{}"), port: port)
    #expect(put.hasPrefix("HTTP/1.1 201 "))
    kill(first.identifier, signal)
    #expect(first.wait() == 0)
    #expect(first.rest() == "")
    let (second, again) = try start()
    let get = try exchange(request("GET", "/v1/labs/kept"), port: again)
    #expect(get.hasPrefix("HTTP/1.1 200 "))
    #expect(get.hasSuffix("\r\n\r\n{\"name\":\"kept\"}\n"))
    kill(second.identifier, signal)
    #expect(second.wait() == 0)
  }

  /// A request that is half sent when the signal comes is still answered.
  @Test func aRequestInFlightIsFinished() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let (command, port) = try start()
    let descriptor = try connect(port)
    defer { close(descriptor) }
    let text =
      "PUT /v1/labs/late HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
      + "Content-Length: 2\r\nExpect: 100-continue\r\n\r\n"
    try send(text, descriptor)
    var interim = [UInt8](repeating: 0, count: 25)
    // The server has the head in hand once it asks for the body.
    try #require(recv(descriptor, &interim, interim.count, Int32(MSG_WAITALL)) == 25)
    kill(command.identifier, SIGTERM)
    waitUntilRefused(port)
    try send("{}", descriptor)
    let answer = receive(descriptor)
    #expect(answer.hasPrefix("HTTP/1.1 201 "), "\(answer)")
    #expect(command.wait() == 0)
  }

  /// Waits for the moment in which nobody listens any more.
  private func waitUntilRefused(_ port: UInt16) {
    while let descriptor = connection(port) { close(descriptor) }
  }

  @Test func eachRequestIsALineOfTheLog() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let (command, port) = try start()
    _ = try exchange(request("GET", "/v1/labs?limit=3"), port: port)
    _ = try exchange(request("GET", "/nowhere"), port: port)
    _ = try exchange("nonsense\r\n\r\n", port: port)
    kill(command.identifier, SIGTERM)
    #expect(command.wait() == 0)
    let lines = command.errors().split(separator: "\n").filter { $0.contains("status=") }
    #expect(lines.count == 3)
    for (line, parts) in zip(
      lines,
      [
        ["method=GET", "target=/v1/labs?limit=3", "status=200"],
        ["method=GET", "target=/nowhere", "status=404"], ["method=-", "target=-", "status=400"],
      ])
    {
      for part in parts + ["bytes=", "duration_us="] { #expect(line.contains(part), "\(line)") }
    }
  }

  @Test func theLevelOfTheLogIsChosen() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let (command, port) = try start(["--log-level", "error"])
    _ = try exchange(request("GET", "/v1/labs"), port: port)
    kill(command.identifier, SIGTERM)
    #expect(command.wait() == 0)
    #expect(command.errors() == "")
  }

  @Test func whatKeepsItFromStartingIsTold() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let (running, port) = try start()
    let cases: [([String], String)] = [
      (["--port", "\(port)", "--database", ":memory:"], "cannot listen at 127.0.0.1:\(port)"),
      (["--port", "0", "--database", "/no/such/folder/labs.sqlite"], "/no/such/folder"),
      (
        ["--port", "0", "--host", "no.such.host.invalid", "--database", ":memory:"], "no.such.host"
      ),
      (["--port", "0", "--database", Command.executable.path], "database"),
    ]
    for (arguments, words) in cases {
      let result = try Command.run(["serve"] + arguments)
      #expect(result.status == 1, "\(arguments)")
      #expect(result.output == "", "\(arguments)")
      #expect(result.errors.hasPrefix("labplan: ") && result.errors.contains(words), "\(result)")
      #expect(result.errors.filter { $0 == "\n" }.count == 1, "\(result)")
    }
    kill(running.identifier, SIGTERM)
    #expect(running.wait() == 0)
  }

  @Test func healthIsAsked() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let (command, port) = try start()
    #expect(try Command.run(["health", "--port", "\(port)"]).status == 0)
    kill(command.identifier, SIGTERM)
    #expect(command.wait() == 0)
    #expect(try Command.run(["health", "--port", "\(port)"]).status == 1)
  }
}
