/// Pairs of endpoints that fail a requirement for one reason.
struct RequirementFailure {
  /// Why, as far as it decides which rule speaks of it.
  enum Reason: Hashable {
    /// The target is a VM that its NAT isolates from another VM.
    case isolatedByNAT
    /// The LAN asks for a port whose forward listens on the host's loopback alone; by index in
    /// `Lab.portForwards`.
    case loopbackForward(Int)
    /// The LAN reaches by a forward what it must not.
    case exposingForward(Int)
    case other
  }

  /// By index in `Lab.requirements`.
  let requirement: Int
  let reason: Reason
  /// The first pair that fails, in the order of the matrix.
  let source: Endpoint
  let target: Endpoint
  let outcome: Outcome
  /// How many fail.
  var pairCount: Int
}

/// What the simulator says of a lab's requirements, over IPv4.
struct RequirementVerdicts {
  /// In the order of the requirements.
  var failures: [RequirementFailure] = []
  /// By requirement: the first pair that meets it by a NAT or a port forward.
  var translated: [Int: (source: Endpoint, target: Endpoint)] = [:]
}

/// Holds a lab's requirements against the simulator, pair by pair.
func judgeRequirements(of lab: Lab, plan: AddressPlan) -> RequirementVerdicts {
  guard !lab.requirements.isEmpty else { return RequirementVerdicts() }
  var judge = RequirementJudge(lab: lab, plan: plan)
  for index in lab.requirements.indices { judge.judge(index) }
  return judge.verdicts
}

private struct RequirementJudge {
  private let lab: Lab
  private let fabric: Fabric
  private let listeners: [HostListener]
  /// By endpoint: row and column of the matrix.
  private let position: [Endpoint: Int]
  private var matrices: [ConnectivityQuery: ConnectivityMatrix] = [:]
  private(set) var verdicts = RequirementVerdicts()

  init(lab: Lab, plan: AddressPlan) {
    self.lab = lab
    fabric = compileFabric(lab: lab, plan: plan, family: .ipv4)
    listeners = hostListeners(of: lab)
    position = Dictionary(
      uniqueKeysWithValues: lab.endpoints.enumerated().map { ($0.element, $0.offset) })
  }

  mutating func judge(_ index: Int) {
    let requirement = lab.requirements[index]
    let sources = lab.endpoints(of: requirement.from)
    let targets = lab.endpoints(of: requirement.to)
    let query = ConnectivityQuery(transport: requirement.transport, port: requirement.port)
    var failures: [RequirementFailure] = []
    // A matrix costs about as much as a few rows of pairs solved alone.
    if sources.count * targets.count <= 4 * position.count {
      let solver = PairSolver(fabric: fabric, query: query)
      for source in sources {
        for target in targets where target != source {
          let outcome = solver.outcome(
            from: fabric.node(of: source), to: fabric.node(of: target))
          note(index, requirement, source, target, outcome, &failures)
        }
      }
    } else {
      let matrix = matrix(query)
      for source in sources {
        guard let row = position[source] else { continue }
        for target in targets where target != source {
          guard let column = position[target] else { continue }
          note(index, requirement, source, target, matrix[row, column], &failures)
        }
      }
    }
    verdicts.failures += failures
  }

  private mutating func matrix(_ query: ConnectivityQuery) -> ConnectivityMatrix {
    if let matrix = matrices[query] { return matrix }
    let matrix = solveConnectivity(of: lab, in: fabric, query: query)
    matrices[query] = matrix
    return matrix
  }

  private mutating func note(
    _ index: Int, _ requirement: Requirement, _ source: Endpoint, _ target: Endpoint,
    _ outcome: Outcome, _ failures: inout [RequirementFailure]
  ) {
    guard !requirement.isMet(by: outcome) else {
      let isTranslated = outcome == .translated || outcome == .forwarded
      if isTranslated, verdicts.translated[index] == nil {
        verdicts.translated[index] = (source, target)
      }
      return
    }
    let reason = reason(requirement, source, target, outcome)
    if let known = failures.firstIndex(where: { $0.reason == reason }) {
      failures[known].pairCount += 1
    } else {
      failures.append(
        RequirementFailure(
          requirement: index, reason: reason, source: source, target: target, outcome: outcome,
          pairCount: 1))
    }
  }

  private func reason(
    _ requirement: Requirement, _ source: Endpoint, _ target: Endpoint, _ outcome: Outcome
  ) -> RequirementFailure.Reason {
    guard case .machine(let machine) = target else { return .other }
    if requirement.allow, outcome == .isolatedByNAT, source.isMachine { return .isolatedByNAT }
    guard source == .lan else { return .other }
    let leading = listeners.filter {
      $0.forward.machine == machine
        && $0.forward.transport.rawValue == requirement.transport.rawValue
        && (requirement.port ?? $0.forward.guestPort) == $0.forward.guestPort
    }
    if requirement.allow, requirement.port != nil {
      return leading.first { $0.boundAddress?.isLoopback == true }
        .map { .loopbackForward($0.index) } ?? .other
    }
    guard !requirement.allow, outcome == .forwarded else { return .other }
    return leading.first { $0.boundAddress?.isLoopback != true }
      .map { .exposingForward($0.index) } ?? .other
  }
}
