import Testing

@testable import LabCore

/// Solving classes of VMs at once gives what solving each pair gives.
@Suite struct MatrixOracleTests {
  static let small = RandomLabs(120)
  static let large = RandomLabs(20, maximumMachines: 30)
  static let smallWithRoles = RandomLabs(120, hasRoles: true)
  static let largeWithRoles = RandomLabs(20, maximumMachines: 30, hasRoles: true)
  static let queries: [ConnectivityQuery] = [
    ConnectivityQuery(), ConnectivityQuery(port: 22), ConnectivityQuery(transport: .udp),
    ConnectivityQuery(transport: .icmp), ConnectivityQuery(family: .ipv6),
  ]

  @Test(arguments: queries)
  func agreesWithEveryPairSolvedAlone(query: ConnectivityQuery) throws {
    for labs in [Self.small, Self.large, Self.smallWithRoles, Self.largeWithRoles] {
      try labs.hold { draft in
        let lab = try resolve(draft).get()
        let fabric = compileFabric(
          lab: lab, plan: assignAddresses(in: lab), family: query.family)
        return difference(
          lab, solveConnectivity(of: lab, in: fabric, query: query),
          solveEveryPair(of: lab, in: fabric, query: query))
      }
    }
  }

  private func difference(
    _ lab: Lab, _ fast: ConnectivityMatrix, _ slow: ConnectivityMatrix
  ) -> String? {
    let names = fast.endpoints.map(lab.name)
    for (row, source) in names.enumerated() {
      for (column, target) in names.enumerated() where fast[row, column] != slow[row, column] {
        return "\(source) to \(target): \(fast[row, column]), alone \(slow[row, column])"
      }
    }
    return nil
  }
}
