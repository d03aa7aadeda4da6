import LabCore

/// Ordered pairs of endpoints: the VMs in order, then host, lan, internet; a bit a pair.
typealias PairSet = UInt64

/// The order of a pair's bit.
struct Pairs {
  let machines: Int
  var endpoints: Int { machines + 3 }

  func bit(_ source: Int, _ target: Int) -> PairSet { 1 << PairSet(source * endpoints + target) }

  /// The pairs with a VM in them.
  var withMachine: PairSet {
    var set: PairSet = 0
    for source in 0..<endpoints {
      for target in 0..<endpoints where source != target {
        if source < machines || target < machines { set |= bit(source, target) }
      }
    }
    return set
  }

  /// The same pairs with the VMs in another order.
  func renamed(_ set: PairSet, _ order: [Int]) -> PairSet {
    var renamed: PairSet = 0
    var rest = set
    while rest != 0 {
      let index = rest.trailingZeroBitCount
      rest &= rest - 1
      let (source, target) = (index / endpoints, index % endpoints)
      renamed |= bit(
        source < machines ? order[source] : source, target < machines ? order[target] : target)
    }
    return renamed
  }
}

/// Who reaches whom in a shape, and whom each port forward that it could have would let through.
struct Reach: Hashable, Sendable {
  /// By transport: the pairs that talk without forwards.
  var open: [PairSet]
  /// By VM: for each way to lead a forward to it, the pairs that it opens beyond those.
  var forwards: [[PairSet]]
}

extension Requirement.Transport {
  /// The place in `Reach.open`.
  var index: Int {
    switch self {
    case .tcp: 0
    case .udp: 1
    case .icmp: 2
    case .multicast: 3
    }
  }
}

/// A shape's reach and cost, measured by one plan of it with every forward that it could have.
struct Measurement {
  var reach: Reach
  /// By VM, in the order of `Reach.forwards`: the adapter and whether it is bound to the loopback.
  var ways: [[(adapter: Int, isLoopback: Bool)]]
  var objective: Objective
}

extension Setting {
  /// Plans a shape and asks its matrices; nil where the planner finds no address for a gateway.
  func measure(_ shape: Shape) -> Measurement? {
    let pairs = Pairs(machines: machines)
    var probes: [ForwardChoice] = []
    for machine in 0..<machines {
      for adapter in shape.translated(machine) {
        for isLoopback in [false, true] {
          probes.append(
            ForwardChoice(
              machine: machine, adapter: adapter, transport: .tcp, guestPort: 1000 + probes.count,
              isLoopback: isLoopback))
        }
      }
    }
    guard let draft = draft(of: shape, forwards: probes), case .success(let lab) = resolve(draft)
    else { return nil }
    let plan = assignAddresses(in: lab)
    let fabric = compileFabric(lab: lab, plan: plan, family: .ipv4)
    func set(_ query: ConnectivityQuery, _ holds: (Outcome) -> Bool) -> PairSet {
      let matrix = solveConnectivity(of: lab, in: fabric, query: query)
      var set: PairSet = 0
      for source in 0..<pairs.endpoints {
        for target in 0..<pairs.endpoints where holds(matrix[source, target]) {
          set |= pairs.bit(source, target)
        }
      }
      return set
    }
    let open = Requirement.Transport.allCases.map { transport in
      set(ConnectivityQuery(transport: transport)) { $0.isReachable && $0 != .forwarded }
    }
    var forwards: [[PairSet]] = Array(repeating: [], count: machines)
    var ways: [[(adapter: Int, isLoopback: Bool)]] = Array(repeating: [], count: machines)
    for probe in probes {
      let opened = set(ConnectivityQuery(port: probe.guestPort)) { $0 == .forwarded }
      guard opened != 0, !forwards[probe.machine].contains(opened) else { continue }
      forwards[probe.machine].append(opened)
      ways[probe.machine].append((probe.adapter, probe.isLoopback))
    }
    let typed = plan.adapters.joined().filter { [.planned, .static].contains($0.ipv4.source) }
    return Measurement(
      reach: Reach(open: open, forwards: forwards), ways: ways,
      objective: Objective(
        unmet: 0, exposure: 0, adapters: shape.attachments.joined().count,
        networks: shape.modes.count,
        handConfiguration: typed.count + shape.gateways.count
          + shape.modes.filter { $0 == .bridged || $0 == .hostOnly }.count))
  }
}
