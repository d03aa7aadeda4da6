/// A lab with its addresses and its fabric: what every question about it is asked of.
///
/// The pipeline on one page: a resolved lab gets addresses, and with them becomes a fabric of one
/// family. Matrix, findings, visibility and recommendations are questions to these; each is worked
/// out when it is asked. The service, the command line and the benchmarks all ask here.
public struct Plan: Sendable {
  /// The lab that was planned.
  public let lab: Lab
  /// Which address every adapter has.
  public let addresses: AddressPlan
  /// The lab as a machine that packets are sent through.
  public let fabric: Fabric

  /// Plans a lab.
  ///
  /// - Parameters:
  ///   - addresses: those that a stored lab has; by default they are assigned as if for the first
  ///     time.
  ///   - family: of the packets that are sent through the fabric.
  public init(_ lab: Lab, addresses: AddressPlan? = nil, family: AddressFamily = .ipv4) {
    let addresses = addresses ?? assignAddresses(in: lab)
    self.lab = lab
    self.addresses = addresses
    fabric = compileFabric(lab: lab, plan: addresses, family: family)
  }

  /// Who reaches whom.
  ///
  /// - Parameter query: of the plan's family.
  public func connectivity(_ query: ConnectivityQuery = ConnectivityQuery()) -> ConnectivityMatrix {
    noting(solveConnectivity(of: lab, in: fabric, query: query))
  }

  /// The same within a budget.
  ///
  /// - Throws: `BudgetExhausted` where that takes more than the budget has.
  public func connectivity(
    _ query: ConnectivityQuery, budget: Budget
  ) throws(BudgetExhausted) -> ConnectivityMatrix {
    noting(try solveConnectivity(of: lab, in: fabric, query: query, budget: budget))
  }

  /// What this plan is compared with another by (`PlanDifference`).
  ///
  /// - Parameter query: of the plan's family.
  /// - Throws: `BudgetExhausted` where that takes more than the budget has.
  public func reach(
    _ query: ConnectivityQuery, budget: Budget
  ) throws(BudgetExhausted) -> PlannedReach {
    PlannedReach(
      lab: lab, addresses: addresses,
      matrix: try solveConnectivity(of: lab, in: fabric, query: query, budget: budget))
  }

  /// Everything wrong or risky.
  ///
  /// - Parameter others: what other labs of the same host have in use.
  /// - Throws: `BudgetExhausted` where that takes more than the budget has.
  public func findings(
    besides others: [HostShare] = [], budget: Budget
  ) throws(BudgetExhausted) -> [Finding] {
    try LabCore.findings(in: lab, plan: addresses, sharingHost: others, budget: budget)
  }

  /// Everything wrong or risky in the lab alone.
  public var findings: [Finding] { LabCore.findings(in: lab, plan: addresses) }

  /// Who can capture whose frames.
  public var visibility: [SegmentVisibility] { LabCore.visibility(in: lab) }

  /// Labs that meet the requirements, the best first.
  ///
  /// - Parameters:
  ///   - effort: how far to search.
  ///   - budget: when it ends, the answer is the best found so far.
  public func recommendations(
    effort: SearchEffort = .usual, budget: Budget = .unlimited
  ) -> RecommendationReport {
    recommend(for: lab, effort: effort, budget: budget)
  }

  private func noting(_ matrix: ConnectivityMatrix) -> ConnectivityMatrix {
    matrix.noting(doubts(of: matrix, in: lab, fabric))
  }
}
