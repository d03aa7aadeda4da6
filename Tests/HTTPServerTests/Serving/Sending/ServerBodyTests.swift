internal import Glibc
import TestSupport
import Testing

@testable import HTTPServer

@Suite struct ServerBodyTests {
  @Test func readsBodiesHoweverTheyCome() throws {
    try withServer { server in
      let client = try TestClient(server.localAddress)
      let head = "PUT / HTTP/1.1\r\nHost: a\r\n"
      try client.send(head + "Content-Length: 5\r\n\r\nhello")
      #expect(try client.receive().text == "hello")
      try client.send(
        head + "Transfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3\r\nllo\r\n0\r\nA: b\r\n\r\n")
      #expect(try client.receive().text == "hello")
      try client.send(head + "Content-Length: 0\r\n\r\n")
      #expect(try client.receive().text == "PUT /")
    }
  }

  @Test func readsLargeBodies() throws {
    var random = SeededGenerator(seed: 1)
    let body = (0..<3_000_000).map { _ in UInt8(truncatingIfNeeded: random.next()) }
    try withServer { server in
      let client = try TestClient(server.localAddress)
      try client.send("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: \(body.count)\r\n\r\n")
      try client.send(body)
      #expect(try client.receive().body == body)
    }
  }

  @Test func readsWhatComesByteForByte() throws {
    try withServer { server in
      let client = try TestClient(server.localAddress)
      let message =
        "PUT / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"
      for byte in (message + message).utf8 { try client.send([byte]) }
      #expect(try client.receive().text == "abc")
      #expect(try client.receive().text == "abc")
    }
  }

  @Test func asksForTheBodyThatIsHeldBack() throws {
    try withServer { server in
      let client = try TestClient(server.localAddress)
      for _ in 0..<2 {
        try client.send(
          "PUT / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n")
        #expect(try client.receive() == ReceivedResponse(status: 100))
        try client.send("hello")
        #expect(try client.receive().text == "hello")
      }
    }
  }

  @Test func refusesTheBodyThatIsHeldBack() throws {
    try withServer({ $0.maximumBodyBytes = 4 }) { server in
      let client = try TestClient(server.localAddress)
      try client.send(
        "PUT / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n")
      #expect(try client.receive().status == 413)
      client.finishSending()
      #expect(try client.receiveRest().isEmpty)
    }
  }

  @Test(arguments: [
    (Status.ok, Response.Body.none, Optional("0")), (.ok, .bytes(Array("abc".utf8)), "3"),
    (.noContent, .bytes(Array("abc".utf8)), nil), (.notModified, .bytes(Array("abc".utf8)), nil),
    (.noContent, .stream(BodyStream { [0x61] }), nil),
  ])
  func sendsNoBodyWhereNoneBelongs(
    status: Status, body: Response.Body, length: String?
  ) throws {
    try withServer(handler: { _ in Response(status: status, body: body) }) { server in
      let client = try TestClient(server.localAddress)
      for _ in 0..<2 {
        try client.send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n")
        let head = try client.receive(hasBody: false)
        let whole = try client.get("/")
        #expect(Self.lasting(head) == Self.lasting(whole))
        #expect(whole["content-length"] == length)
        #expect(whole["transfer-encoding"] == nil)
      }
    }
  }

  /// The fields that are the same in every answer to the same request.
  private static func lasting(_ response: ReceivedResponse) -> [String] {
    response.fields.filter { !$0.hasPrefix("Date") && !$0.hasPrefix("X-Request-ID") }
  }

  private static func counting(to count: Int) -> @Sendable (Request) -> Response {
    { _ in
      var next = 0
      return Response(
        status: .ok,
        body: .stream(
          BodyStream {
            defer { next += 1 }
            // An empty piece is no end.
            if next % 5 == 4 { return [] }
            return next < count ? Array("\(next) ".utf8) : nil
          }))
    }
  }

  @Test func streamsInChunks() throws {
    let expected = (0..<1000).filter { $0 % 5 != 4 }.map { "\($0) " }.joined()
    try withServer(handler: Self.counting(to: 1000)) { server in
      let client = try TestClient(server.localAddress)
      for _ in 0..<2 {
        let response = try client.get("/")
        #expect(response["transfer-encoding"] == "chunked")
        #expect(response["content-length"] == nil)
        #expect(response.text == expected)
      }
      try client.send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n")
      #expect(try client.receive(hasBody: false)["transfer-encoding"] == "chunked")
      #expect(try client.get("/").text == expected)
    }
  }

  @Test func streamsToHTTP10UntilTheConnectionEnds() throws {
    try withServer(handler: Self.counting(to: 3)) { server in
      let client = try TestClient(server.localAddress)
      try client.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
      let response = try client.receive()
      #expect(response["transfer-encoding"] == nil)
      #expect(response["connection"] == "close")
      #expect(response.text == "0 1 2 ")
    }
  }

  @Test(arguments: [0, 1, 3])
  func streamsOfAnyLengthEnd(count: Int) throws {
    try withServer(handler: Self.counting(to: count)) { server in
      let client = try TestClient(server.localAddress)
      #expect(try client.get("/").text == (0..<count).map { "\($0) " }.joined())
      #expect(try client.get("/").status == 200)
    }
  }

  @Test(arguments: ["HTTP/1.1\r\nHost: a", "HTTP/1.0"])
  func cutsAStreamThatFails(version: String) throws {
    let log = ExchangeLog()
    let handler: @Sendable (Request) -> Response = { _ in
      var next = 0
      return Response(
        status: .ok,
        body: .stream(
          BodyStream {
            next += 1
            if next > 3 { throw ClientError.unexpectedEnd }
            return [0x61]
          }))
    }
    try withServer(observer: log.note, handler: handler) { server in
      let client = try TestClient(server.localAddress)
      try client.send("GET / \(version)\r\n\r\n")
      #expect(throws: ClientError.self) { try client.receive() }
    }
    #expect(log.first(1).map(\.isComplete) == [false])
  }

  /// The producer is asked only for what the client takes.
  @Test func streamsNoFasterThanTheClientReads() throws {
    let pieces = Lock(0)
    let total = 4000
    let handler: @Sendable (Request) -> Response = { request in
      guard request.path == ["stream"] else { return echo(request) }
      return Response(
        status: .ok,
        body: .stream(
          BodyStream {
            pieces.withLock { count in
              count += 1
              return count <= total ? [UInt8](repeating: 0x61, count: 64 * 1024) : nil
            }
          }))
    }
    try withServer({ $0.threads = 1 }, handler: handler) { server in
      let slow = try TestClient(server.localAddress, receiveBuffer: 8 * 1024)
      try slow.send("GET /stream HTTP/1.1\r\nHost: a\r\n\r\n")
      var head = try slow.receiveSome()
      // The one thread is free for others, and the socket's buffers are full after a few turns.
      let other = try TestClient(server.localAddress)
      for number in 0..<1000 { #expect(try other.get("/\(number)").status == 200) }
      #expect(pieces.withLock { $0 } < total / 4)
      head += try slow.receiveSome()
      #expect(String(decoding: head.prefix(15), as: UTF8.self) == "HTTP/1.1 200 OK")
    }
  }
}
