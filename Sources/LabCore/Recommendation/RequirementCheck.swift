/// Holds a lab's requirements against its matrix.
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
  private let fabric: Fabric
  private let endpoints: [Endpoint]
  private var matrices: [ConnectivityQuery: ConnectivityMatrix] = [:]
  private let position: [Endpoint: Int]

  init(lab: Lab, fabric: Fabric) {
    self.lab = lab
    self.fabric = fabric
    endpoints = lab.endpoints
    position = Dictionary(
      uniqueKeysWithValues: endpoints.enumerated().map { ($0.element, $0.offset) })
  }

  /// One failure for each requirement that is not met, in the order of the document.
  mutating func failures() -> [Failure] {
    lab.requirements.indices.compactMap { failure(of: $0) }
  }

  /// The first requirement that is not met.
  mutating func firstFailure() -> Failure? {
    for index in lab.requirements.indices {
      if let failure = failure(of: index) { return failure }
    }
    return nil
  }

  private mutating func failure(of index: Int) -> Failure? {
    let requirement = lab.requirements[index]
    let query = ConnectivityQuery(transport: requirement.transport, port: requirement.port)
    let matrix = matrix(query)
    for (source, target) in lab.pairs(of: requirement) {
      guard let row = position[source], let column = position[target] else { continue }
      let outcome = matrix[row, column]
      if !requirement.isMet(by: outcome) {
        return Failure(
          index: index, requirement: requirement, source: source, target: target,
          outcome: outcome)
      }
    }
    return nil
  }

  private mutating func matrix(_ query: ConnectivityQuery) -> ConnectivityMatrix {
    if let matrix = matrices[query] { return matrix }
    let matrix = solveConnectivity(of: lab, in: fabric, query: query)
    matrices[query] = matrix
    return matrix
  }

  // MARK: Exposure

  /// How many ordered pairs, at least one of them a VM, can talk beyond what is asked: on every
  /// port though none or a few are asked for, or on a forwarded port that is not.
  mutating func exposure() -> Int {
    let asked = AskedPairs(lab)
    let matrix = matrix(ConnectivityQuery())
    let forwarded = forwardedReach()
    var count = 0
    for (row, source) in endpoints.enumerated() {
      for (column, target) in endpoints.enumerated() where row != column {
        guard source.isMachine || target.isMachine else { continue }
        let pair = EndpointPair(source: source, target: target)
        if asked.everyPort.contains(pair) { continue }
        let outcome = matrix[row, column]
        if outcome.isReachable, outcome != .forwarded {
          count += 1
        } else if let services = forwarded[pair],
          services.contains(where: { !asked.services[pair, default: []].contains($0) })
        {
          count += 1
        }
      }
    }
    return count
  }

  /// Which forwarded services each source reaches.
  private func forwardedReach() -> [EndpointPair: Set<PortService>] {
    var reach: [EndpointPair: Set<PortService>] = [:]
    let services = Set(
      lab.portForwards.map { PortService(transport: $0.transport, port: $0.guestPort) })
    for service in services {
      let solver = PairSolver(fabric: fabric, query: service.query)
      for machine in solver.forwardedMachines {
        for source in endpoints where fabric.node(of: source) != machine {
          let outcome = solver.forwardOutcome(from: fabric.node(of: source), to: machine)
          guard outcome.isReachable else { continue }
          reach[EndpointPair(source: source, target: .machine(machine)), default: []]
            .insert(service)
        }
      }
    }
    return reach
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

/// What a lab's requirements ask to be possible.
struct AskedPairs {
  /// Pairs of which a requirement asks for every port.
  private(set) var everyPort: Set<EndpointPair> = []
  /// Pairs of which requirements ask for single ports.
  private(set) var services: [EndpointPair: Set<PortService>] = [:]

  init(_ lab: Lab) {
    for requirement in lab.requirements where requirement.allow {
      for (source, target) in lab.pairs(of: requirement) {
        let pair = EndpointPair(source: source, target: target)
        if let service = requirement.service {
          services[pair, default: []].insert(service)
        } else {
          everyPort.insert(pair)
        }
      }
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
    case .icmp: return nil
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
  /// The ordered pairs of different endpoints that a requirement speaks of.
  func pairs(of requirement: Requirement) -> [(Endpoint, Endpoint)] {
    let targets = endpoints(of: requirement.to)
    return endpoints(of: requirement.from).flatMap { source in
      targets.filter { $0 != source }.map { (source, $0) }
    }
  }

  /// The endpoints that a selector stands for, in the order of the matrix.
  func endpoints(of selector: EndpointSelector) -> [Endpoint] {
    switch selector {
    case .host: [.host]
    case .lan: [.lan]
    case .internet: [.internet]
    case .vms: machinesInNameOrder.map(Endpoint.machine)
    case .tag(let tag):
      machinesInNameOrder.filter { machines[$0].tags.contains(tag) }.map(Endpoint.machine)
    case .vm(let name): machines.indices.filter { machines[$0].name == name }.map(Endpoint.machine)
    }
  }
}
