import Foundation
import Glibc
import TestSupport
import Testing

/// `kill -9` at moments that nobody chose, while clients write: what they were told is there, what
/// they were not told is there as a whole or not at all.
///
/// `make kill-test N=500` runs it longer.
@Suite(.serialized) struct KillTests {
  static let kills = environment("LABPLAN_KILLS") ?? 6
  static let seed = environment("LABPLAN_SEED") ?? 1
  /// A database is read from end to end after each kill, and begun anew after so many.
  static let killsOfADatabase = 10

  private static func environment(_ name: String) -> Int? {
    ProcessInfo.processInfo.environment[name].flatMap { Int($0) }
  }

  @Test func noAcknowledgedWriteIsLost() throws {
    var total = KillCount()
    for first in stride(from: 0, to: Self.kills, by: Self.killsOfADatabase) {
      let run = try KillRun(seed: UInt64(Self.seed + first))
      for number in first..<min(first + Self.killsOfADatabase, Self.kills) {
        try run.killAndCheck(number)
        guard run.ledger.faults.isEmpty else {
          Issue.record("seed \(Self.seed), kill \(number): \(run.ledger.faults)")
          return
        }
      }
      total.add(run.count, acknowledged: run.ledger.acknowledgedCount)
    }
    print(
      "\(Self.kills) kills, seed \(Self.seed): \(total.acknowledged) acknowledged writes, none lost;"
        + " of \(total.inFlight) in flight \(total.stored) were stored as a whole")
  }
}

/// What was seen of so many kills.
struct KillCount {
  var acknowledged = 0
  var inFlight = 0
  var stored = 0

  mutating func add(_ other: KillCount, acknowledged count: Int) {
    acknowledged += count
    inFlight += other.inFlight
    stored += other.stored
  }
}

/// Kills of services on one database.
final class KillRun {
  let ledger = Ledger()
  private(set) var count = KillCount()
  private let folder: TemporaryFolder
  private var random: SeededGenerator

  init(seed: UInt64) throws {
    folder = try TemporaryFolder()
    random = SeededGenerator(seed: seed)
  }

  var database: String { folder.file("labs.sqlite") }

  /// Starts services, one or two on the database, writes through them, kills them, and checks.
  func killAndCheck(_ number: Int) throws {
    if number % 5 == 4 { try killAtStart() } else { try killUnderLoad(number) }
    // Before anything else has opened the database, or after.
    let isFirst = Bool.random(using: &random)
    if isFirst { try checkFile() }
    let service = try ServiceProcess(database: database)
    try checkLabs(of: service)
    if !isFirst { try checkFile() }
    service.kill(SIGKILL)
  }

  /// In the middle of starting, which may have to bring back what the log holds.
  private func killAtStart() throws {
    let command = try RunningCommand(["serve", "--port", "0", "--database", database])
    usleep(UInt32.random(in: 0..<60_000, using: &random))
    command.signal(SIGKILL)
    _ = command.wait()
  }

  private func killUnderLoad(_ number: Int) throws {
    let services = try (0..<(number % 3 == 2 ? 2 : 1)).map { _ in
      try ServiceProcess(database: database)
    }
    let target = ledger.acknowledgedCount + Int.random(in: 1...150, using: &random)
    let delays = services.map { _ in UInt32.random(in: 0..<4_000, using: &random) }
    let (processes, ports) = (services.map(\.command.identifier), services.map(\.port))
    let seed = random.next()
    let ledger = ledger
    inParallel(LoadClient.count) { client in
      let port = ports[client % ports.count]
      var load = LoadClient(client, port: port, ledger: ledger, seed: seed &+ UInt64(client))
      load?.run(seed: seed % 100_000) { acknowledged in
        guard acknowledged == target else { return }
        for (process, delay) in zip(processes, delays) {
          usleep(delay)
          kill(process, SIGKILL)
        }
      }
    }
    // Still there only where a client gave up before its time.
    for service in services { service.kill(SIGKILL) }
  }

  /// `check-database` reads every page, every lab and the chain of every history.
  func checkFile() throws {
    let check = try Command.run(["check-database", "--database", database])
    if check.status != 0 { ledger.complain("\(check)") }
  }

  func checkLabs(of service: ServiceProcess) throws {
    let connection = try #require(HTTPConnection(port: service.port))
    let labs = (0..<LoadClient.count).flatMap(LoadClient.labs) + [LoadClient.sharedLab]
    var found: [String: [Int: LabState]] = [:]
    for lab in labs { found[lab] = check(lab, through: connection) }
    ledger.settle(found)
  }

  /// Holds a lab and its history against what clients were told of it.
  private func check(_ lab: String, through connection: HTTPConnection) -> [Int: LabState] {
    let told = ledger.told(of: lab)
    var asked = ledger.asked(of: lab)
    count.inFlight += asked.count
    let numbers = revisions(of: lab, through: connection)
    if numbers != Array((1..<(numbers.count + 1)).reversed()) {
      ledger.complain("the revisions of \(lab) are \(numbers)")
    }
    var states: [Int: LabState] = [:]
    for number in numbers {
      let answer = connection.send("GET", "/v1/labs/\(lab)/revisions/\(number)")
      states[number] = answer.map { LabState(document: $0.json["document"]) }
    }
    for (number, state) in told where states[number] != state {
      ledger.complain(
        "revision \(number) of \(lab) was acknowledged as \(state), and is"
          + " \(states[number].map { "\($0)" } ?? "lost")")
    }
    for (number, state) in states where told[number] == nil {
      guard let index = asked.firstIndex(of: state) else {
        ledger.complain("revision \(number) of \(lab), \(state), was asked for by nobody")
        continue
      }
      asked.remove(at: index)
      count.stored += 1
    }
    let now = connection.send("GET", "/v1/labs/\(lab)")
    let current = now?.status == 200 ? now.map { LabState(document: $0.json) } : .gone
    if current != states[numbers.first ?? 0] ?? .gone {
      ledger.complain("\(lab) is \(current.map { "\($0)" } ?? ""), and its history says otherwise")
    }
    return states
  }

  private func revisions(of lab: String, through connection: HTTPConnection) -> [Int] {
    var numbers: [Int] = []
    var path: String? = "/v1/labs/\(lab)/revisions?limit=1000"
    while let page = path, let answer = connection.send("GET", page), answer.status == 200 {
      numbers += answer.json["revisions"].elements.compactMap { $0["revision"].integer }
      path = answer.json["next"].text
    }
    return numbers
  }
}

/// Runs `body` on so many threads at once, and waits for all of them.
func inParallel(_ count: Int, _ body: @escaping @Sendable (Int) -> Void) {
  let group = DispatchGroup()
  for number in 0..<count {
    group.enter()
    Thread.detachNewThread {
      body(number)
      group.leave()
    }
  }
  group.wait()
}
