internal import Glibc
import Testing

@testable import HTTPServer

@Suite struct ServerPersistenceTests {
  @Test func keepsTheConnection() throws {
    try withServer { server in
      let client = try TestClient(server.localAddress)
      for number in 0..<50 {
        let response = try client.get("/\(number)")
        #expect(response.status == 200)
        #expect(response.text == "GET /\(number)")
        #expect(response["connection"] == nil)
        #expect(response["date"]?.hasSuffix(" GMT") == true)
      }
    }
  }

  /// More requests than are answered in one turn, in one write.
  @Test func answersPipelinedRequestsInOrder() throws {
    try withServer { server in
      let client = try TestClient(server.localAddress)
      let requests = (0..<500).map { number in
        number % 3 == 0
          ? "PUT /\(number) HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc"
          : "GET /\(number) HTTP/1.1\r\nHost: a\r\n\r\n"
      }
      try client.send(requests.joined())
      for number in 0..<500 {
        let expected = number % 3 == 0 ? "abc" : "GET /\(number)"
        #expect(try client.receive().text == expected)
      }
    }
  }

  /// The server can send none of the later responses before the client reads the first.
  @Test func answersPipelinedRequestsOfASlowReaderInOrder() throws {
    let large = [UInt8](repeating: 0x61, count: 1_000_000)
    let handler: @Sendable (Request) -> Response = { request in
      Response(status: .ok, body: .bytes(large + Array(request.target.utf8)))
    }
    try withServer(handler: handler) { server in
      let client = try TestClient(server.localAddress, receiveBuffer: 8 * 1024)
      try client.send((0..<20).map { "GET /\($0) HTTP/1.1\r\nHost: a\r\n\r\n" }.joined())
      for number in 0..<20 {
        let response = try client.receive()
        #expect(response.body.count == large.count + "/\(number)".utf8.count)
        #expect(
          String(decoding: response.body.dropFirst(large.count), as: UTF8.self) == "/\(number)")
      }
    }
  }

  @Test(arguments: [
    ("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", "close"),
    ("GET / HTTP/1.1\r\nHost: a\r\nConnection: Close, x\r\n\r\n", "close"),
    ("GET / HTTP/1.0\r\n\r\n", "close"),
    ("GET / HTTP/1.0\r\nConnection: close\r\n\r\n", "close"),
  ])
  func closesWhereTheClientAsksForIt(message: String, connection: String) throws {
    try withServer { server in
      let client = try TestClient(server.localAddress)
      try client.send(message)
      let response = try client.receive()
      #expect(response.status == 200)
      #expect(response["connection"] == connection)
      #expect(try client.receiveRest().isEmpty)
    }
  }

  @Test func keepsHTTP10ConnectionsThatAskForIt() throws {
    try withServer { server in
      let client = try TestClient(server.localAddress)
      for _ in 0..<2 {
        try client.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
        #expect(try client.receive()["connection"] == "keep-alive")
      }
    }
  }

  /// What the client sends behind is neither answered nor the death of the response.
  @Test func closesWhereTheHandlerAsksForIt() throws {
    let handler: @Sendable (Request) -> Response = { _ in
      Response(status: .ok, headers: [.connection: "close"], body: .bytes([0x61]))
    }
    try withServer(handler: handler) { server in
      let client = try TestClient(server.localAddress)
      try client.send(String(repeating: "GET / HTTP/1.1\r\nHost: a\r\n\r\n", count: 100))
      let response = try client.receive()
      #expect(response["connection"] == "close")
      #expect(response.text == "a")
      #expect(try client.receiveRest().isEmpty)
    }
  }

  @Test func answersAClientThatHasFinishedSending() throws {
    try withServer { server in
      let client = try TestClient(server.localAddress)
      try client.send("GET /1 HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\n\r\nGET")
      client.finishSending()
      #expect(try client.receive().text == "GET /1")
      #expect(try client.receive().text == "GET /2")
      #expect(try client.receiveRest().isEmpty)
    }
  }

  /// A response that waits for the one before to be acknowledged takes 40 ms: 4 s for 100.
  @Test func losesNoTimeToDelayedAcknowledgements() throws {
    let handler: @Sendable (Request) -> Response = { _ in
      let pieces = Lock([Array("a".utf8), Array("b".utf8)])
      return Response(
        status: .ok,
        body: .stream(BodyStream { pieces.withLock { $0.isEmpty ? nil : $0.removeFirst() } }))
    }
    try withServer(handler: handler) { server in
      let client = try TestClient(server.localAddress)
      let start = monotonicNow()
      for _ in 0..<100 { #expect(try client.get("/").text == "ab") }
      #expect(monotonicNow() - start < 2_000_000_000)
    }
  }

  @Test func survivesClientsThatVanish() throws {
    let large = [UInt8](repeating: 0x61, count: 4_000_000)
    let handler: @Sendable (Request) -> Response = { request in
      request.path == ["large"] ? Response(status: .ok, body: .bytes(large)) : echo(request)
    }
    try withServer(handler: handler) { server in
      for number in 0..<50 {
        let client = try TestClient(server.localAddress)
        try client.send(
          number % 2 == 0
            ? "GET /large HTTP/1.1\r\nHost: a\r\n\r\n" : "PUT / HTTP/1.1\r\nContent-Le")
        if number % 3 == 0 { client.reset() }
      }
      #expect(try TestClient(server.localAddress).get("/after").text == "GET /after")
    }
  }
}
