internal import Glibc
import Testing

@testable import HTTPServer

@Suite struct ServerTimeoutTests {
  private static let short = Duration.milliseconds(60)

  @Test func closesIdleConnections() throws {
    try withServer({ $0.idleTimeout = Self.short }) { server in
      let silent = try TestClient(server.localAddress)
      let used = try TestClient(server.localAddress)
      #expect(try used.get("/").status == 200)
      #expect(try silent.receiveRest().isEmpty)
      #expect(try used.receiveRest().isEmpty)
    }
  }

  @Test(arguments: ["G", "GET / HTTP/1.1\r\nHost: a\r\n", "\r"])
  func refusesAHeadThatDoesNotEnd(start: String) throws {
    let log = ExchangeLog()
    try withServer({ $0.headTimeout = Self.short }, observer: log.note) { server in
      let client = try TestClient(server.localAddress)
      try client.send(start)
      let response = try client.receive()
      #expect(response.status == 408)
      #expect(response["connection"] == "close")
      client.finishSending()
      #expect(try client.receiveRest().isEmpty)
    }
    #expect(log.first(1).map(\.status) == [.requestTimeout])
  }

  /// Every byte comes soon after the one before; all the same the head is due as a whole.
  @Test func refusesAHeadThatDrips() throws {
    try withServer({ $0.headTimeout = Self.short }) { server in
      let client = try TestClient(server.localAddress)
      try client.send("GET /")
      while !client.hasInput(withinMilliseconds: 5) { try client.send("a") }
      #expect(try client.receive().status == 408)
    }
  }

  @Test(arguments: ["Content-Length: 5", "Transfer-Encoding: chunked"])
  func refusesABodyThatDoesNotCome(framing: String) throws {
    try withServer({ $0.bodyTimeout = Self.short }) { server in
      let client = try TestClient(server.localAddress)
      try client.send("PUT /a HTTP/1.1\r\nHost: a\r\n\(framing)\r\n\r\n")
      #expect(try client.receive().status == 408)
    }
  }

  /// 100 bytes at 1 byte a second earn 100 seconds; the connection that sent none shows when the
  /// time without them is over.
  @Test func grantsTimeForTheBytesThatCame() throws {
    try withServer({
      $0.bodyTimeout = Self.short
      $0.lowestRate = 1
    }) { server in
      let steady = try TestClient(server.localAddress)
      let head = "PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 101\r\n\r\n"
      try steady.send(head + String(repeating: "a", count: 100))
      let stalled = try TestClient(server.localAddress)
      try stalled.send(head)
      #expect(try stalled.receive().status == 408)
      try steady.send("a")
      #expect(try steady.receive().body.count == 101)
    }
  }

  @Test func cutsAClientThatDoesNotRead() throws {
    let log = ExchangeLog()
    let large = [UInt8](repeating: 0x61, count: 50_000_000)
    try withServer(
      {
        $0.writeTimeout = Self.short
        $0.lowestRate = 1_000_000_000
      }, observer: log.note, handler: { _ in Response(status: .ok, body: .bytes(large)) }
    ) { server in
      let client = try TestClient(server.localAddress, receiveBuffer: 8 * 1024)
      try client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
      let exchange = try #require(log.first(1).first)
      #expect(!exchange.isComplete)
      #expect(exchange.bytesSent > 0)
      #expect(exchange.bytesSent < large.count)
      #expect(throws: ClientError.self) { try client.receive() }
    }
  }

  /// After an early answer the client may go on sending, but not for ever.
  @Test func lingersOnlySoLong() throws {
    try withServer { server in
      let client = try TestClient(server.localAddress)
      try client.send("GET /\n")
      #expect(try client.receive().status == 400)
      #expect(try client.receiveRest().isEmpty)
      #expect(throws: ClientError.self) {
        while true { try client.send([UInt8](repeating: 0x61, count: 1_000_000)) }
      }
    }
  }
}
