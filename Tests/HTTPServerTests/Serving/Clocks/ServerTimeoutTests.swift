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

  /// What the system takes for a client is nothing that the client has taken: at this rate it would
  /// grant two minutes.
  @Test func grantsNoTimeForWhatTheSystemHolds() throws {
    let log = ExchangeLog()
    let large = [UInt8](repeating: 0x61, count: 50_000_000)
    try withServer(
      {
        $0.writeTimeout = Self.short
        $0.lowestRate = 20_000
      }, observer: log.note, handler: { _ in Response(status: .ok, body: .bytes(large)) }
    ) { server in
      let client = try TestClient(server.localAddress, receiveBuffer: 4 * 1024)
      try client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
      let exchange = try #require(log.first(1).first)
      #expect(!exchange.isComplete)
      #expect(exchange.bytesSent < 1_000_000)
      withExtendedLifetime(client) {}
    }
  }

  /// The same where the system has taken the whole response, and the connection would be idle.
  @Test(arguments: ["", "Connection: close\r\n"])
  func cutsAClientThatTakesNothing(field: String) throws {
    let log = ExchangeLog()
    let body = [UInt8](repeating: 0x61, count: 150_000)
    try withServer(
      {
        $0.writeTimeout = Self.short
        $0.lowestRate = 1_000_000_000
      }, observer: log.note, handler: { _ in Response(status: .ok, body: .bytes(body)) }
    ) { server in
      let client = try TestClient(server.localAddress, receiveBuffer: 4 * 1024)
      try client.send("GET / HTTP/1.1\r\nHost: a\r\n\(field)\r\n")
      #expect(log.first(1).first?.isComplete == true)
      #expect(client.isReset(withinMilliseconds: 10_000))
    }
  }

  /// Whoever takes the response in the end keeps the connection.
  @Test func aClientThatTakesItLateKeepsItsConnection() throws {
    let body = [UInt8](repeating: 0x61, count: 150_000)
    try withServer(
      { $0.lowestRate = 1_000_000_000 }, handler: { _ in Response(status: .ok, body: .bytes(body)) }
    ) { server in
      let client = try TestClient(server.localAddress, receiveBuffer: 4 * 1024)
      for _ in 0..<3 { #expect(try client.get("/").body == body) }
    }
  }

  /// Handlers learn that their time is up, and what waited for a thread for so long has no use of one.
  @Test func requestsHaveATime() throws {
    let (arrived, calls) = (Event(), Lock(0))
    let handler: @Sendable (Request) -> Response = { request in
      calls.withLock { $0 += 1 }
      guard request.path == ["slow"] else { return echo(request) }
      arrived.happen()
      while request.interruption != .timeIsUp {}
      let isOver = request.timeLeft == .zero
      // The other request came later.
      let end = monotonicNow() + 200_000_000
      calls.wait(until: end) { $0 > 1 }
      return Response(status: isOver ? .ok : .conflict)
    }
    try withServer(
      {
        $0.threads = 1
        $0.requestTimeout = .milliseconds(150)
      }, handler: handler
    ) { server in
      let slow = try TestClient(server.localAddress)
      try slow.send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n")
      #expect(arrived.wait())
      #expect(try TestClient(server.localAddress).get("/late").status == 503)
      #expect(try slow.receive().status == 200)
      #expect(calls.withLock { $0 } == 1)
      #expect(try slow.get("/next").status == 200)
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
