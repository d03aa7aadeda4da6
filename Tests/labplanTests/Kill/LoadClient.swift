import Foundation
import TestSupport

/// A client that writes one thing after the other and notes what it is told.
struct LoadClient {
  /// The lab that all clients change.
  static let sharedLab = "shared"
  static let count = 6

  let number: Int
  let ledger: Ledger
  private let connection: HTTPConnection
  private var random: SeededGenerator
  private var writes = 0
  private var refusals: Set<Int> = []

  /// Nil where nobody listens.
  init?(_ number: Int, port: UInt16, ledger: Ledger, seed: UInt64) {
    guard let connection = HTTPConnection(port: port) else { return nil }
    self.number = number
    self.ledger = ledger
    self.connection = connection
    random = SeededGenerator(seed: seed)
  }

  /// The labs that only this client changes.
  static func labs(of client: Int) -> [String] { (0..<2).map { "own-\(client)-\($0)" } }

  /// Writes until the connection breaks.
  ///
  /// - Parameters:
  ///   - refusals: statuses that say that the service cannot carry a write out, as it may.
  ///   - goesOn: asked before each write.
  ///   - acknowledged: called after each write that was acknowledged, with how many have been.
  mutating func run(
    seed: UInt64, refusals: Set<Int> = [], while goesOn: () -> Bool = { true },
    acknowledged: (Int) -> Void
  ) {
    self.refusals = refusals
    while goesOn(),
      let revision = Int.random(in: 0..<4, using: &random) == 0
        ? changeSharedLab(seed) : changeOwnLab(seed)
    {
      guard let revision = revision.revision else { continue }
      acknowledged(ledger.acknowledge(number, revision: revision))
    }
  }

  /// What a write came to; the revision is nil where it was refused as it may be.
  private struct Written { let revision: Int? }

  private mutating func nextState(_ seed: UInt64) -> LabState {
    writes += 1
    return .document(
      "client \(number), write \(seed)-\(writes)", machines: Int.random(in: 0...12, using: &random))
  }

  private mutating func changeSharedLab(_ seed: UInt64) -> Written? {
    let lab = Self.sharedLab
    guard let current = connection.send("GET", "/v1/labs/\(lab)") else { return nil }
    if refusals.contains(current.status) { return Written(revision: nil) }
    let state = nextState(seed)
    let condition =
      current.revision.map { ["If-Match": "\"\($0)\""] } ?? ["If-None-Match": "*"]
    let expected = current.revision.map { $0 + 1 }
    return write("PUT", lab, body: document(state), condition, for: state, expected: expected)
  }

  private mutating func changeOwnLab(_ seed: UInt64) -> Written? {
    let lab = Self.labs(of: number)[Int.random(in: 0..<2, using: &random)]
    let (revision, current) = ledger.newest(of: lab)
    let state = nextState(seed)
    guard case .document(_, let machines) = current,
      case .document(let description, _) = state
    else {
      return write("PUT", lab, body: document(state), for: state, expected: revision + 1)
    }
    switch Int.random(in: 0..<10, using: &random) {
    case 0:
      return write("DELETE", lab, for: .gone, expected: revision + 1)
    case 1, 2:
      let older = ledger.told(of: lab).filter { $0.value != .gone && $0.value != current }
      guard let (number, state) = older.min(by: { $0.key > $1.key }) else { fallthrough }
      return write(
        "POST", "\(lab)/revisions/\(number)/restore", of: lab, for: state, expected: revision + 1)
    case 3, 4:
      return write(
        "PATCH", lab, body: "{\"description\":\"\(description)\"}",
        for: .document(description, machines: machines), expected: revision + 1)
    default:
      return write("PUT", lab, body: document(state), for: state, expected: revision + 1)
    }
  }

  private func write(
    _ method: String, _ path: String, of lab: String? = nil, body: String? = nil,
    _ headers: [String: String] = [:], for state: LabState, expected: Int?
  ) -> Written? {
    ledger.ask(number, for: state, of: lab ?? path)
    guard let answer = connection.send(method, "/v1/labs/\(path)", body, headers) else {
      return nil
    }
    if answer.status == 412, !headers.isEmpty {
      ledger.withdraw(number)
      return Written(revision: nil)
    }
    if refusals.contains(answer.status) {
      ledger.refuse(number)
      return Written(revision: nil)
    }
    // A deletion has a revision too, of which its answer does not speak.
    let revision = answer.status == 204 ? expected : answer.revision
    guard (200..<300).contains(answer.status), let revision,
      expected == nil || revision == expected
    else {
      ledger.complain(
        "\(method) \(path) was answered \(answer.status), revision \(revision ?? 0),"
          + " not \(expected ?? 0): \(answer.body)")
      return nil
    }
    return Written(revision: revision)
  }

  private func document(_ state: LabState) -> String {
    guard case .document(let description, let machines) = state else { return "" }
    let vms = (0..<machines).map { "{\"name\":\"vm\($0)\",\"adapters\":[{\"network\":\"n\"}]}" }
    return
      "{\"description\":\"\(description)\",\"networks\":[{\"name\":\"n\",\"mode\":\"internal\"}],"
      + "\"vms\":[\(vms.joined(separator: ","))]}"
  }
}
