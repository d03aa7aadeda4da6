import Testing

@testable import HTTPServer

/// What `Request.isAbandoned` says while a handler works, over real sockets.
@Suite struct AbandonedRequestTests {
  /// Asks until the client has gone; false after ten seconds.
  private static func waitUntilAbandoned(_ request: Request) -> Bool {
    let end = monotonicNow() + 10_000_000_000
    while monotonicNow() < end {
      if request.isAbandoned { return true }
    }
    return false
  }

  private static let get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"

  @Test(arguments: [false, true])
  func seesAClientThatHasGone(byReset: Bool) throws {
    let arrived = Event()
    let left = Event()
    let seen = Lock<Bool?>(nil)
    try withServer(handler: { request in
      arrived.happen()
      left.wait()
      let isAbandoned = Self.waitUntilAbandoned(request)
      seen.signal { $0 = isAbandoned }
      return echo(request)
    }) { server in
      var client: TestClient? = try TestClient(server.localAddress)
      try client?.send(Self.get)
      #expect(arrived.wait())
      if byReset { client?.reset() }
      client = nil
      left.happen()
      #expect(seen.wait(until: monotonicNow() + 20_000_000_000) { $0 != nil } == true)
    }
  }

  /// `nc -N` and its like shut down their sending side and wait for the answer.
  @Test(arguments: ["HTTP/1.1\r\nHost: a\r\n\r\n", "HTTP/1.0\r\n\r\n"])
  func knowsAHalfClosedClientFromOneThatHasGone(version: String) throws {
    let finished = Event()
    try withServer(handler: { request in
      finished.wait()
      let answers = (0..<1000).map { _ in request.isAbandoned }
      return Response(status: answers.contains(true) ? .conflict : .ok, body: .bytes([0x61]))
    }) { server in
      let client = try TestClient(server.localAddress)
      try client.send("GET / " + version)
      client.finishSending()
      finished.happen()
      var response = try client.receive()
      // HTTP/1.1 clients may be asked whether they are there, once.
      if version.hasPrefix("HTTP/1.1"), response.status == 102 { response = try client.receive() }
      #expect(response.status == 200)
      #expect(response.text == "a")
    }
  }

  @Test func aWaitingClientIsThere() throws {
    try withServer(handler: { request in
      Response(status: request.isAbandoned ? .conflict : .ok)
    }) { server in
      let client = try TestClient(server.localAddress)
      #expect(try client.get("/").status == 200)
      try client.send(Self.get + Self.get)
      #expect(try client.receive().status == 200)
      #expect(try client.receive().status == 200)
    }
  }

  @Test func aRequestFromNoSocketIsNeverAbandoned() {
    let request = Request(
      method: .get, target: "/", path: [], query: Query(), version: .http11, headers: [:], body: [])
    #expect(!request.isAbandoned)
  }
}
