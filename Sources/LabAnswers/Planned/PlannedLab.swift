public import LabCore

/// A lab with its addresses and its fabric of one family: what every question about reach needs.
public struct PlannedLab: Sendable {
  /// The lab.
  public let lab: Lab
  /// Its addresses.
  public let addresses: AddressPlan
  /// What packets are sent through.
  public let fabric: Fabric

  /// Plans a lab.
  ///
  /// - Parameter addresses: those that a stored lab has; by default they are assigned as if for the
  ///   first time.
  public init(_ lab: Lab, addresses: AddressPlan? = nil, family: AddressFamily) {
    let addresses = addresses ?? assignAddresses(in: lab)
    self.lab = lab
    self.addresses = addresses
    fabric = compileFabric(lab: lab, plan: addresses, family: family)
  }

  /// Who reaches whom.
  public func matrix(_ query: ConnectivityQuery) -> ConnectivityMatrix {
    let matrix = solveConnectivity(of: lab, in: fabric, query: query)
    return matrix.noting(doubts(of: matrix, in: lab, fabric))
  }

  /// The same within a budget.
  ///
  /// - Throws: `BudgetExhausted` where that takes more than the budget has.
  public func matrix(
    _ query: ConnectivityQuery, budget: Budget
  ) throws(BudgetExhausted) -> ConnectivityMatrix {
    let matrix = try solveConnectivity(of: lab, in: fabric, query: query, budget: budget)
    return matrix.noting(doubts(of: matrix, in: lab, fabric))
  }

  /// How many bytes it takes, about.
  public var cost: Int {
    let adapters = lab.machines.reduce(0) { $0 + $1.adapters.count }
    return 1024 * (lab.networks.count + lab.machines.count + 2 * adapters + 8)
  }
}
