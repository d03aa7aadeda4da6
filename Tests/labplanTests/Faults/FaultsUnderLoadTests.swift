import Foundation
import Glibc
import TestSupport
import Testing

/// Calls that fail now and then while six clients write: what was acknowledged is there, what was
/// refused is not, and once the calls work again so does every write.
///
/// `make fault-test N=100` runs it longer.
@Suite(.serialized) struct FaultsUnderLoadTests {
  static let rounds =
    ProcessInfo.processInfo.environment["LABPLAN_FAULTS"].flatMap { Int($0) } ?? 3
  static let seed =
    ProcessInfo.processInfo.environment["LABPLAN_SEED"].flatMap { UInt64($0) } ?? 1

  private static let faults: [(calls: String, errors: [String])] = [
    ("fsync,fdatasync", ["EIO", "ENOSPC", "EDQUOT"]), ("pwrite64", ["EIO", "ENOSPC", "EROFS"]),
    ("pread64", ["EIO"]), ("ftruncate", ["EIO"]),
    ("fsync,fdatasync,pwrite64,pread64,ftruncate", ["EIO"]),
  ]

  @Test(.needsStrace) func whatWasRefusedIsNotThereAndTheRestIs() throws {
    var random = SeededGenerator(seed: Self.seed)
    var (acknowledged, refused) = (0, 0)
    for round in 0..<Self.rounds {
      let (calls, errors) = Self.faults[round % Self.faults.count]
      let whens = [nil, "1", "3", "2+3", "5+11"] as [String?]
      let fault = FailingCalls.Fault(
        calls: calls, error: errors.randomElement(using: &random) ?? "EIO",
        when: whens.randomElement(using: &random) ?? nil)
      let run = try KillRun(seed: random.next())
      try run.failAndCheck(fault)
      #expect(run.ledger.faults == [], "seed \(Self.seed), round \(round), \(fault)")
      acknowledged += run.ledger.acknowledgedCount
      refused += run.ledger.refusedCount
    }
    print(
      "\(Self.rounds) faults, seed \(Self.seed): \(acknowledged) acknowledged writes, none lost;"
        + " \(refused) refused, none of them stored")
  }
}

extension KillRun {
  /// Lets calls fail under load, and then checks as after a kill.
  func failAndCheck(_ fault: FailingCalls.Fault) throws {
    let service = try ServiceProcess(database: database)
    let (port, process, ledger) = (service.port, service.command.identifier, ledger)
    let phase = Phase()
    let load = Thread {
      inParallel(LoadClient.count) { client in
        var load = LoadClient(client, port: port, ledger: ledger, seed: UInt64(client))
        load?.run(seed: 1, refusals: [503, 507], while: { !phase.isOver }) { _ in }
      }
      phase.finish()
    }
    load.start()
    ledger.wait(untilWrites: 40)
    let failing = try FailingCalls(fault, in: process)
    ledger.wait(untilWrites: 150)
    failing.end()
    phase.end()
    try checkLabs(of: service)
    for client in 0..<LoadClient.count {
      let lab = LoadClient.labs(of: client)[0]
      let answer = try service.send("PUT", "/v1/labs/\(lab)", #"{"description":"after"}"#)
      if !(200..<300).contains(answer.status) { ledger.complain("afterwards: \(answer)") }
    }
    service.kill(SIGKILL)
    if !ledger.faults.isEmpty { ledger.complain(service.command.errors()) }
    try checkFile()
  }
}

/// Whether a load is to end, and has.
private final class Phase: @unchecked Sendable {
  private let condition = NSCondition()
  private var over = false
  private var finished = false

  var isOver: Bool { condition.withLock { over } }

  func finish() {
    condition.withLock {
      finished = true
      condition.broadcast()
    }
  }

  /// Ends it, and waits until it has ended.
  func end() {
    condition.withLock {
      over = true
      while !finished { condition.wait() }
    }
  }
}
