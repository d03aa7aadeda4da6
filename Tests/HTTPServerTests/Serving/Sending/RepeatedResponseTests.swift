internal import Glibc
import Testing

@testable import HTTPServer

@Suite struct RepeatedResponseTests {
  private static let request = "GET /a HTTP/1.1\r\nHost: a\r\n\r\n"

  /// A handler that counts its calls, and whose answers are current while the switch is on.
  private final class Counted: Sendable {
    let calls = Lock(0)
    let isCurrent = Lock(true)

    var count: Int { calls.withLock { $0 } }

    @Sendable func answer(_ request: Request) -> Response {
      let number = calls.withLock { calls in
        calls += 1
        return calls
      }
      var response = Response(
        status: .ok, headers: [.etag: "\"\(number)\""],
        body: .bytes(Array("\(request.method) \(number)".utf8)))
      if request.path != ["never"] { response.isCurrent = { self.isCurrent.withLock { $0 } } }
      return response
    }
  }

  @Test func isRepeatedWhileItIsCurrent() throws {
    let counted = Counted()
    let log = ExchangeLog()
    try withServer(observer: log.note, handler: counted.answer) { server in
      let (one, other) = (try TestClient(server.localAddress), try TestClient(server.localAddress))
      var names: Set<String> = []
      for client in Array(repeating: one, count: 50) + Array(repeating: other, count: 50) {
        try client.send(Self.request)
        let response = try client.receive()
        #expect(response.status == 200)
        #expect(response.text == "GET \(response["etag"]?.filter(\.isNumber) ?? "")")
        #expect(response["content-length"] == "\(response.body.count)")
        #expect(response["date"]?.hasSuffix(" GMT") == true)
        names.insert(try #require(response["x-request-id"]))
      }
      #expect(names.count == 100, "each has a name of its own")
      #expect(counted.count < 100, "some were repeated")
      let exchanges = log.first(100)
      #expect(exchanges.count == 100)
      #expect(exchanges.allSatisfy { $0.target == "/a" && $0.status == .ok && $0.isComplete })
      #expect(Set(exchanges.map(\.bytesSent)).count <= 3)
    }
  }

  /// What is not current any more is never seen again, from that very moment on.
  @Test func isNotRepeatedWhenItIsNotCurrent() throws {
    let counted = Counted()
    try withServer(handler: counted.answer) { server in
      let client = try TestClient(server.localAddress)
      for _ in 0..<200 {
        try client.send(Self.request)
        _ = try client.receive()
        counted.isCurrent.withLock { $0 = false }
        let before = counted.count
        try client.send(Self.request)
        #expect(try client.receive().text == "GET \(before + 1)")
        counted.isCurrent.withLock { $0 = true }
      }
    }
  }

  /// It is renewed within ``Response/longestRepetition``, though it says that it is current.
  @Test func isNotRepeatedForEver() throws {
    let counted = Counted()
    try withServer(handler: counted.answer) { server in
      let client = try TestClient(server.localAddress)
      let start = monotonicNow()
      while counted.count < 3, monotonicNow() - start < 10_000_000_000 {
        try client.send(Self.request)
        _ = try client.receive()
      }
      #expect(counted.count == 3)
      #expect(monotonicNow() - start > Response.longestRepetition.nanoseconds)
    }
  }

  @Test(arguments: [
    "GET /never HTTP/1.1\r\nHost: a\r\n\r\n",
    "GET /a HTTP/1.1\r\nHost: a\r\nX-Request-ID: x\r\n\r\n",
    "POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n", "GET /a HTTP/1.0\r\n\r\n",
    "GET /a HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx",
  ])
  func othersAreAskedForEachTime(message: String) throws {
    let counted = Counted()
    try withServer(handler: counted.answer) { server in
      for number in 1...20 {
        let client = try TestClient(server.localAddress)
        try client.send(message)
        #expect(try client.receive().text.hasSuffix(" \(number)"))
      }
    }
  }

  /// Requests that differ in a byte have each their own response.
  @Test func requestsAreToldApart() throws {
    let handler: @Sendable (Request) -> Response = { request in
      var response = echo(request)
      response.headers.append(.etag, request.headers[.userAgent] ?? "")
      response.isCurrent = { true }
      return response
    }
    try withServer(handler: handler) { server in
      let client = try TestClient(server.localAddress)
      for round in 0..<3 {
        for number in 0..<100 {
          try client.send(
            "GET /\(number % 10) HTTP/1.1\r\nHost: a\r\nUser-Agent: \(number / 10)\r\n\r\n")
          let response = try client.receive()
          #expect(response.text == "GET /\(number % 10)", "\(round)")
          #expect(response["etag"] == "\(number / 10)", "\(round)")
        }
      }
      try client.send("HEAD /1 HTTP/1.1\r\nHost: a\r\nUser-Agent: 1\r\n\r\n")
      #expect(try client.receive(hasBody: false)["content-length"] == "7")
      try client.send("HEAD /1 HTTP/1.1\r\nHost: a\r\nUser-Agent: 1\r\n\r\n")
      #expect(try client.receive(hasBody: false)["content-length"] == "7")
      #expect(try client.get("/last").text == "GET /last")
    }
  }

  /// The same bytes from another address are another request, also to the log.
  @Test func sendersAreToldApart() throws {
    let handler: @Sendable (Request) -> Response = { request in
      let host = request.remoteAddress?.host ?? ""
      var response = Response(status: .ok, body: .bytes(Array(host.utf8)))
      response.client = "client of \(host)"
      response.isCurrent = { true }
      return response
    }
    let log = ExchangeLog()
    try withServer(observer: log.note, handler: handler) { server in
      let hosts = ["127.0.0.1", "127.0.0.2"]
      let clients = try hosts.map { try TestClient(server.localAddress, from: $0) }
      for round in 0..<40 {
        try clients[round % 2].send(Self.request)
        #expect(try clients[round % 2].receive().text == hosts[round % 2])
      }
      for exchange in log.first(40) {
        #expect(exchange.client == "client of \(exchange.remoteAddress.host)")
      }
    }
  }

  /// Repeated and other responses to requests that come together keep their order.
  @Test func pipelinedRequestsKeepTheirOrder() throws {
    let handler: @Sendable (Request) -> Response = { request in
      var response = echo(request)
      if request.target.hasSuffix("0") { response.isCurrent = { true } }
      return response
    }
    try withServer(handler: handler) { server in
      let client = try TestClient(server.localAddress)
      #expect(try client.get("/0").text == "GET /0")
      let targets = (0..<300).map { "/\($0 % 3 == 0 ? 0 : $0)" }
      try client.send(targets.map { "GET \($0) HTTP/1.1\r\nHost: test\r\n\r\n" }.joined())
      for target in targets { #expect(try client.receive().text == "GET \(target)") }
    }
  }

  @Test func connectionsThatEndAreRepeatedToo() throws {
    let counted = Counted()
    try withServer(handler: counted.answer) { server in
      for _ in 0..<30 {
        let client = try TestClient(server.localAddress)
        try client.send("GET /a HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        #expect(try client.receive()["connection"] == "close")
        #expect(try client.receiveRest().isEmpty)
      }
      #expect(counted.count < 30)
    }
  }

  /// When nobody asks any more, nothing is kept, though it would still be current.
  @Test func nothingIsKeptInQuietTimes() throws {
    final class Witness: Sendable {
      let end: Event
      init(_ end: Event) { self.end = end }
      deinit { end.happen() }
    }
    let hasEnded = Event()
    let handler: @Sendable (Request) -> Response = { request in
      var response = echo(request)
      let witness = Witness(hasEnded)
      response.isCurrent = { withExtendedLifetime(witness) { true } }
      return response
    }
    try withServer(handler: handler) { server in
      let client = try TestClient(server.localAddress)
      #expect(try client.get("/a").text == "GET /a")
      #expect(hasEnded.wait())
    }
  }

  /// Responses as large as are kept, to clients that take them slowly.
  @Test func largeResponsesAreRepeatedWhole() throws {
    let large = (0..<1_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }
    let handler: @Sendable (Request) -> Response = { _ in
      var response = Response(status: .ok, body: .bytes(large))
      response.isCurrent = { true }
      return response
    }
    try withServer(handler: handler) { server in
      let clients = try (0..<8).map { _ in
        try TestClient(server.localAddress, receiveBuffer: 8 * 1024)
      }
      for _ in 0..<3 {
        for client in clients { try client.send(Self.request + Self.request) }
        for client in clients {
          #expect(try client.receive().body == large)
          #expect(try client.receive().body == large)
        }
      }
    }
  }
}
