import LabCore

/// A lab with its addresses and its fabric of one family: what every question about reach needs.
struct PlannedLab: Sendable {
  let lab: Lab
  let addresses: AddressPlan
  let fabric: Fabric

  /// - Parameter addresses: those that a stored lab has; by default they are assigned as if for the
  ///   first time.
  init(_ lab: Lab, addresses: AddressPlan? = nil, family: AddressFamily) {
    let addresses = addresses ?? assignAddresses(in: lab)
    self.lab = lab
    self.addresses = addresses
    fabric = compileFabric(lab: lab, plan: addresses, family: family)
  }

  /// Who reaches whom.
  func matrix(_ query: ConnectivityQuery) -> ConnectivityMatrix {
    solveConnectivity(of: lab, in: fabric, query: query)
  }

  /// How many bytes it takes, about.
  var cost: Int {
    let adapters = lab.machines.reduce(0) { $0 + $1.adapters.count }
    return 1024 * (lab.networks.count + lab.machines.count + 2 * adapters + 8)
  }
}
