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
  private let forwardClassCount: Int
  /// By the source's arrival and the target's class by forwards.
  private var forwardMemo: [UInt8] = []
  /// By the two VMs' symmetry classes.
  private var symmetryMemo: [UInt8] = []
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
    forwardClassCount = forwardClass.reduce(0) { max($0, ($1 ?? -1) + 1) }
    forwardMemo = Array(
      repeating: Self.unknown, count: classes.arrivalCount * forwardClassCount)
    cells = [UInt8](repeating: Self.unknown, count: order.count * order.count)
  }

  /// Row by row, raw values of `Outcome`.
  ///
  /// - Parameter spend: asked before work of so many steps; throws where that is too many.
  mutating func solve<Exhausted: Error>(
    _ spend: Spending<Exhausted>
  ) throws(Exhausted) -> [UInt8] {
    try solvePlainRows(spend)
    for node in fabric.machineCount..<fabric.endpointCount { try solveEndpoint(node, spend) }
    try solveOthers(spend)
    return cells
  }

  typealias Spending<Exhausted: Error> = (_ steps: Int) throws(Exhausted) -> Void

  /// How many steps it takes to simulate a pair.
  private static let stepsOfPair = 24

  private mutating func set(_ source: Int, _ target: Int, _ outcome: Outcome) {
    cells[position[source] * order.count + position[target]] = outcome.rawValue
  }

  // MARK: Plain VMs among themselves

  private mutating func solvePlainRows<Exhausted: Error>(
    _ spend: Spending<Exhausted>
  ) throws(Exhausted) {
    var members = [[Int]](repeating: [], count: classes.departureCount)
    var arrivals = [[Int]](repeating: [], count: classes.arrivalCount)
    for machine in 0..<fabric.machineCount {
      guard let departure = classes.departure[machine] else { continue }
      members[departure].append(machine)
      arrivals[classes.arrival[machine]].append(machine)
    }
    for sources in members { try solveRows(of: sources, targets: arrivals, spend) }
  }

  /// The rows of VMs with one set of routes: a row for all of them, and on top of it whom each
  /// shares a segment with.
  private mutating func solveRows<Exhausted: Error>(
    of sources: [Int], targets: [[Int]], _ spend: Spending<Exhausted>
  ) throws(Exhausted) {
    guard !sources.isEmpty else { return }
    try spend(order.count / 8)
    var template = [UInt8](repeating: Self.unknown, count: order.count)
    var open = targets.indices.filter { !targets[$0].isEmpty }
    var sharedBy = [Int](repeating: -1, count: fabric.machineCount)
    var rows: [[Int]: Int] = [:]
    for source in sources {
      try spend(order.count / 8)
      let segments = fabric.interfaces(of: source).map(\.segment)
      // VMs on no segment at all do not meet.
      if !segments.isEmpty {
        if let like = rows[segments] {
          copyRow(of: like, to: source)
          continue
        }
        rows[segments] = source
      }
      let neighbours = self.neighbours(of: source)
      try spend(neighbours.count / 8)
      for machine in neighbours { sharedBy[machine] = source }
      var stillOpen: [Int] = []
      for arrival in open {
        let target = targets[arrival].first { sharedBy[$0] != source && $0 != source }
        guard let target else {
          stillOpen.append(arrival)
          continue
        }
        try spend(Self.stepsOfPair)
        let outcome = ownAddressOutcome(from: source, to: target).rawValue
        for machine in targets[arrival] { template[position[machine]] = outcome }
      }
      open = stillOpen
      write(template, row: source)
      try solveForwards(from: source, sharedBy: sharedBy, spend)
      for machine in neighbours { set(source, machine, .direct) }
      set(source, source, .itself)
    }
  }

  /// VMs with one set of routes and on the same segments reach all others alike.
  private mutating func copyRow(of source: Int, to other: Int) {
    let start = position[source] * order.count
    write(Array(cells[start..<start + order.count]), row: other)
    set(other, source, .direct)
    set(other, other, .itself)
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
  private mutating func solveForwards<Exhausted: Error>(
    from source: Int, sharedBy: [Int], _ spend: Spending<Exhausted>
  ) throws(Exhausted) {
    for target in solver.forwardedMachines {
      guard let targetClass = forwardClass[target], classes.departure[target] != nil,
        sharedBy[target] != source, target != source
      else { continue }
      let cell = position[source] * order.count + position[target]
      guard let known = Outcome(rawValue: cells[cell]), !known.isReachable else { continue }
      let place = classes.arrival[source] * forwardClassCount + targetClass
      let outcome: Outcome
      if let memo = Outcome(rawValue: forwardMemo[place]) {
        outcome = memo
      } else {
        try spend(Self.stepsOfPair)
        outcome = solver.forwardOutcome(from: source, to: target)
        forwardMemo[place] = outcome.rawValue
      }
      if outcome.isBetter(than: known) { cells[cell] = outcome.rawValue }
    }
  }

  // MARK: The host, the LAN and the internet

  private mutating func solveEndpoint<Exhausted: Error>(
    _ node: Int, _ spend: Spending<Exhausted>
  ) throws(Exhausted) {
    for machine in 0..<fabric.machineCount where classes.departure[machine] != nil {
      let arriving = Pair(
        source: node, target: forwardClass[machine].map { -1 - $0 } ?? classes.arrival[machine])
      set(node, machine, try remembered(arriving, from: node, to: machine, spend))
      let leaving = Pair(source: -1 - classes.arrival[machine], target: node)
      set(machine, node, try remembered(leaving, from: machine, to: node, spend))
    }
    for other in fabric.machineCount..<fabric.endpointCount {
      set(node, other, solver.outcome(from: node, to: other))
    }
  }

  private mutating func remembered<Exhausted: Error>(
    _ key: Pair, from source: Int, to target: Int, _ spend: Spending<Exhausted>
  ) throws(Exhausted) -> Outcome {
    if let outcome = endpointMemo[key] { return outcome }
    try spend(Self.stepsOfPair)
    let outcome = solver.outcome(from: source, to: target)
    endpointMemo[key] = outcome
    return outcome
  }

  // MARK: VMs that are not plain

  private mutating func solveOthers<Exhausted: Error>(
    _ spend: Spending<Exhausted>
  ) throws(Exhausted) {
    let others = (0..<fabric.machineCount).filter { classes.departure[$0] == nil }
    guard !others.isEmpty else { return }
    let symmetry = SymmetryClasses(fabric, solver)
    // Nodes that are no VMs are classes of their own.
    let width = symmetry.count + fabric.endpointCount - fabric.machineCount
    let classOf = symmetry.classes + Array(symmetry.count..<width)
    symmetryMemo = Array(repeating: Self.unknown, count: width * width)
    for machine in others {
      try spend(order.count / 4)
      for node in order where node != machine {
        let there = classOf[machine] * width + classOf[node]
        if symmetryMemo[there] == Self.unknown {
          try spend(Self.stepsOfPair)
          symmetryMemo[there] = solver.outcome(from: machine, to: node).rawValue
        }
        cells[position[machine] * order.count + position[node]] = symmetryMemo[there]
        let back = classOf[node] * width + classOf[machine]
        if symmetryMemo[back] == Self.unknown {
          try spend(Self.stepsOfPair)
          symmetryMemo[back] = solver.outcome(from: node, to: machine).rawValue
        }
        cells[position[node] * order.count + position[machine]] = symmetryMemo[back]
      }
      set(machine, machine, .itself)
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
