/// Everything the planner has to say of a lab.
///
/// The pipeline on one page: a resolved lab becomes an address plan, the plan becomes a fabric,
/// and matrix, recommendations and findings are questions to them.
public struct Plan: Sendable {
  /// The lab that was planned.
  public let lab: Lab
  /// Which address every adapter has.
  public let addresses: AddressPlan
  /// The lab as a machine that packets are sent through, of the query's family.
  public let fabric: Fabric
  /// Who reaches whom.
  public let connectivity: ConnectivityMatrix
  /// Which modes meet the requirements.
  public let recommendations: RecommendationReport

  /// Plans a lab.
  ///
  /// - Parameters:
  ///   - addresses: those that a stored lab has; by default they are assigned as if for the first
  ///     time.
  ///   - budget: when it ends, recommendations are those found.
  public init(
    _ lab: Lab, addresses: AddressPlan? = nil, query: ConnectivityQuery = ConnectivityQuery(),
    budget: Budget = .unlimited
  ) {
    let addresses = addresses ?? assignAddresses(in: lab)
    self.lab = lab
    self.addresses = addresses
    fabric = compileFabric(lab: lab, plan: addresses, family: query.family)
    let matrix = solveConnectivity(of: lab, in: fabric, query: query)
    connectivity = matrix.noting(doubts(of: matrix, in: lab, fabric))
    recommendations = recommend(for: lab, budget: budget)
  }
}
