import Testing

@testable import HTTPServer

/// Bodies whose bytes come later, over real sockets.
@Suite struct LiveBodyTests {
  /// Hands out what it is given, and remembers who asked.
  final class Tap: Sendable {
    private struct State {
      var pieces: [LiveBody.Piece] = []
      var body: LiveBody?
      var asked = 0
    }

    private let state = Lock(State())
    let ended = Event()

    func response(every interval: Duration = .seconds(15)) -> Response {
      let body = LiveBody(
        heartbeat: Array("~".utf8), every: interval, onEnd: { [ended] in ended.happen() }
      ) { [self] in
        state.withLock { state in
          state.asked += 1
          return state.pieces.isEmpty ? .nothingYet : state.pieces.removeFirst()
        }
      }
      state.withLock { $0.body = body }
      return Response(status: .ok, body: .live(body))
    }

    /// Wakes another body from now on.
    func hand(_ body: LiveBody) { state.withLock { $0.body = body } }

    func put(_ pieces: LiveBody.Piece...) {
      let body = state.withLock { state in
        state.pieces += pieces
        return state.body
      }
      body?.wake()
    }

    func put(_ text: String) { put(.bytes(Array(text.utf8))) }

    var asked: Int { state.withLock { $0.asked } }
  }

  /// Reads chunks off a client until so many bytes of body have come.
  private func receive(_ count: Int, from client: TestClient) throws -> String {
    var body = ""
    while body.utf8.count < count { body += try client.receiveChunk() }
    return body
  }

  @Test func sendsWhatComesLater() throws {
    let tap = Tap()
    try withServer(handler: { _ in tap.response() }) { server in
      let client = try TestClient(server.localAddress)
      try client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
      #expect(try client.receiveHeadOnly()["transfer-encoding"] == "chunked")
      tap.put("one")
      #expect(try client.receiveChunk() == "one")
      tap.put("two")
      #expect(try client.receiveChunk() == "two")
      tap.put(.bytes(Array("three".utf8)), .end)
      #expect(try receive(5, from: client) == "three")
      #expect(try client.receiveChunk().isEmpty)
      #expect(tap.ended.wait())
      // The connection goes on.
      tap.put("four")
      try client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
      _ = try client.receiveHeadOnly()
      #expect(try client.receiveChunk() == "four")
    }
  }

  /// Many more live bodies than threads, and an ordinary request is answered all the same.
  @Test func holdsNoThread() throws {
    let taps = (0..<40).map { _ in Tap() }
    try withServer(handler: { request in
      request.path.first.flatMap { Int($0) }.map { taps[$0].response() } ?? echo(request)
    }) { server in
      let clients = try taps.indices.map { number in
        let client = try TestClient(server.localAddress)
        try client.send("GET /\(number) HTTP/1.1\r\nHost: a\r\n\r\n")
        _ = try client.receiveHeadOnly()
        return client
      }
      #expect(try TestClient(server.localAddress).get("/").status == 200)
      for tap in taps { tap.put("news") }
      for client in clients { #expect(try client.receiveChunk() == "news") }
    }
  }

  /// A wake-up that comes while a thread has the connection is not lost.
  @Test func losesNoWakeUp() throws {
    let tap = Tap()
    try withServer(handler: { _ in tap.response() }) { server in
      let client = try TestClient(server.localAddress)
      try client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
      _ = try client.receiveHeadOnly()
      let producer = try Thread { for _ in 0..<5000 { tap.put("a") } }
      #expect(try receive(5000, from: client).utf8.count == 5000)
      producer.join()
    }
  }

  /// Who does not read is not asked for more, and holds up nobody.
  @Test func asksNoMoreThanTheClientTakes() throws {
    let asked = Lock(0)
    let large = [UInt8](repeating: 0x61, count: 1 << 20)
    try withServer(handler: { request in
      guard request.path == ["flood"] else { return echo(request) }
      return Response(
        status: .ok,
        body: .live(
          LiveBody(heartbeat: [0x7E]) {
            asked.signal { $0 += 1 }
            return .bytes(large)
          }))
    }) { server in
      let client = try TestClient(server.localAddress, receiveBuffer: 8 * 1024)
      try client.send("GET /flood HTTP/1.1\r\nHost: a\r\n\r\n")
      #expect(asked.wait(until: monotonicNow() + 10_000_000_000) { $0 > 0 } > 0)
      for _ in 0..<20 { #expect(try TestClient(server.localAddress).get("/").status == 200) }
      #expect(asked.withLock { $0 } < 20)
    }
  }

  @Test func beatsWhileNothingComes() throws {
    let tap = Tap()
    try withServer(
      { $0.idleTimeout = .milliseconds(20) },
      handler: { _ in
        tap.response(every: .milliseconds(20))
      }
    ) { server in
      let client = try TestClient(server.localAddress)
      try client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
      _ = try client.receiveHeadOnly()
      for _ in 0..<3 { #expect(try client.receiveChunk() == "~") }
      tap.put("news")
      var piece = "~"
      while piece == "~" { piece = try client.receiveChunk() }
      #expect(piece == "news")
    }
  }

  @Test(arguments: [false, true])
  func endsWhenTheClientLeaves(byReset: Bool) throws {
    let tap = Tap()
    let log = ExchangeLog()
    try withServer(observer: log.note, handler: { _ in tap.response() }) { server in
      var client: TestClient? = try TestClient(server.localAddress)
      try client?.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
      _ = try client?.receiveHeadOnly()
      if byReset { client?.reset() }
      client = nil
      #expect(tap.ended.wait())
      #expect(log.first(1).map(\.isComplete) == [true])
      tap.put("nobody hears this")
    }
  }

  /// A client that has only finished sending goes on hearing.
  @Test func goesOnForAHalfClosedClient() throws {
    let tap = Tap()
    try withServer(handler: { _ in tap.response() }) { server in
      let client = try TestClient(server.localAddress)
      try client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
      _ = try client.receiveHeadOnly()
      client.finishSending()
      #expect(try client.receiveChunk() == "~")
      let asked = tap.asked
      tap.put("news")
      #expect(try client.receiveChunk() == "news")
      // It is not looked at over and over.
      #expect(tap.asked < asked + 10)
    }
  }

  @Test func endsWellWhenTheServerStops() throws {
    let tap = Tap()
    try withServer(handler: { _ in tap.response() }) { server in
      let client = try TestClient(server.localAddress)
      try client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
      _ = try client.receiveHeadOnly()
      tap.put("news")
      #expect(try client.receiveChunk() == "news")
      server.stop(drainingWithin: .seconds(10))
      #expect(try client.receiveChunk().isEmpty)
      #expect(try client.receiveRest().isEmpty)
      #expect(tap.ended.isPast)
    }
  }

  @Test func endsWhereNoBodyIsSent() throws {
    let tap = Tap()
    try withServer(handler: { _ in tap.response() }) { server in
      let client = try TestClient(server.localAddress)
      try client.send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\nGET / HTTP/1.0\r\n\r\n")
      #expect(try client.receive(hasBody: false).status == 200)
      _ = try client.receiveHeadOnly()
      #expect(tap.ended.wait())
      tap.put(.bytes(Array("old".utf8)), .end)
      #expect(try client.receiveRest() == Array("old".utf8))
    }
  }
}
