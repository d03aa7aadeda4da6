import LabCore

/// A lab's port forwards by protocol, host port and host address, each with its index in the
/// document.
struct ForwardList: Sendable {
  typealias Entry = (index: Int, forward: PortForward)

  let all: [Entry]
  private let byMachine: [Int: [Entry]]
  private let byNetwork: [Int: [Entry]]

  init(of lab: Lab) {
    let entries = lab.portForwards.enumerated().map { (index: $0.offset, forward: $0.element) }
    let sorted = entries.sorted { Self.key($0.forward) < Self.key($1.forward) }
    all = sorted
    byMachine = Dictionary(grouping: sorted) { $0.forward.machine }
    byNetwork = Dictionary(grouping: sorted.filter { lab.network(of: $0.forward) != nil }) {
      lab.network(of: $0.forward) ?? 0
    }
  }

  /// Those that lead to a VM.
  func of(machine index: Int) -> [Entry] { byMachine[index] ?? [] }

  /// Those that pass through a network.
  func through(network index: Int) -> [Entry] { byNetwork[index] ?? [] }

  private static func key(_ forward: PortForward) -> (String, Int, UInt32, String) {
    let address = forward.hostAddress?.bits ?? 0
    return (forward.transport.rawValue, forward.hostPort, address, forward.name ?? "")
  }
}

extension Lab {
  /// The network that a forward passes through; nil where it leads to no adapter.
  func network(of forward: PortForward) -> Int? {
    forward.adapter.flatMap { machines[forward.machine].adapters[$0].network }
  }
}
