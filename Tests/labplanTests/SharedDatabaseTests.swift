import Foundation
import Glibc
import Testing

/// Several services, each a process of its own, on one database.
@Suite struct SharedDatabaseTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private var database: String { folder.file("labs.sqlite") }

  /// As many as 4 may create the database at the same moment.
  private func start(_ count: Int) throws -> [ServiceProcess] {
    let commands = try (0..<count).map { _ in try ServiceProcess.begin(database: database) }
    return try commands.map(ServiceProcess.init(beginning:))
  }

  private func expectSound() throws {
    let check = try Command.run(["check-database", "--database", database])
    #expect(check.status == 0, "\(check)")
  }

  @Test func whatOneAnsweredTheOthersSeeAtOnce() throws {
    let services = try start(4)
    for turn in 0..<20 {
      let writer = services[turn % 4]
      let written = try writer.send("PUT", "/v1/labs/a", "{\"description\":\"\(turn)\"}")
      #expect(written.revision == turn + 1)
      for reader in services {
        let read = try reader.send("GET", "/v1/labs/a")
        #expect(read.revision == turn + 1)
        #expect(read.json["description"].text == "\(turn)")
        #expect(try reader.send("GET", "/v1/labs/a/connectivity").revision == turn + 1)
      }
    }
    let stale = try services[1].send("PUT", "/v1/labs/a", "{}", ["If-Match": "\"19\""])
    #expect(stale.status == 412)
    for service in services { #expect(service.kill(SIGTERM) == 0) }
    try expectSound()
  }

  @Test func aStreamTellsOfChangesThroughTheOtherService() throws {
    let services = try start(2)
    let stream = try #require(HTTPConnection(port: services[0].port))
    stream.sendRaw("GET /v1/events HTTP/1.1\r\nHost: localhost\r\n\r\n")
    #expect(stream.wait(for: "id: 0\n"))
    for number in 1...3 {
      _ = try services[1].send("PUT", "/v1/labs/a", "{\"description\":\"\(number)\"}")
      #expect(stream.wait(for: "id: \(number)\nevent: change\n"))
    }
    for service in services { #expect(service.kill(SIGTERM) == 0) }
    let text = stream.rest()
    #expect(text.hasSuffix("0\r\n\r\n"))
    // None came only because a stream that is silent is looked after now and then.
    #expect(!text.contains(": still here"))
  }

  /// A counter that everybody counts up, each with what it read last.
  @Test func noCountIsLostBetweenServices() throws {
    let services = try start(2)
    _ = try services[0].send("PUT", "/v1/labs/counter", #"{"description":"0"}"#)
    let ports = services.map(\.port)
    let faults = Ledger()
    inParallel(6) { client in
      guard let connection = HTTPConnection(port: ports[client % 2]) else { return }
      var counted = 0
      while counted < 15 {
        guard let now = connection.send("GET", "/v1/labs/counter"), let revision = now.revision,
          let answer = connection.send(
            "PUT", "/v1/labs/counter",
            "{\"description\":\"\((now.json["description"].text.flatMap { Int($0) } ?? 0) + 1)\"}",
            ["If-Match": "\"\(revision)\""])
        else { return faults.complain("a connection broke") }
        switch answer.status {
        case 200: counted += 1
        case 412: continue
        default: return faults.complain("\(answer)")
        }
      }
    }
    #expect(faults.faults == [])
    let final = try services[1].send("GET", "/v1/labs/counter")
    #expect(final.json["description"].text == "90")
    #expect(final.revision == 91)
    for service in services { service.kill(SIGTERM) }
    try expectSound()
  }

  /// Six clients keep one service writing all the time; who writes through the other gets its turn
  /// long before anybody's time is over.
  @Test func aBusyServiceLeavesTheOtherItsTurn() throws {
    let services = try start(2)
    let ports = services.map(\.port)
    let (faults, longest) = (Ledger(), Longest())
    inParallel(7) { client in
      guard let connection = HTTPConnection(port: ports[client == 0 ? 1 : 0]) else { return }
      var turn = 0
      while client == 0 ? turn < 40 : !longest.isOver {
        let start = DispatchTime.now().uptimeNanoseconds
        let answer = connection.send("PUT", "/v1/labs/l\(client)", "{\"description\":\"\(turn)\"}")
        if client == 0 { longest.add(DispatchTime.now().uptimeNanoseconds - start) }
        guard let answer, (200..<300).contains(answer.status) else {
          faults.complain("\(client): \(answer.map { "\($0)" } ?? "a connection broke")")
          break
        }
        turn += 1
      }
      if client == 0 { longest.end() }
    }
    #expect(faults.faults == [])
    #expect(longest.milliseconds < 2_500)
  }
}

/// The longest of several times.
private final class Longest: @unchecked Sendable {
  private let lock = NSLock()
  private var longest: UInt64 = 0
  private var over = false

  var milliseconds: UInt64 { lock.withLock { longest / 1_000_000 } }
  var isOver: Bool { lock.withLock { over } }
  func add(_ nanoseconds: UInt64) { lock.withLock { longest = max(longest, nanoseconds) } }
  func end() { lock.withLock { over = true } }
}
