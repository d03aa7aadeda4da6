import Foundation
import Glibc
import Testing

/// Each limit and each clock of `labplan serve`, set by its flag and run into.
@Suite struct LimitFlagTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func start(_ flags: String...) throws -> ServiceProcess {
    try ServiceProcess(database: folder.file("labs.sqlite"), flags)
  }

  /// What comes back for bytes on a connection of their own, up to its end.
  private func exchange(_ text: String, with service: ServiceProcess) throws -> String {
    let connection = try #require(HTTPConnection(port: service.port))
    connection.sendRaw(text)
    return connection.rest()
  }

  private func status(_ answer: String) -> String { String(answer.dropFirst(9).prefix(3)) }

  private static let head = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n"
  private static let put =
    "PUT /v1/labs/a HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"

  @Test func sizes() throws {
    let service = try start(
      "--max-head-bytes=400", "--max-header-fields=4", "--max-target-bytes=64",
      "--max-body-bytes=20")
    let long = String(repeating: "a", count: 400)
    let rows = [
      ("431", Self.head + "X: \(long)\r\n\r\n"),
      ("431", Self.head + "A: 1\r\nB: 2\r\nC: 3\r\nD: 4\r\n\r\n"),
      ("414", "GET /\(long.prefix(64)) HTTP/1.1\r\nHost: localhost\r\n\r\n"),
      ("413", Self.put + "Content-Length: 21\r\n\r\n"),
      ("413", Self.put + "Transfer-Encoding: chunked\r\n\r\n15\r\n"),
    ]
    for (expected, text) in rows {
      let answer = try exchange(text, with: service)
      #expect(status(answer) == expected, "\(text): \(answer)")
      #expect(answer.contains("\r\nConnection: close\r\n"))
      #expect(answer.contains("\r\nContent-Type: application/problem+json\r\n"))
    }
    // As much as is let in.
    let fields = "A: \(long.prefix(240))\r\nB: 2\r\nConnection: close\r\n\r\n"
    #expect(status(try exchange(Self.head + fields, with: service)) == "200")
    let body = "{\"description\": \"ab\"}"
    let put = Self.put + "Connection: close\r\nContent-Length: 20\r\n\r\n" + body.prefix(20)
    #expect(status(try exchange(put, with: service)) == "400")
  }

  @Test(arguments: [
    ("--head-timeout=0.2", "GET /healthz HTT", "408"),
    ("--body-timeout=0.2", put + "Content-Length: 9\r\n\r\n{", "408"),
    ("--idle-timeout=0.2", "", ""),
    // A byte that comes grants no time at this rate.
    ("--lowest-rate=1000000000 --body-timeout=0.2", put + "Content-Length: 9\r\n\r\n{\"a\"", "408"),
  ])
  func clocks(flags: String, text: String, expected: String) throws {
    let service = try ServiceProcess(
      database: folder.file("labs.sqlite"), flags.split(separator: " ").map(String.init))
    #expect(status(try exchange(text, with: service)) == expected)
  }

  /// More answers than the system holds for a client that reads none: its connection is cut, and
  /// others never notice.
  @Test func aSlowReaderIsCut() throws {
    let service = try start("--write-timeout=0.3", "--lowest-rate=1000000000", "--threads=1")
    let slow = try #require(HTTPConnection(port: service.port))
    let request = "GET /openapi.yaml HTTP/1.1\r\nHost: localhost\r\n\r\n"
    slow.sendRaw(String(repeating: request, count: 400))
    #expect(try service.send("GET", "/healthz").status == 200)
    let other = try #require(HTTPConnection(port: service.port))
    // Until the cut: what the slow client finds afterwards is less than what it asked for.
    let deadline = Date(timeIntervalSinceNow: 20)
    while slow.isOpen, Date.now < deadline { #expect(other.send("GET", "/healthz")?.status == 200) }
    #expect(!slow.isOpen)
  }

  @Test func theLongestIdleConnectionMakesRoom() throws {
    let service = try start("--max-connections=1")
    let first = try #require(HTTPConnection(port: service.port))
    #expect(first.send("GET", "/healthz")?.status == 200)
    let second = try #require(HTTPConnection(port: service.port))
    #expect(second.send("GET", "/healthz")?.status == 200)
    #expect(first.rest() == "")
  }

  @Test func aClientHasOnlySoManyConnections() throws {
    let service = try start("--max-connections-per-client=1")
    let first = try #require(HTTPConnection(port: service.port))
    #expect(first.send("GET", "/healthz")?.status == 200)
    let second = try #require(HTTPConnection(port: service.port))
    #expect(second.rest().hasPrefix("HTTP/1.1 429 "))
    #expect(first.send("GET", "/healthz")?.status == 200)
  }

  /// One request at a time: while a large lab is planned, others are told to come back, and health
  /// checks are answered.
  @Test func requestsOverTheCapAreTurnedAway() throws {
    let service = try start("--max-requests=1", "--max-body-bytes=10000000")
    let vms = (0..<1500).map { #"{"name":"vm-\#($0)","adapters":[{"network":"n"}]}"# }
    let lab =
      #"{"name":"a","networks":[{"name":"n","mode":"nat-network","ipv4":"10.0.0.0/16"}],"vms":["#
      + vms.joined(separator: ",") + "]}"
    let other = try #require(HTTPConnection(port: service.port))
    var answer = try #require(other.send("GET", "/v1/modes"))
    var busy = other
    // Until the lab was not the one to be turned away, and was not planned in between either.
    for _ in 0..<100 where answer.status == 200 {
      busy = try #require(HTTPConnection(port: service.port))
      busy.sendRaw(
        "POST /v1/plan HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
          + "Content-Length: \(lab.utf8.count)\r\n\r\n" + lab)
      repeat {
        answer = try #require(other.send("GET", "/v1/modes"))
      } while answer.status == 200 && !busy.hasInput
    }
    #expect(answer.status == 503)
    for path in ["/healthz", "/readyz", "/metrics"] {
      #expect(other.send("GET", path)?.status == 200, "\(path)")
    }
    #expect(answer.json["code"].text == "overloaded")
    #expect(answer.headers["retry-after"] == "1")
    #expect(answer.headers["connection"] == nil)
    #expect(busy.wait(for: "HTTP/1.1 200 OK"))
  }

  /// A request that never becomes whole holds the end up no longer than the flag says.
  @Test func theEndWaitsNoLongerThanTold() throws {
    let service = try start("--drain-timeout=0.2", "--head-timeout=600")
    let stuck = try #require(HTTPConnection(port: service.port))
    stuck.sendRaw("GET /healthz HTT")
    #expect(try service.send("GET", "/healthz").status == 200)
    let start = ContinuousClock.now
    #expect(service.kill(SIGTERM) == 0)
    #expect(start.duration(to: .now) < .seconds(60))
    #expect(stuck.rest() == "")
  }

  /// Nor does a handler that works on.
  @Test func theEndWaitsForNoHandler() throws {
    let service = try start("--drain-timeout=0.2", "--max-requests=1", "--threads=1")
    let busy = try #require(HTTPConnection(port: service.port))
    busy.sendRaw(
      "POST /v1/recommendations?limit_ms=60000 HTTP/1.1\r\nHost: localhost\r\n"
        + "Content-Type: application/json\r\n"
        + "Content-Length: \(Self.hardQuestion.utf8.count)\r\n\r\n\(Self.hardQuestion)")
    let other = try #require(HTTPConnection(port: service.port))
    let deadline = Date(timeIntervalSinceNow: 20)
    while other.send("GET", "/v1/modes")?.status == 200, Date.now < deadline {}
    let start = ContinuousClock.now
    #expect(service.kill(SIGTERM) == 0)
    #expect(start.duration(to: .now) < .seconds(10))
  }

  /// Pairs of VMs that only each other may talk to: more ways than can be tried in a minute.
  private static let hardQuestion: String = {
    let machines = (0..<14).map { "{\"name\":\"m\($0)\"}" }
    let requirements = (0..<14).flatMap { index in
      [
        #"{"from":"m\#(index)","to":"m\#((index + 1) % 14)","port":\#(8000 + index)}"#,
        #"{"from":"m\#((index + 5) % 14)","to":"m\#(index)"}"#,
        index.isMultiple(of: 3)
          ? #"{"from":"lan","to":"m\#(index)","port":443}"#
          : #"{"from":"m\#(index)","to":"internet"}"#,
      ]
    }
    return
      "{\"name\":\"hard\",\"vms\":[\(machines.joined(separator: ","))],"
      + "\"requirements\":[\(requirements.joined(separator: ","))]}"
  }()

  @Test(arguments: [
    "--max-connections=0", "--max-connections-per-client=0", "--max-requests=0",
    "--answer-timeout=0", "--idle-timeout=0", "--max-head-bytes=10", "--lowest-rate=0",
    "--drain-timeout=-1", "--max-body-bytes=x",
  ])
  func saysWhatCannotBe(flag: String) throws {
    let result = try Command.run(["serve", "--database", folder.file("none.sqlite"), flag])
    #expect(result.status == 64)
    #expect(result.errors.contains(flag.dropFirst(2).prefix { $0 != "=" }))
    #expect(folder.files == [])
  }

  /// A number that cannot be is answered with those that can.
  @Test(arguments: [
    (["--port", "99999"], "--port must be from 0 to 65535, not 99999"),
    (["--idle-timeout", "-3"], "--idle-timeout must be from 0.1 to 86400.0, not -3.0"),
    (["--threads", "0"], "--threads must be from 1 to 256, not 0"),
    (["--rate-limit", "-1"], "--rate-limit must be from 1 to 10000000, not -1"),
    (["--keep-revisions", "-1"], "--keep-revisions must be from 1 to 1000000000, not -1"),
  ])
  func saysWhichNumbersCanBe(flags: [String], words: String) throws {
    let result = try Command.run(["serve", "--database", folder.file("none.sqlite")] + flags)
    #expect(result.status == 64)
    #expect(result.errors.contains("Error: \(words)\n"), "\(result.errors)")
    #expect(folder.files == [])
  }
}

extension HTTPConnection {
  /// Whether something has come, or the end.
  fileprivate var hasInput: Bool { state & Int16(POLLIN) != 0 }

  /// Whether the other end has not cut the connection.
  fileprivate var isOpen: Bool { state & Int16(POLLERR | POLLHUP) == 0 }

  private var state: Int16 {
    var event = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    poll(&event, 1, 0)
    return event.revents
  }
}
