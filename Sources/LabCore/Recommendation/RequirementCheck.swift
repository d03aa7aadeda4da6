/// Holds a lab's requirements against its matrix.
struct RequirementCheck {
  /// A requirement that a lab does not meet, by its first pair in the order of the matrix.
  struct Failure: Hashable {
    let requirement: Requirement
    let source: Endpoint
    let target: Endpoint
    let outcome: Outcome
  }

  private let lab: Lab
  private let fabric: Fabric
  private var matrices: [ConnectivityQuery: ConnectivityMatrix] = [:]
  private let position: [Endpoint: Int]

  init(lab: Lab, fabric: Fabric) {
    self.lab = lab
    self.fabric = fabric
    position = Dictionary(
      uniqueKeysWithValues: lab.endpoints.enumerated().map { ($0.element, $0.offset) })
  }

  /// One failure for each requirement that is not met, in the order of the document.
  mutating func failures() -> [Failure] {
    lab.requirements.compactMap { failure(of: $0) }
  }

  private mutating func failure(of requirement: Requirement) -> Failure? {
    let matrix = matrix(for: requirement)
    for (source, target) in lab.pairs(of: requirement) {
      guard let row = position[source], let column = position[target] else { continue }
      let outcome = matrix[row, column]
      if !requirement.isMet(by: outcome) {
        return Failure(
          requirement: requirement, source: source, target: target, outcome: outcome)
      }
    }
    return nil
  }

  private mutating func matrix(for requirement: Requirement) -> ConnectivityMatrix {
    let query = ConnectivityQuery(transport: requirement.transport, port: requirement.port)
    if let matrix = matrices[query] { return matrix }
    let matrix = solveConnectivity(of: lab, in: fabric, query: query)
    matrices[query] = matrix
    return matrix
  }

  /// How many ordered pairs, at least one of them a VM, can talk although nothing asks for it.
  mutating func exposure() -> Int {
    var asked: Set<[Int]> = []
    for requirement in lab.requirements where requirement.allow {
      for (source, target) in lab.pairs(of: requirement) {
        if let row = position[source], let column = position[target] {
          asked.insert([row, column])
        }
      }
    }
    let matrix = solveConnectivity(of: lab, in: fabric, query: ConnectivityQuery())
    var count = 0
    for row in matrix.endpoints.indices {
      for column in matrix.endpoints.indices
      where matrix[row, column].isReachable && !asked.contains([row, column]) {
        if matrix.endpoints[row].isMachine || matrix.endpoints[column].isMachine { count += 1 }
      }
    }
    return count
  }
}

extension Requirement {
  /// Whether a cell of the requirement's own transport and port satisfies it: a forward alone is
  /// not every port, but enough to break what must not be.
  func isMet(by outcome: Outcome) -> Bool {
    guard allow else { return !outcome.isReachable }
    return outcome.isReachable && (port != nil || outcome != .forwarded)
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
