/// Which ports of the host and of routers lead to which machine at last: a forward of the host may
/// lead to a router, whose port leads on.
struct ForwardedWays {
  /// By node: entrances of a fabric, by index.
  private(set) var entrances: [Int: [Int]] = [:]
  /// By machine: listeners that lead to it by an entrance.
  private(set) var listeners: [Int: [Int]] = [:]

  private let fabric: Fabric
  private let query: ConnectivityQuery
  private var owners: [AddressBits: [Int]] = [:]

  private struct Port: Hashable {
    let node: Int
    let number: Int
  }

  init(_ fabric: Fabric, _ query: ConnectivityQuery) {
    self.fabric = fabric
    self.query = query
    guard !fabric.entrances.isEmpty else { return }
    for interface in fabric.interfaces {
      owners[interface.address, default: []].append(interface.node)
    }
    for (index, entrance) in fabric.entrances.enumerated()
    where entrance.transport.carries(query) {
      for end in ends(of: entrance) { entrances[end, default: []].append(index) }
    }
    for (index, listener) in fabric.listeners.enumerated() where listener.transport.carries(query) {
      let first = Port(node: listener.machine, number: listener.guestPort)
      for end in ends(of: first) where end != listener.machine {
        listeners[end, default: []].append(index)
      }
    }
  }

  private func ends(of entrance: Entrance) -> Set<Int> {
    (owners[entrance.target] ?? []).reduce(into: []) {
      $0.formUnion(ends(of: Port(node: $1, number: entrance.targetPort)))
    }
  }

  /// The nodes that a port may lead to, by whichever segment a connection comes.
  private func ends(of first: Port) -> Set<Int> {
    var seen: Set<Port> = [first]
    var open = [first]
    var ends: Set<Int> = []
    while let port = open.popLast() {
      if query.port == nil || query.port == port.number { ends.insert(port.node) }
      for next in steps(from: port) where seen.insert(next).inserted { open.append(next) }
    }
    return ends
  }

  private func steps(from port: Port) -> [Port] {
    let own = fabric.entrancesOfNode[port.node] ?? []
    let led = own.map { fabric.entrances[$0] }
      .filter { $0.transport.carries(query) && $0.port == port.number }
      .flatMap { entrance in
        (owners[entrance.target] ?? []).map { Port(node: $0, number: entrance.targetPort) }
      }
    guard port.node == fabric.hostNode else { return led }
    return led
      + fabric.listeners.filter { $0.transport.carries(query) && $0.hostPort == port.number }
      .map { Port(node: $0.machine, number: $0.guestPort) }
  }
}
