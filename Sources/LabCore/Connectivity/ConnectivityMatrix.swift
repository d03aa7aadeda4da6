/// Who reaches whom: one outcome for each ordered pair of endpoints.
public struct ConnectivityMatrix: Hashable, Sendable {
  /// What was asked.
  public let query: ConnectivityQuery
  /// Rows and columns, in this order.
  public let endpoints: [Endpoint]
  /// Row by row, a byte a cell: raw values of `Outcome`.
  private let cells: [UInt8]
  /// Open pairs that are doubtful, where those were looked for (`doubts(of:in:_:)`).
  public private(set) var doubts: [Doubt] = []

  /// The same with the pairs that are doubtful.
  public func noting(_ doubts: [Doubt]) -> ConnectivityMatrix {
    var noted = self
    noted.doubts = doubts
    return noted
  }

  init(query: ConnectivityQuery, endpoints: [Endpoint], cells: [UInt8]) {
    self.query = query
    self.endpoints = endpoints
    self.cells = cells
  }

  /// The outcome of a source's row in a target's column, both by index in `endpoints`.
  public subscript(source: Int, target: Int) -> Outcome {
    Outcome(rawValue: cells[source * endpoints.count + target]) ?? .noRoute
  }

  /// A row's outcomes as raw values of `Outcome`, in the order of `endpoints`.
  public func row(_ source: Int) -> ArraySlice<UInt8> {
    cells[source * endpoints.count..<(source + 1) * endpoints.count]
  }

  /// How many pairs are reachable and how many are blocked; the diagonal counts as neither.
  public var summary: (reachable: Int, blocked: Int) {
    var counts = [Int](repeating: 0, count: 256)
    for cell in cells { counts[Int(cell)] += 1 }
    let reachable = Outcome.allCases.filter(\.isReachable)
      .reduce(0) { $0 + counts[Int($1.rawValue)] }
    return (reachable, cells.count - endpoints.count - reachable)
  }
}

/// Solves every pair of a lab's endpoints.
public func solveConnectivity(
  of lab: Lab, in fabric: Fabric, query: ConnectivityQuery
) -> ConnectivityMatrix {
  let endpoints = lab.endpoints
  var solver = MatrixSolver(fabric: fabric, query: query, order: endpoints.map(fabric.node))
  return ConnectivityMatrix(query: query, endpoints: endpoints, cells: solver.solve { _ in })
}

/// Solves every pair of a lab's endpoints within a budget.
///
/// - Throws: `BudgetExhausted` where that takes more than the budget has.
public func solveConnectivity(
  of lab: Lab, in fabric: Fabric, query: ConnectivityQuery, budget: Budget
) throws(BudgetExhausted) -> ConnectivityMatrix {
  let endpoints = lab.endpoints
  // The cells, and what is remembered of pairs that are alike.
  let bytes = 2 * endpoints.count * endpoints.count
  try budget.reserve(bytes: bytes)
  defer { budget.release(bytes: bytes) }
  var solver = MatrixSolver(fabric: fabric, query: query, order: endpoints.map(fabric.node))
  let cells = try solver.solve { (steps) throws(BudgetExhausted) in try budget.spend(steps) }
  return ConnectivityMatrix(query: query, endpoints: endpoints, cells: cells)
}

/// Solves every pair one by one: slow, and what `solveConnectivity` is held against.
func solveEveryPair(
  of lab: Lab, in fabric: Fabric, query: ConnectivityQuery
) -> ConnectivityMatrix {
  let endpoints = lab.endpoints
  let nodes = endpoints.map(fabric.node)
  let solver = PairSolver(fabric: fabric, query: query)
  let cells = nodes.flatMap { source in
    nodes.map { solver.outcome(from: source, to: $0).rawValue }
  }
  return ConnectivityMatrix(query: query, endpoints: endpoints, cells: cells)
}
