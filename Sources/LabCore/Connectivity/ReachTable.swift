/// A matrix with what requirements ask of it as sets of pairs, so that a requirement of millions of
/// pairs is checked 64 pairs at a time.
struct ReachTable {
  let matrix: ConnectivityMatrix
  /// Pairs that can talk, by whatever way.
  private(set) var reachable: PairSet
  /// Those of them that a port forward alone lets through.
  private(set) var forwarded: PairSet
  /// Those of them that a NAT or a port forward lets through.
  private(set) var translated: PairSet
  /// Pairs that the target's NAT keeps apart.
  private(set) var isolated: PairSet

  init(_ matrix: ConnectivityMatrix) {
    self.matrix = matrix
    let count = matrix.endpoints.count
    reachable = PairSet(count: count)
    forwarded = reachable
    translated = reachable
    isolated = reachable
    for source in 0..<count {
      for (target, cell) in matrix.row(source).enumerated() {
        guard let outcome = Outcome(rawValue: cell) else { continue }
        if outcome.isReachable {
          reachable.insert(source, target)
          if outcome == .forwarded { forwarded.insert(source, target) }
          if outcome == .forwarded || outcome == .translated { translated.insert(source, target) }
        } else if outcome == .isolatedByNAT {
          isolated.insert(source, target)
        }
      }
    }
  }

  /// How many bytes the table of so many endpoints takes.
  static func bytes(count: Int) -> Int { count * count + 4 * PairSet.bytes(count: count) }

  /// 64 of the pairs of a source that meet a requirement: a forward alone is not every port, but
  /// enough to break what must not be.
  func met(by requirement: Requirement, _ source: Int, _ index: Int) -> UInt64 {
    let open = reachable.word(source, index)
    guard requirement.allow else { return ~open }
    return requirement.port == nil ? open & ~forwarded.word(source, index) : open
  }
}

/// The tables of a lab, made as they are asked for. Ports that no forward leads to share one.
struct ReachTables {
  let lab: Lab
  let fabric: Fabric
  let endpoints: [Endpoint]
  /// By endpoint: its row and column.
  let position: [Endpoint: Int]
  private let budget: Budget
  private let forwardedPorts: Set<PortService>
  /// Whether what one transport does says nothing of another, as firewalls may tell them apart.
  private let tellsTransportsApart: Bool
  private var tables: [ConnectivityQuery: ReachTable] = [:]
  private var solvers: [ConnectivityQuery: PairSolver] = [:]

  /// How many bytes of tables are kept at a time.
  private static let maximumBytes = 96 << 20

  init(_ lab: Lab, _ fabric: Fabric, budget: Budget) {
    self.lab = lab
    self.fabric = fabric
    self.budget = budget
    endpoints = lab.endpoints
    position = Dictionary(
      uniqueKeysWithValues: endpoints.enumerated().map { ($0.element, $0.offset) })
    forwardedPorts = Set(
      fabric.listeners.map { PortService(transport: $0.transport, port: $0.guestPort) }
        + fabric.entrances.flatMap { entrance in
          [entrance.port, entrance.targetPort].map {
            PortService(transport: entrance.transport, port: $0)
          }
        }
        + fabric.firewalls.compactMap { $0 }.flatMap(\.namedServices))
    tellsTransportsApart = fabric.firewalls.contains { $0 != nil }
  }

  /// The query that stands for all that have the same matrix.
  func representative(of query: ConnectivityQuery) -> ConnectivityQuery {
    let transport: PortForward.Transport
    switch query.transport {
    case .icmp: return ConnectivityQuery(transport: .icmp, family: query.family)
    case .multicast: return ConnectivityQuery(transport: .multicast, family: query.family)
    case .tcp: transport = .tcp
    case .udp: transport = .udp
    }
    let isForwarded =
      query.port.map { forwardedPorts.contains(PortService(transport: transport, port: $0)) }
      ?? forwardedPorts.contains { $0.transport == transport }
    // No forward leads to port 0.
    return isForwarded
      ? query
      : ConnectivityQuery(
        transport: tellsTransportsApart ? query.transport : .tcp, port: 0, family: query.family)
  }

  /// The table of a query, which is the representative of its like.
  mutating func table(_ query: ConnectivityQuery) throws(BudgetExhausted) -> ReachTable {
    if let table = tables[query] { return table }
    let bytes = ReachTable.bytes(count: endpoints.count)
    if (tables.count + 1) * bytes > Self.maximumBytes { tables = [:] }
    let matrix = try solveConnectivity(of: lab, in: fabric, query: query, budget: budget)
    try budget.spend(endpoints.count * endpoints.count / 16)
    let table = ReachTable(matrix)
    tables[query] = table
    return table
  }

  /// Whether the table of a query is there already.
  func hasTable(_ query: ConnectivityQuery) -> Bool { tables[query] != nil }

  /// Solves single pairs, where those are few.
  mutating func solver(_ query: ConnectivityQuery) -> PairSolver {
    if let solver = solvers[query] { return solver }
    let solver = PairSolver(fabric: fabric, query: query)
    if solvers.count < 64 { solvers[query] = solver }
    return solver
  }

  /// The places of endpoints.
  func set(of selector: EndpointSelector) -> EndpointSet {
    EndpointSet(
      lab.endpoints(of: selector).compactMap { position[$0] }, capacity: endpoints.count)
  }
}
