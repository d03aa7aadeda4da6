/// Checks a lab's requirements against its matrix.
struct RequirementCheck {
  /// A requirement that a lab does not meet, by its first pair in the order of the matrix.
  struct Failure: Hashable {
    /// By index in `Lab.requirements`.
    let index: Int
    let requirement: Requirement
    let source: Endpoint
    let target: Endpoint
    let outcome: Outcome
  }

  private let lab: Lab
  private let budget: Budget
  private var tables: ReachTables
  /// What was found of requirements that differ in nothing that matters.
  private var known: [Question: Place?] = [:]

  /// What decides whether a requirement is met.
  private struct Question: Hashable {
    let from: EndpointSelector
    let to: EndpointSelector
    let allow: Bool
    let asksEveryPort: Bool
    let query: ConnectivityQuery
  }

  private struct Place {
    let source: Int
    let target: Int
    let outcome: Outcome
  }

  init(lab: Lab, fabric: Fabric, budget: Budget) {
    self.lab = lab
    self.budget = budget
    tables = ReachTables(lab, fabric, budget: budget)
  }

  /// One failure for each requirement that is not met, in the order of the document.
  mutating func failures() throws(BudgetExhausted) -> [Failure] {
    var failures: [Failure] = []
    for index in lab.requirements.indices {
      if let failure = try failure(of: index) { failures.append(failure) }
    }
    return failures
  }

  /// The first requirement that is not met.
  mutating func firstFailure() throws(BudgetExhausted) -> Failure? {
    for index in lab.requirements.indices {
      if let failure = try failure(of: index) { return failure }
    }
    return nil
  }

  private mutating func failure(of index: Int) throws(BudgetExhausted) -> Failure? {
    let requirement = lab.requirements[index]
    let query = tables.representative(
      of: ConnectivityQuery(transport: requirement.transport, port: requirement.port))
    let question = Question(
      from: requirement.from, to: requirement.to, allow: requirement.allow,
      asksEveryPort: requirement.port == nil, query: query)
    let place: Place?
    if let found = known[question] {
      place = found
    } else {
      place = try firstUnmetPair(of: requirement, in: tables.table(query))
      known[question] = .some(place)
    }
    return place.map {
      Failure(
        index: index, requirement: requirement, source: tables.endpoints[$0.source],
        target: tables.endpoints[$0.target], outcome: $0.outcome)
    }
  }

  private func firstUnmetPair(
    of requirement: Requirement, in table: ReachTable
  ) throws(BudgetExhausted) -> Place? {
    let targets = tables.set(of: requirement.to).words
    for source in lab.endpoints(of: requirement.from).compactMap({ tables.position[$0] }) {
      try budget.spend(targets.count)
      for index in targets.indices where targets[index] != 0 {
        var unmet = targets[index] & ~table.met(by: requirement, source, index)
        if index == source >> 6 { unmet &= ~(1 << UInt64(source & 63)) }
        guard unmet != 0 else { continue }
        let target = index << 6 + unmet.trailingZeroBitCount
        return Place(source: source, target: target, outcome: table.matrix[source, target])
      }
    }
    return nil
  }

  // MARK: Exposure

  /// How many ordered pairs, at least one of them a VM, can talk beyond what is asked: on every
  /// port though none or a few are asked for, or on a forwarded port that is not.
  mutating func exposure() throws(BudgetExhausted) -> Int {
    let table = try tables.table(tables.representative(of: ConnectivityQuery()))
    let count = tables.endpoints.count
    try budget.reserve(bytes: PairSet.bytes(count: count))
    defer { budget.release(bytes: PairSet.bytes(count: count)) }
    let asked = try askedPairs()
    let machines = EndpointSet(
      tables.endpoints.indices.filter { tables.endpoints[$0].isMachine }, capacity: count)
    let everybody = EndpointSet(0..<count, capacity: count)
    let others = try forwardedBeyond(asked, table)
    var total = others.count
    for source in 0..<count {
      let counted = tables.endpoints[source].isMachine ? everybody : machines
      try budget.spend(table.reachable.width)
      for index in 0..<table.reachable.width {
        var open = table.reachable.word(source, index) & ~table.forwarded.word(source, index)
        open &= counted.words[index] & ~asked.word(source, index)
        if index == source >> 6 { open &= ~(1 << UInt64(source & 63)) }
        total += open.nonzeroBitCount
      }
    }
    return total
  }

  /// The pairs of which a requirement asks for every port.
  private func askedPairs() throws(BudgetExhausted) -> PairSet {
    struct Sides: Hashable {
      let from: EndpointSelector
      let to: EndpointSelector
    }
    var asked = PairSet(count: tables.endpoints.count)
    let sides = Set(
      lab.requirements.filter { $0.allow && $0.service == nil }
        .map { Sides(from: $0.from, to: $0.to) })
    for side in sides {
      let targets = tables.set(of: side.to)
      for source in lab.endpoints(of: side.from).compactMap({ tables.position[$0] }) {
        try budget.spend(asked.width)
        asked.insert(source, targets)
      }
    }
    return asked
  }

