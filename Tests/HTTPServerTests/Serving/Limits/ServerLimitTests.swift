internal import Glibc
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
        #expect(response.text == "\(Refusal(row.failure, smallLimits))\n", "\(row)")
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
    let arrived = Lock(0)
    let release = Event()
    let handler: @Sendable (Request) -> Response = { request in
      if request.path == ["block"] {
        arrived.signal { $0 += 1 }
        release.wait()
      }
      return echo(request)
    }
    try withServer({ $0.maximumConnections = 2 }, handler: handler) { server in
      let busy = try (0..<2).map { _ in
        let client = try TestClient(server.localAddress)
        try client.send("GET /block HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        return client
      }
      #expect(arrived.wait(until: monotonicNow() + 10_000_000_000) { $0 == 2 } == 2)
      let waiting = try (0..<5).map { number in
        let client = try TestClient(server.localAddress)
        try client.send("GET /\(number) HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        return client
      }
      #expect(!waiting[0].hasInput(withinMilliseconds: 0))
      release.happen()
      for client in busy { #expect(try client.receive().text == "GET /block") }
      for (number, client) in waiting.enumerated() {
        #expect(try client.receive().text == "GET /\(number)")
      }
    }
  }

  /// Whoever comes when all connections are open ends the one that has been idle for longest, and
  /// none that has a request in flight.
  @Test func theLongestIdleMakesRoom() throws {
    let arrived = Event()
    let release = Event()
    let handler: @Sendable (Request) -> Response = { request in
      if request.path == ["block"] {
        arrived.happen()
        release.wait()
      }
      return echo(request)
    }
    try withServer({ $0.maximumConnections = 3 }, handler: handler) { server in
      let busy = try TestClient(server.localAddress)
      try busy.send("GET /block HTTP/1.1\r\nHost: a\r\n\r\n")
      #expect(arrived.wait())
      var idle = try (0..<2).map { _ in try TestClient(server.localAddress) }
      for client in idle { #expect(try client.get("/").status == 200) }
      for number in 0..<20 {
        let new = try TestClient(server.localAddress)
        #expect(try new.get("/\(number)").text == "GET /\(number)")
        #expect(try idle.removeFirst().receiveRest().isEmpty, "the longest idle is closed")
        #expect(!idle[0].hasInput(withinMilliseconds: 0), "the other one is not")
        idle.append(new)
      }
      release.happen()
      #expect(try busy.receive().text == "GET /block")
    }
  }

  @Test func aClientHasOnlySoManyConnections() throws {
    let log = ExchangeLog()
    try withServer({ $0.maximumConnectionsPerClient = 2 }, observer: log.note) { server in
      var own = try (0..<2).map { _ in try TestClient(server.localAddress, from: "127.0.0.1") }
      for client in own { #expect(try client.get("/").status == 200) }
      for _ in 0..<5 {
        let refused = try TestClient(server.localAddress, from: "127.0.0.1")
        #expect(try refused.receive().status == 429)
        #expect(try refused.receiveRest().isEmpty)
      }
      let other = try TestClient(server.localAddress, from: "127.0.0.2")
      #expect(try other.get("/").status == 200)
      #expect(log.first(8).count { $0.status == .tooManyRequests } == 5)
      own.removeLast()
      // The server learns of the end when it does.
      var status = 429
      let end = monotonicNow() + 10_000_000_000
      while status == 429, monotonicNow() < end {
        let client = try TestClient(server.localAddress, from: "127.0.0.1")
        status = try client.get("/").status
      }
      #expect(status == 200)
      #expect(try own[0].get("/").status == 200)
    }
  }

  /// A proxy's connections are nobody's own; what counts is the requests of each client behind it.
  @Test func behindAProxyClientsHaveOnlySoManyRequests() throws {
    let (arrived, release) = (Event(), Event())
    let handler: @Sendable (Request) -> Response = { request in
      if request.path == ["block"] {
        arrived.happen()
        release.wait()
      }
      return echo(request)
    }
    let configure: (inout Configuration) -> Void = {
      $0.maximumConnectionsPerClient = 1
      $0.threads = 4
      $0.proxies = ProxyTrust(
        isProxy: { $0 == "127.0.0.1" }, client: { $0.headers[.xForwardedFor] })
    }
    func request(_ path: String, _ client: String) -> String {
      "GET /\(path) HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: \(client)\r\n\r\n"
    }
    try withServer(configure, handler: handler) { server in
      let clients = try (0..<4).map { _ in try TestClient(server.localAddress) }
      try clients[0].send(request("block", "192.0.2.1"))
      #expect(arrived.wait())
      try clients[1].send(request("b", "::ffff:192.0.2.1"))
      #expect(try clients[1].receive().status == 429)
      for round in 0..<3 {
        try clients[2].send(request("c", "192.0.2.2"))
        #expect(try clients[2].receive().status == 200, "\(round)")
      }
      release.happen()
      #expect(try clients[0].receive().status == 200)
      try clients[1].send(request("b", "192.0.2.1"))
      #expect(try clients[1].receive().status == 200)
      // The place is given back once the answer is out.
      let end = monotonicNow() + 10_000_000_000
      while server.core.clients.clientCount > 0, monotonicNow() < end { sched_yield() }
      #expect(server.core.clients.clientCount == 0)
    }
  }

  /// Slow senders of large bodies leave room for everyone's small ones.
  @Test func bodiesTogetherTakeOnlySoMuch() throws {
    let limits: (inout Configuration) -> Void = {
      $0.maximumBodyBytes = 100_000
      $0.maximumBodyBytesInFlight = 100_000
    }
    func put(_ count: Int) -> String {
      "PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: \(count)\r\n\r\n"
    }
    func body(_ count: Int) -> [UInt8] { [UInt8](repeating: 0x61, count: count) }
    try withServer(limits) { server in
      let slow = try TestClient(server.localAddress)
      try slow.send(put(90_000))
      try slow.send(body(80_000))
      while server.core.bodies.bytesUsed < 80_000 { sched_yield() }
      let large = try TestClient(server.localAddress)
      try large.send(put(50_000))
      try large.send(body(50_000))
      #expect(try large.receive().status == 503)
      let small = try TestClient(server.localAddress)
      try small.send(put(10_000))
      try small.send(body(10_000))
      #expect(try small.receive().body.count == 10_000)
      try slow.send(body(10_000))
      #expect(try slow.receive().body.count == 90_000)
      try small.send(put(50_000))
      try small.send(body(50_000))
      #expect(try small.receive().body.count == 50_000)
      #expect(server.core.bodies.bytesUsed == 0)
    }
  }
}
