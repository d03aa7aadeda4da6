internal import Glibc
import Testing

@testable import HTTPServer

@Suite struct ServerStopTests {
  @Test func tellsItsAddress() throws {
    try withServer { server in
      #expect(server.localAddress.host == "127.0.0.1")
      #expect(server.localAddress.port != 0)
    }
  }

  @Test func tellsWhoAsked() throws {
    let handler: @Sendable (Request) -> Response = { request in
      Response(status: .ok, body: .bytes(Array((request.remoteAddress?.host ?? "").utf8)))
    }
    try withServer(handler: handler) { server in
      let response = try TestClient(server.localAddress).get("/")
      #expect(response.text == "127.0.0.1")
    }
  }

  @Test(.enabled(if: hasIPv6Loopback, "this machine has no IPv6 loopback"))
  func listensAtIPv6() throws {
    let handler: @Sendable (Request) -> Response = { request in
      Response(status: .ok, body: .bytes(Array((request.remoteAddress?.host ?? "").utf8)))
    }
    try withServer({ $0.host = "::1" }, handler: handler) { server in
      #expect(server.localAddress.host == "::1")
      let response = try TestClient(server.localAddress).get("/")
      #expect(response.text == "::1")
    }
    try withServer({ $0.host = "::" }, handler: handler) { server in
      let address = SocketAddress(host: "127.0.0.1", port: server.localAddress.port)
      let response = try TestClient(address).get("/")
      #expect(response.text == "127.0.0.1")
    }
  }

  @Test func saysWhyItCannotListen() throws {
    try withServer { server in
      var configuration = Configuration(port: server.localAddress.port)
      let error = #expect(throws: ServerError.self) {
        try Server(configuration, handler: echo)
      }
      guard case .cannotListen = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      configuration.host = "256.256.256.256"
      let unknown = #expect(throws: ServerError.self) { try Server(configuration, handler: echo) }
      guard case .unknownHost("256.256.256.256", _) = unknown else {
        Issue.record("\(String(describing: unknown))")
        return
      }
    }
  }

  /// Idle connections end at once, running requests end with their answer, new ones are refused.
  @Test func finishesWhatIsInFlight() throws {
    let arrived = Event()
    let release = Event()
    let handler: @Sendable (Request) -> Response = { request in
      if request.path == ["block"] {
        arrived.happen()
        release.wait()
      }
      return echo(request)
    }
    try withServer(handler: handler) { server in
      let idle = try TestClient(server.localAddress)
      #expect(try idle.get("/").status == 200)
      let sending = try TestClient(server.localAddress)
      try sending.send(
        "PUT / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n")
      #expect(try sending.receive().status == 100)
      let busy = try TestClient(server.localAddress)
      try busy.send("GET /block HTTP/1.1\r\nHost: a\r\n\r\n")
      #expect(arrived.wait())
      let stopped = Event()
      let stopper = try Thread {
        server.stop(drainingWithin: .seconds(10))
        stopped.happen()
      }
      #expect(try idle.receiveRest().isEmpty)
      #expect(throws: ClientError.self) { try TestClient(server.localAddress).get("/") }
      #expect(!stopped.isPast)
      try sending.send("ab")
      let sent = try sending.receive()
      #expect(sent.text == "ab")
      #expect(sent["connection"] == "close")
      release.happen()
      let answered = try busy.receive()
      #expect(answered.text == "GET /block")
      #expect(answered["connection"] == "close")
      sending.finishSending()
      busy.finishSending()
      #expect(stopped.wait())
      stopper.join()
    }
  }

  /// A handler that does not end holds up nobody, and what is left is closed once it has.
  @Test func leavesBehindAHandlerThatDoesNotEnd() throws {
    let (arrived, release, seen) = (Event(), Event(), Lock<Interruption?>(nil))
    let handler: @Sendable (Request) -> Response = { request in
      arrived.happen()
      release.wait()
      seen.signal { $0 = request.interruption }
      return echo(request)
    }
    try withServer(handler: handler) { server in
      let client = try TestClient(server.localAddress)
      try client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
      #expect(arrived.wait())
      let start = monotonicNow()
      #expect(!server.stop(drainingWithin: .milliseconds(20)))
      #expect(monotonicNow() - start < 5_000_000_000)
      release.happen()
      #expect(
        seen.wait(until: monotonicNow() + 10_000_000_000) { $0 != nil } == .serverStops)
      _ = try? client.receiveRest()
    }
  }

  @Test func stopsWhenTheTimeIsUp() throws {
    let large = [UInt8](repeating: 0x61, count: 50_000_000)
    try withServer(handler: { _ in Response(status: .ok, body: .bytes(large)) }) { server in
      let reader = try TestClient(server.localAddress, receiveBuffer: 8 * 1024)
      try reader.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
      let beginning = try reader.receiveSome()
      #expect(!beginning.isEmpty)
      let sender = try TestClient(server.localAddress)
      try sender.send("GET")
      let start = monotonicNow()
      server.stop(drainingWithin: .milliseconds(50))
      #expect(monotonicNow() - start < 5_000_000_000)
      #expect(throws: ClientError.self) { try reader.receive() }
    }
  }

  /// Other tests have servers of their own meanwhile, but not fifty.
  @Test func stopsTwiceAndLeavesNothingOpen() throws {
    let before = openPollSets()
    for _ in 0..<50 {
      try withServer { server in
        let client = try TestClient(server.localAddress)
        #expect(try client.get("/").status == 200)
        server.stop(drainingWithin: .seconds(1))
        server.stop(drainingWithin: .seconds(1))
        #expect(throws: ClientError.self) { try TestClient(server.localAddress).get("/") }
      }
    }
    #expect(openPollSets() < before + 25)
  }

  @Test func tellsTheObserver() throws {
    let log = ExchangeLog()
    try withServer(observer: log.note) { server in
      let client = try TestClient(server.localAddress)
      let body = try client.get("/a?b").body
      try client.send("HEAD /c HTTP/1.1\r\nHost: a\r\n\r\n")
      _ = try client.receive(hasBody: false)
      try client.send("nonsense\n")
      #expect(try client.receive().status == 400)
      let exchanges = log.first(3)
      #expect(exchanges.map(\.method) == [.get, .head, nil])
      #expect(exchanges.map(\.target) == ["/a?b", "/c", nil])
      #expect(exchanges.map(\.status) == [.ok, .ok, .badRequest])
      #expect(exchanges.allSatisfy { $0.isComplete && $0.remoteAddress.host == "127.0.0.1" })
      #expect(exchanges[0].bytesSent == exchanges[1].bytesSent + body.count)
      #expect(exchanges.allSatisfy { $0.duration >= .zero && $0.duration < .seconds(10) })
    }
  }
}

private let hasIPv6Loopback: Bool = {
  let descriptor = socket(AF_INET6, Int32(SOCK_STREAM.rawValue), 0)
  defer { close(descriptor) }
  var address = sockaddr_in6()
  address.sin6_family = sa_family_t(AF_INET6)
  address.sin6_addr = in6addr_loopback
  return withUnsafePointer(to: &address) {
    $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
      bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in6>.size))
    }
  } == 0
}()

/// How many epoll sets this process has open: one a server.
private func openPollSets() -> Int {
  (0..<8192).count { descriptor in
    var target = [CChar](repeating: 0, count: 64)
    let count = readlink("/proc/self/fd/\(descriptor)", &target, target.count)
    return count > 0 && target.starts(with: "anon_inode:[eventpoll]".utf8CString.dropLast())
  }
}
