import Foundation

/// What became of a lab: its description and how many VMs it has, or that it was deleted.
enum LabState: Hashable, CustomStringConvertible, Sendable {
  case document(String, machines: Int)
  case gone

  /// The state that a document says.
  init(document: JSONValue) {
    self =
      document.isNull
      ? .gone
      : .document(document["description"].text ?? "", machines: document["vms"].elements.count)
  }

  var description: String {
    switch self {
    case .document(let text, let machines): "\"\(text)\" with \(machines) VMs"
    case .gone: "deleted"
    }
  }
}

/// What clients were told by a service, and what they asked for and were not told yet. It outlives
/// the service, and is held against its database afterwards.
final class Ledger: @unchecked Sendable {
  private let lock = NSCondition()
  // All guarded by `lock`.
  private var toldStates: [String: [Int: LabState]] = [:]
  private var askedStates: [Int: (lab: String, state: LabState)] = [:]
  private var violations: [String] = []
  private var count = 0
  private var refusals = 0

  /// How many writes have been acknowledged.
  var acknowledgedCount: Int { lock.withLock { count } }

  /// How many writes were refused because the service could not carry them out.
  var refusedCount: Int { lock.withLock { refusals } }

  /// Waits until so many writes were acknowledged or refused, or something was amiss.
  func wait(untilWrites number: Int) {
    lock.withLock {
      while count + refusals < number, violations.isEmpty { lock.wait() }
    }
  }

  /// What no service may do, as far as it was seen.
  var faults: [String] { lock.withLock { violations } }

  /// The newest revision of a lab that anybody was told of; 0 where there is none.
  func newest(of lab: String) -> (revision: Int, state: LabState) {
    lock.withLock {
      toldStates[lab]?.max { $0.key < $1.key }.map { ($0.key, $0.value) } ?? (0, .gone)
    }
  }

  /// Every revision of a lab that anybody was told of.
  func told(of lab: String) -> [Int: LabState] { lock.withLock { toldStates[lab] ?? [:] } }

  /// What is in flight for a lab.
  func asked(of lab: String) -> [LabState] {
    lock.withLock { askedStates.values.filter { $0.lab == lab }.map(\.state) }
  }

  /// A client is about to send a write.
  func ask(_ client: Int, for state: LabState, of lab: String) {
    lock.withLock { askedStates[client] = (lab, state) }
  }

  /// The write was refused.
  func withdraw(_ client: Int) { lock.withLock { askedStates[client] = nil } }

  /// The service could not carry the write out.
  func refuse(_ client: Int) {
    lock.withLock {
      askedStates[client] = nil
      refusals += 1
      lock.broadcast()
    }
  }

  /// The write was acknowledged; gives how many have been.
  func acknowledge(_ client: Int, revision: Int) -> Int {
    lock.withLock {
      guard let asked = askedStates.removeValue(forKey: client) else { return count }
      count += 1
      lock.broadcast()
      if let other = toldStates[asked.lab, default: [:]].updateValue(asked.state, forKey: revision)
      {
        violations.append(
          "revision \(revision) of \(asked.lab) was acknowledged twice: \(other), \(asked.state)")
      }
      return count
    }
  }

  /// What has been found in the database is known from now on, and nothing is in flight.
  func settle(_ found: [String: [Int: LabState]]) {
    lock.withLock {
      for (lab, states) in found { toldStates[lab, default: [:]].merge(states) { old, _ in old } }
      askedStates = [:]
    }
  }

  func complain(_ fault: String) {
    lock.withLock {
      violations.append(fault)
      lock.broadcast()
    }
  }
}
