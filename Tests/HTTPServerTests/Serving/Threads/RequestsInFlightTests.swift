import Testing

@testable import HTTPServer

@Suite struct RequestsInFlightTests {
  /// One that is answered, one that waits; the third is turned away, keeps its connection, and is
  /// answered when there is room again.
  @Test func moreThanMayBeAreTurnedAway() throws {
    let arrivals = Lock(0)
    let release = Event()
    let handler: @Sendable (Request) -> Response = { request in
      arrivals.signal { $0 += 1 }
      if request.path == ["block"] { release.wait() }
      return echo(request)
    }
    let limits: (inout Configuration) -> Void = {
      $0.threads = 1
      $0.maximumRequestsInFlight = 2
    }
    try withServer(limits, handler: handler) { server in
      let busy = try TestClient(server.localAddress)
      try busy.send("GET /block HTTP/1.1\r\nHost: a\r\n\r\n")
      arrivals.wait(until: monotonicNow() + 10_000_000_000) { $0 == 1 }
      let waiting = try TestClient(server.localAddress)
      try waiting.send("PUT /wait HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\na")
      // Another one in between would be the one that waits.
      server.waitForRequestsInFlight(2)
      let third = try TestClient(server.localAddress)
      let response = try third.get("/third")
      #expect(response.status == 503)
      #expect(response["connection"] == nil)
      #expect(response.text == "too many requests are being answered already\n")
      try third.send("GET /1 HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\n\r\n")
      #expect(try third.receive().status == 503)
      #expect(try third.receive().status == 503)
      release.happen()
      #expect(try busy.receive().text == "GET /block")
      #expect(try waiting.receive().text == "a")
      #expect(try third.get("/third").text == "GET /third")
    }
  }

  /// News for streams counts as no request, and takes half of the threads at most.
  @Test func wakeUpsStarveNoRequest() throws {
    let taps = (0..<20).map { _ in LiveBodyTests.Tap() }
    let (hasNews, stuck, release) = (Event(), Event(), Event())
    let handler: @Sendable (Request) -> Response = { request in
      guard let number = request.path.first.flatMap({ Int($0) }) else { return echo(request) }
      let body = LiveBody(heartbeat: [0x7E]) {
        guard hasNews.isPast else { return .nothingYet }
        stuck.happen()
        release.wait()
        return .nothingYet
      }
      taps[number].hand(body)
      return Response(status: .ok, body: .live(body))
    }
    let limits: (inout Configuration) -> Void = {
      $0.threads = 2
      $0.maximumRequestsInFlight = 2
    }
    try withServer(limits, handler: handler) { server in
      let clients = try taps.indices.map { number in
        let client = try TestClient(server.localAddress)
        try client.send("GET /\(number) HTTP/1.1\r\nHost: a\r\n\r\n")
        _ = try client.receiveHeadOnly()
        // Its thread may not be done with it yet, though the head has arrived.
        server.waitUntilNoneIsInFlight()
        return client
      }
      hasNews.happen()
      for tap in taps { tap.put("news") }
      #expect(stuck.wait())
      let other = try TestClient(server.localAddress)
      for _ in 0..<20 {
        #expect(try other.get("/").status == 200)
        server.waitUntilNoneIsInFlight()
      }
      release.happen()
      withExtendedLifetime(clients) {}
    }
  }

  /// What watches the server is answered while every thread is busy and the queue is full.
  @Test func reservedPathsWaitBehindNobody() throws {
    let (arrived, release) = (Lock(0), Event())
    let handler: @Sendable (Request) -> Response = { request in
      if request.path == ["block"] {
        arrived.signal { $0 += 1 }
        release.wait()
      }
      return echo(request)
    }
    var configuration = Configuration(port: 0)
    configuration.threads = 2
    configuration.maximumRequestsInFlight = 2
    configuration.reservedPaths = [["ready"]]
    let server = try Server(
      configuration, atOnce: { $0.path == ["health"] ? echo($0) : nil }, handler: handler)
    defer { server.stop(drainingWithin: .zero) }
    let busy = try (0..<2).map { _ in
      let client = try TestClient(server.localAddress)
      try client.send("GET /block HTTP/1.1\r\nHost: a\r\n\r\n")
      return client
    }
    #expect(arrived.wait(until: monotonicNow() + 10_000_000_000) { $0 == 2 } == 2)
    let watch = try TestClient(server.localAddress)
    for path in ["/ready", "/health", "/ready?a=b"] {
      #expect(try watch.get(path).text == "GET \(path)")
    }
    #expect(try watch.get("/other").status == 503)
    // Behind one of them on the same connection, another request is no more urgent than it was.
    try watch.send("GET /ready HTTP/1.1\r\nHost: a\r\n\r\nGET /b HTTP/1.1\r\nHost: a\r\n\r\n")
    #expect(try [watch.receive().status, watch.receive().status] == [200, 503])
    release.happen()
    for client in busy { #expect(try client.receive().text == "GET /block") }
  }

  /// What has begun goes on, however many come after it.
  @Test func bodiesThatHaveBegunAreSentToTheirEnd() throws {
    let handler: @Sendable (Request) -> Response = { request in
      let left = Lock(200)
      return Response(
        status: .ok,
        body: .stream(
          BodyStream {
            left.withLock { left in
              left -= 1
              return left < 0 ? nil : [UInt8](repeating: 0x61, count: 64 * 1024)
            }
          }))
    }
    let limits: (inout Configuration) -> Void = {
      $0.threads = 1
      $0.maximumRequestsInFlight = 1
    }
    try withServer(limits, handler: handler) { server in
      let clients = try (0..<4).map { _ in
        try TestClient(server.localAddress, receiveBuffer: 8 * 1024)
      }
      for client in clients { try client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n") }
      let sizes = try clients.map { try $0.receive() }.filter { $0.status == 200 }.map(\.body.count)
      #expect(!sizes.isEmpty)
      #expect(sizes.allSatisfy { $0 == 200 * 64 * 1024 })
    }
  }
}
