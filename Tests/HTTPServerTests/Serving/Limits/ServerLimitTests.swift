import Testing

@testable import HTTPServer

@Suite struct ServerLimitTests {
  private static let limits: @Sendable (inout Configuration) -> Void = { configuration in
    configuration.maximumHeadBytes = smallLimits.headBytes
    configuration.maximumHeaderCount = smallLimits.fieldCount
    configuration.maximumTargetBytes = smallLimits.targetBytes
    configuration.maximumBodyBytes = smallLimits.bodyBytes
  }

  /// Every message that the parser refuses is answered so, and the connection is over: nothing of
  /// what follows is taken for a request.
  @Test func answersEveryRefusalAndCloses() throws {
    try withServer(Self.limits) { server in
      for row in allRefusals {
        let client = try TestClient(server.localAddress)
        try client.send(row.message + Array("GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n".utf8))
        let response = try client.receive()
        #expect(response.status == row.status, "\(row)")
        #expect(response.text == "\(row.failure)\n", "\(row)")
        #expect(response["connection"] == "close", "\(row)")
        client.finishSending()
        #expect(try client.receiveRest().isEmpty, "\(row)")
      }
    }
  }

  /// A client that sends all before it reads must see the answer, not a reset.
  @Test(arguments: ["Content-Length: 5000000", "Transfer-Encoding: chunked"])
  func answersBeforeTheBodyHasCome(framing: String) throws {
    try withServer(Self.limits) { server in
      let client = try TestClient(server.localAddress)
      try client.send("PUT / HTTP/1.1\r\nHost: a\r\n\(framing)\r\n\r\n")
      if framing.hasPrefix("Transfer") { try client.send("4c4b40\r\n") }
      try client.send([UInt8](repeating: 0x61, count: 5_000_000))
      #expect(try client.receive().status == 413)
      #expect(try client.receiveRest().isEmpty)
    }
  }

  @Test func rendersRefusalsThroughTheApplication() throws {
    var configuration = Configuration(port: 0)
    configuration.threads = 1
    let log = ExchangeLog()
    let server = try Server(
      configuration,
      refusal: { refusal, _ in
        Response(
          status: refusal.status, headers: [.contentType: "application/problem+json"],
          body: .bytes(Array("{\"detail\":\"\(refusal)\"}".utf8)))
      }, observer: log.note, handler: echo)
    defer { server.stop(drainingWithin: .zero) }
    let client = try TestClient(server.localAddress)
    try client.send("PUT /a HTTP/1.1\r\n\r\n")
    let response = try client.receive()
    #expect(response.status == 400)
    #expect(response["content-type"] == "application/problem+json")
    #expect(response.text == "{\"detail\":\"the Host field is missing\"}")
    let exchange = try #require(log.first(1).first)
    #expect(exchange.method == .put)
    #expect(exchange.target == "/a")
    #expect(exchange.status == .badRequest)
  }

  @Test func leavesOutTheBodyOfARefusedHead() throws {
    try withServer { server in
      let client = try TestClient(server.localAddress)
      try client.send("HEAD / HTTP/1.1\r\n\r\n")
      #expect(try client.receive(hasBody: false)["content-length"] == "26")
      client.finishSending()
      #expect(try client.receiveRest().isEmpty)
    }
  }

  /// The connection over the cap waits in the system's queue until another is closed.
  @Test func acceptsNoMoreThanTheCap() throws {
    try withServer({ $0.maximumConnections = 2 }) { server in
      let first = try TestClient(server.localAddress)
      let second = try TestClient(server.localAddress)
      #expect(try first.get("/1").status == 200)
      #expect(try second.get("/2").status == 200)
      let waiting = try (0..<5).map { number in
        let client = try TestClient(server.localAddress)
        try client.send("GET /\(number) HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        return client
      }
      #expect(try first.get("/1").status == 200)
      #expect(!waiting[0].hasInput(withinMilliseconds: 0))
      try first.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
      #expect(try first.receive().status == 200)
      for (number, client) in waiting.enumerated() {
        #expect(try client.receive().text == "GET /\(number)")
      }
      #expect(try second.get("/2").status == 200)
    }
  }
}
