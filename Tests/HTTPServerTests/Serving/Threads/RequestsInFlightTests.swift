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
