import Foundation
import Glibc
import Testing

/// Clients that ask the same again and again, which services answer from memory, while somebody
/// writes: nobody who asks after a write was acknowledged is shown what was before.
@Suite struct FreshnessTests {
  private static let rounds =
    ProcessInfo.processInfo.environment["LABPLAN_ROUNDS"].flatMap { Int($0) } ?? 100

  /// Two services on one database, and a third one that is killed while it writes, so that the others
  /// have to bring back what its log holds.
  @Test func nobodyIsShownWhatIsOver() throws {
    let folder = try TemporaryFolder()
    let database = folder.file("labs.sqlite")
    let services = try (0..<2).map { _ in try ServiceProcess(database: database) }
    let ports = services.map(\.port)
    _ = try services[0].send("PUT", "/v1/labs/a", Self.document(1))
    let newest = Newest(1)
    inParallel(6) { client in
      switch client {
      case 0: Self.write(through: ports, newest)
      case 1: Self.writeAndDie(on: database, newest)
      default: Self.read(through: ports[client % 2], newest)
      }
      newest.end()
    }
    #expect(newest.faults == [])
    #expect(newest.value >= Self.rounds)
    for service in services {
      let metrics = try service.send("GET", "/metrics").body
      #expect(
        Self.metric("labplan_sqlite_duration_seconds_count{operation=\"read\"}", metrics)
          < Self.metric("labplan_http_requests_total{method=\"GET\"", metrics), "from memory")
      #expect(service.kill(SIGTERM) == 0)
    }
  }

  private static func document(_ revision: Int) -> String { "{\"description\":\"\(revision)\"}" }

  /// The sum of the samples whose lines begin so.
  private static func metric(_ name: String, _ text: String) -> Int {
    text.split(separator: "\n").filter { $0.hasPrefix(name) }
      .compactMap { $0.split(separator: " ").last.flatMap { Int($0) } }.reduce(0, +)
  }

  /// Writes through one service and the other one in turn; the description is the revision.
  private static func write(through ports: [UInt16], _ newest: Newest) {
    let connections = ports.compactMap(HTTPConnection.init(port:))
    for revision in 2...(rounds + 1) {
      let connection = connections[revision % connections.count]
      guard let answer = connection.send("PUT", "/v1/labs/a", document(revision)),
        answer.revision == revision
      else { return newest.complain("revision \(revision) was not written") }
      newest.acknowledge(revision)
      // Most of them from memory.
      newest.wait(forReads: 24)
    }
  }

  /// Writes to another lab through a service that is killed meanwhile.
  private static func writeAndDie(on database: String, _ newest: Newest) {
    var count: UInt32 = 0
    while !newest.isOver {
      guard let service = try? ServiceProcess(database: database) else {
        return newest.complain("a service does not start")
      }
      let (process, port) = (service.command.identifier, service.port)
      count += 1
      let delay = 3_000 * (count % 7)
      inParallel(3) { client in
        guard client > 0 else {
          usleep(20_000 + delay)
          kill(process, SIGKILL)
          return
        }
        guard let connection = HTTPConnection(port: port) else { return }
        while connection.send("PUT", "/v1/labs/b-\(client)", document(1)) != nil {
          newest.wait(forReads: 8)
        }
      }
    }
  }

  /// Reads what is newest, and asks whether what was newest before is so still.
  private static func read(through port: UInt16, _ newest: Newest) {
    guard let connection = HTTPConnection(port: port) else {
      return newest.complain("nobody listens")
    }
    var before = newest.value
    while !newest.isOver {
      newest.noteReads(4)
      for path in ["/v1/labs/a", "/v1/labs/a/connectivity", "/v1/labs/a"] {
        let least = newest.value
        guard let answer = connection.send("GET", path), answer.status == 200,
          let revision = answer.revision, revision >= least,
          path != "/v1/labs/a" || answer.json["description"].text == "\(revision)"
        else { return newest.complain("\(path) after revision \(least) is not as it was written") }
      }
      let least = newest.value
      let condition = ["If-None-Match": "\"\(before)\""]
      guard let answer = connection.send("GET", "/v1/labs/a", nil, condition),
        answer.status == 200 || answer.status == 304 && before >= least
      else { return newest.complain("\(before) was said to be newest after \(least)") }
      before = least
    }
  }
}

/// The newest revision that was acknowledged, how much was read, and what was amiss.
private final class Newest: @unchecked Sendable {
  private let lock = NSCondition()
  // All guarded by `lock`.
  private var revision: Int
  private var reads = 0
  private var over = false
  private var violations: [String] = []

  init(_ revision: Int) { self.revision = revision }

  var value: Int { lock.withLock { revision } }
  var isOver: Bool { lock.withLock { over } }
  var faults: [String] { lock.withLock { violations } }

  func acknowledge(_ revision: Int) { lock.withLock { self.revision = revision } }

  func noteReads(_ count: Int) {
    lock.withLock {
      reads += count
      lock.broadcast()
    }
  }

  /// Waits until so much was read from now on.
  func wait(forReads count: Int) {
    lock.withLock {
      let enough = reads + count
      while reads < enough, !over { lock.wait() }
    }
  }

  func end() {
    lock.withLock {
      over = true
      lock.broadcast()
    }
  }

  func complain(_ fault: String) { lock.withLock { violations.append(fault) } }
}
