/// Fills a matrix, asking the simulator once for pairs that it cannot tell apart.
struct MatrixSolver {
  private let fabric: Fabric
  private let solver: PairSolver
  private let classes: MachineClasses
  /// The node of each row and column.
  private let order: [Int]
  /// By node: its row and column.
  private let position: [Int]
  /// By machine: its class by forwards and arrival; nil where no forward leads to it.
  private let forwardClass: [Int?]
  private var cells: [UInt8]
  private var forwardMemo: [Pair: Outcome] = [:]
  private var endpointMemo: [Pair: Outcome] = [:]

  private struct Pair: Hashable {
    let source: Int
    let target: Int
  }

  private static let unknown = UInt8.max

  init(fabric: Fabric, query: ConnectivityQuery, order: [Int]) {
    self.fabric = fabric
    self.order = order
    solver = PairSolver(fabric: fabric, query: query)
    classes = MachineClasses(fabric)
    var position = [Int](repeating: 0, count: order.count)
    for (index, node) in order.enumerated() { position[node] = index }
    self.position = position
    forwardClass = Self.forwardClasses(fabric, solver, classes)
    cells = [UInt8](repeating: Self.unknown, count: order.count * order.count)
  }

  /// Row by row, raw values of `Outcome`.
  mutating func solve() -> [UInt8] {
    solvePlainRows()
    for node in fabric.machineCount..<fabric.endpointCount { solveEndpoint(node) }
    for machine in 0..<fabric.machineCount where classes.departure[machine] == nil {
      solveAlone(machine)
    }
    return cells
  }

  private mutating func set(_ source: Int, _ target: Int, _ outcome: Outcome) {
    cells[position[source] * order.count + position[target]] = outcome.rawValue
  }

  // MARK: Plain VMs among themselves

  private mutating func solvePlainRows() {
    var members = [[Int]](repeating: [], count: classes.departureCount)
    var arrivals = [[Int]](repeating: [], count: classes.arrivalCount)
    for machine in 0..<fabric.machineCount {
      guard let departure = classes.departure[machine] else { continue }
      members[departure].append(machine)
      arrivals[classes.arrival[machine]].append(machine)
    }
    for sources in members { solveRows(of: sources, targets: arrivals) }
  }

  /// The rows of VMs with one set of routes: a row for all of them, and on top of it whom each
  /// shares a segment with.
  private mutating func solveRows(of sources: [Int], targets: [[Int]]) {
    var template = [UInt8](repeating: Self.unknown, count: order.count)
    var open = targets.indices.filter { !targets[$0].isEmpty }
    var sharedBy = [Int](repeating: -1, count: fabric.machineCount)
    for source in sources {
      let neighbours = self.neighbours(of: source)
      for machine in neighbours { sharedBy[machine] = source }
      open.removeAll { arrival in
        guard
          let target = targets[arrival].first(where: { sharedBy[$0] != source && $0 != source })
        else { return false }
        let outcome = ownAddressOutcome(from: source, to: target).rawValue
        for machine in targets[arrival] { template[position[machine]] = outcome }
        return true
      }
      write(template, row: source)
      solveForwards(from: source, sharedBy: sharedBy)
      for machine in neighbours { set(source, machine, .direct) }
      set(source, source, .itself)
    }
  }

  private mutating func write(_ template: [UInt8], row source: Int) {
    let start = position[source] * order.count
    cells.replaceSubrange(start..<start + order.count, with: template)
  }

  private func neighbours(of machine: Int) -> [Int] {
    fabric.interfaces(of: machine).flatMap { classes.plainMembers[$0.segment] }
  }

  private func ownAddressOutcome(from source: Int, to target: Int) -> Outcome {
    solver.outcome(from: source, to: target, includingForwards: false)
  }

  /// Where a target is not reached by its own address, a forward may lead there.
  private mutating func solveForwards(from source: Int, sharedBy: [Int]) {
    for target in solver.forwardedMachines {
      guard let targetClass = forwardClass[target], classes.departure[target] != nil,
        sharedBy[target] != source, target != source
      else { continue }
      let cell = position[source] * order.count + position[target]
      guard let known = Outcome(rawValue: cells[cell]), !known.isReachable else { continue }
      let key = Pair(source: classes.arrival[source], target: targetClass)
      let outcome: Outcome
      if let memo = forwardMemo[key] {
        outcome = memo
      } else {
        outcome = solver.forwardOutcome(from: source, to: target)
        forwardMemo[key] = outcome
      }
      if outcome.isBetter(than: known) { cells[cell] = outcome.rawValue }
    }
  }

  // MARK: The host, the LAN and the internet

  private mutating func solveEndpoint(_ node: Int) {
    for machine in 0..<fabric.machineCount where classes.departure[machine] != nil {
      let arriving = Pair(
        source: node, target: forwardClass[machine].map { -1 - $0 } ?? classes.arrival[machine])
      set(node, machine, remembered(arriving, from: node, to: machine))
      let leaving = Pair(source: -1 - classes.arrival[machine], target: node)
      set(machine, node, remembered(leaving, from: machine, to: node))
    }
    for other in fabric.machineCount..<fabric.endpointCount {
      set(node, other, solver.outcome(from: node, to: other))
    }
  }

  private mutating func remembered(_ key: Pair, from source: Int, to target: Int) -> Outcome {
    if let outcome = endpointMemo[key] { return outcome }
    let outcome = solver.outcome(from: source, to: target)
    endpointMemo[key] = outcome
    return outcome
  }

  // MARK: VMs that are like no other

  private mutating func solveAlone(_ machine: Int) {
    for node in order {
      set(machine, node, solver.outcome(from: machine, to: node))
      set(node, machine, solver.outcome(from: node, to: machine))
    }
  }

  private static func forwardClasses(
    _ fabric: Fabric, _ solver: PairSolver, _ classes: MachineClasses
  ) -> [Int?] {
    struct Key: Hashable {
      struct Forward: Hashable {
        let hostAddress: AddressBits?
        let interface: Int
      }
      let arrival: Int
      let forwards: [Forward]
    }
    var known: [Key: Int] = [:]
    return (0..<fabric.machineCount).map { machine in
      let forwards = solver.listeners(to: machine).map { index in
        let listener = fabric.listeners[index]
        return Key.Forward(
          hostAddress: listener.hostAddress,
          interface: listener.interface - fabric.nodes[machine].interfaces.lowerBound)
      }
      guard !forwards.isEmpty else { return nil }
      let key = Key(arrival: classes.arrival[machine], forwards: forwards)
      let index = known[key] ?? known.count
      known[key] = index
      return index
    }
  }
}
