import Testing

@testable import HTTPServer

@Suite struct ServerConcurrencyTests {
  @Test func handlersThatBlockDelayNobody() throws {
    let arrivals = Lock(0)
    let release = Event()
    let handler: @Sendable (Request) -> Response = { request in
      if request.path == ["block"] {
        arrivals.signal { $0 += 1 }
        release.wait()
      }
      return echo(request)
    }
    try withServer({ $0.threads = 8 }, handler: handler) { server in
      let blocked = try (0..<7).map { _ in
        let client = try TestClient(server.localAddress)
        try client.send("GET /block HTTP/1.1\r\nHost: a\r\n\r\n")
        return client
      }
      #expect(arrivals.wait(until: monotonicNow() + 10_000_000_000) { $0 == 7 } == 7)
      let fast = try TestClient(server.localAddress)
      for number in 0..<100 { #expect(try fast.get("/\(number)").status == 200) }
      #expect(!release.isPast)
      release.happen()
      for client in blocked { #expect(try client.receive().text == "GET /block") }
    }
  }

  /// One thread, and clients at every stage that could hold it.
  @Test func slowClientsHoldNoThread() throws {
    let large = [UInt8](repeating: 0x61, count: 20_000_000)
    let handler: @Sendable (Request) -> Response = { request in
      request.path == ["large"] ? Response(status: .ok, body: .bytes(large)) : echo(request)
    }
    try withServer({ $0.threads = 1 }, handler: handler) { server in
      let starts = [
        "", "G", "GET / HTTP/1.1\r\nHost: a\r\n",
        "PUT /a HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\na",
        "PUT /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2\r\na",
        "GET /large HTTP/1.1\r\nHost: a\r\n\r\n", "GET /\n",
      ]
      let slow = try starts.map { start in
        let client = try TestClient(server.localAddress, receiveBuffer: 8 * 1024)
        try client.send(start)
        return client
      }
      let fast = try TestClient(server.localAddress)
      for number in 0..<100 { #expect(try fast.get("/\(number)").status == 200) }
      try slow[2].send("\r\n")
      #expect(try slow[2].receive().text == "GET /")
      try slow[3].send("b")
      #expect(try slow[3].receive().text == "ab")
      #expect(try slow[5].receive().body.count == large.count)
    }
  }

  /// One thread, and a client that sends a thousand requests at once.
  @Test func whoeverPipelinesLeavesOthersTheirTurn() throws {
    let order = Lock<[String]>([])
    let release = Event()
    let handler: @Sendable (Request) -> Response = { request in
      order.signal { $0.append(request.target) }
      if request.target == "/first" { release.wait() }
      return echo(request)
    }
    try withServer({ $0.threads = 1 }, handler: handler) { server in
      let eager = try TestClient(server.localAddress)
      let more = String(repeating: "GET /more HTTP/1.1\r\nHost: a\r\n\r\n", count: 1_000)
      try eager.send("GET /first HTTP/1.1\r\nHost: a\r\n\r\n" + more)
      order.wait(until: monotonicNow() + 10_000_000_000) { !$0.isEmpty }
      let other = try TestClient(server.localAddress)
      try other.send("GET /other HTTP/1.1\r\nHost: a\r\n\r\n")
      server.waitForRequestsInFlight(2)
      release.happen()
      #expect(try other.receive().text == "GET /other")
      for _ in 0...1_000 { #expect(try eager.receive().status == 200) }
      let place = order.withLock { $0.firstIndex(of: "/other") }
      #expect(try #require(place) < 100)
    }
  }

  @Test func servesManyClientsAtOnce() throws {
    try withServer({ $0.threads = 8 }) { server in
      let failures = Lock<[String]>([])
      let threads = try (0..<16).map { number in
        try Thread {
          do {
            let client = try TestClient(server.localAddress)
            for round in 0..<200 {
              let text = try client.get("/\(number)/\(round)").text
              if text != "GET /\(number)/\(round)" { failures.withLock { $0.append(text) } }
            }
          } catch {
            failures.withLock { $0.append("\(error)") }
          }
        }
      }
      for thread in threads { thread.join() }
      #expect(failures.withLock { $0 } == [])
    }
  }

  @Test func keepsManyIdleConnections() throws {
    // Both ends are in this process.
    let count = min(1000, (raiseDescriptorLimit() - 200) / 2)
    try withServer({ $0.maximumConnectionsPerClient = count }) { server in
      let clients = try (0..<count).map { _ in try TestClient(server.localAddress) }
      for (number, client) in clients.enumerated() {
        #expect(try client.get("/\(number)").text == "GET /\(number)")
      }
      for (number, client) in clients.enumerated().reversed() {
        #expect(try client.get("/\(number)").text == "GET /\(number)")
      }
    }
  }

  /// Slots and descriptors are used again by later connections.
  @Test func servesOneConnectionAfterAnother() throws {
    try withServer({ $0.maximumConnections = 4 }) { server in
      for number in 0..<500 {
        let client = try TestClient(server.localAddress)
        #expect(try client.get("/\(number)").text == "GET /\(number)")
      }
    }
  }
}