  /// The pairs, not open anyway, in which a forward lets a service through that nobody asked for.
  private func forwardedBeyond(
    _ asked: PairSet, _ table: ReachTable
  ) throws(BudgetExhausted) -> Set<EndpointPair> {
    let fabric = tables.fabric
    guard !fabric.listeners.isEmpty else { return [] }
    let askers = self.askers()
    var exposed: Set<EndpointPair> = []
    var reach: [ForwardWay: EndpointSet] = [:]
    for (index, listener) in fabric.listeners.enumerated() {
      let way = ForwardWay(listener)
      if reach[way] == nil { reach[way] = try sources(of: index, listener) }
      guard let sources = reach[way] else { continue }
      let service = PortService(transport: listener.transport, port: listener.guestPort)
      let asking = askers[ServiceOfMachine(service: service, machine: listener.machine)]
      guard let target = tables.position[.machine(listener.machine)] else { continue }
      for source in tables.endpoints.indices
      where sources.contains(source) && asking?.contains(source) != true {
        try budget.spend()
        let isOpen =
          table.reachable.contains(source, target) && !table.forwarded.contains(source, target)
        if isOpen || asked.contains(source, target) { continue }
        exposed.insert(
          EndpointPair(source: tables.endpoints[source], target: tables.endpoints[target]))
      }
    }
    return exposed
  }

  /// Who gets through by a forward.
  private func sources(of index: Int, _ listener: Listener) throws(BudgetExhausted) -> EndpointSet {
    let service = PortService(transport: listener.transport, port: listener.guestPort)
    let solver = PairSolver(fabric: tables.fabric, query: service.query)
    var sources = EndpointSet(capacity: tables.endpoints.count)
    for (place, endpoint) in tables.endpoints.enumerated() {
      let node = tables.fabric.node(of: endpoint)
      try budget.spend(32)
      if node != listener.machine, solver.reaches(listener: index, from: node) {
        sources.insert(place)
      }
    }
    return sources
  }

  /// By service of a VM: who has to reach it.
  private func askers() -> [ServiceOfMachine: EndpointSet] {
    let listening = Set(
      tables.fabric.listeners.map {
        ServiceOfMachine(
          service: PortService(transport: $0.transport, port: $0.guestPort), machine: $0.machine)
      })
    var askers: [ServiceOfMachine: EndpointSet] = [:]
    for requirement in lab.requirements where requirement.allow {
      guard let service = requirement.service else { continue }
      let sources = tables.set(of: requirement.from)
      for case .machine(let machine) in lab.endpoints(of: requirement.to) {
        let key = ServiceOfMachine(service: service, machine: machine)
        guard listening.contains(key) else { continue }
        askers[key, default: EndpointSet(capacity: tables.endpoints.count)].formUnion(sources)
      }
    }
    return askers
  }
}

private struct ServiceOfMachine: Hashable {
  let service: PortService
  let machine: Int
}

/// What decides who gets through by a forward, whatever its ports are.
private struct ForwardWay: Hashable {
  let machine: Int
  let interface: Int
  let hostAddress: AddressBits?

  init(_ listener: Listener) {
    machine = listener.machine
    interface = listener.interface
    hostAddress = listener.hostAddress
  }
}

/// Two different endpoints, one of which opens the connection.
struct EndpointPair: Hashable {
  let source: Endpoint
  let target: Endpoint
}

/// A port of a VM that a forward may lead to.
struct PortService: Hashable {
  let transport: PortForward.Transport
  /// The guest's own.
  let port: Int

  var query: ConnectivityQuery {
    switch transport {
    case .tcp: ConnectivityQuery(transport: .tcp, port: port)
    case .udp: ConnectivityQuery(transport: .udp, port: port)
    }
  }
}

extension Requirement {
  /// Whether a cell of the requirement's own transport and port satisfies it: a forward alone is
  /// not every port, but enough to break what must not be.
  func isMet(by outcome: Outcome) -> Bool {
    guard allow else { return !outcome.isReachable }
    return outcome.isReachable && (port != nil || outcome != .forwarded)
  }

  /// The port that it names, if it names one.
  var service: PortService? {
    guard let port else { return nil }
    switch transport {
    case .tcp: return PortService(transport: .tcp, port: port)
    case .udp: return PortService(transport: .udp, port: port)
    case .icmp, .multicast: return nil
    }
  }
}

extension Endpoint {
  /// Whether it is a VM.
  var isMachine: Bool {
    if case .machine = self { true } else { false }
  }
}

extension Lab {
  /// The first pair of different endpoints that a requirement speaks of.
  func firstPair(of requirement: Requirement) -> (Endpoint, Endpoint)? {
    let targets = endpoints(of: requirement.to).prefix(2)
    for source in endpoints(of: requirement.from) {
      if let target = targets.first(where: { $0 != source }) { return (source, target) }
    }
    return nil
  }

  /// The endpoints that a selector stands for, in the order of the matrix.
  func endpoints(of selector: EndpointSelector) -> [Endpoint] {
    switch selector {
    case .host: [.host]
    case .lan: [.lan]
    case .internet: [.internet]
    case .site: [.site]
    case .vms: machinesInNameOrder.map(Endpoint.machine)
    case .tag(let tag):
      machinesInNameOrder.filter { machines[$0].tags.contains(tag) }.map(Endpoint.machine)
    case .vm(let name): machines.indices.filter { machines[$0].name == name }.map(Endpoint.machine)
    }
  }
}
