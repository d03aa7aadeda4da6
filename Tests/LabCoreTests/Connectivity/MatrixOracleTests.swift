import Testing

@testable import LabCore

/// Solving classes of VMs at once gives what solving each pair gives.
@Suite struct MatrixOracleTests {
  static let queries: [ConnectivityQuery] = [
    ConnectivityQuery(), ConnectivityQuery(port: 22), ConnectivityQuery(transport: .udp),
    ConnectivityQuery(transport: .icmp), ConnectivityQuery(family: .ipv6),
  ]

  @Test(arguments: 0..<20)
  func agreesWithEveryPairSolvedAlone(block: UInt64) throws {
    for seed in block * 50..<(block + 1) * 50 {
      var source = RandomLab(seed: seed)
      if seed % 5 == 0 { source.maximumMachines = 30 }
      let draft = source.draft()
      let lab = try resolve(draft).get()
      let plan = assignAddresses(in: lab)
      for query in Self.queries {
        let fabric = compileFabric(lab: lab, plan: plan, family: query.family)
        let fast = solveConnectivity(of: lab, in: fabric, query: query)
        let slow = solveEveryPair(of: lab, in: fabric, query: query)
        let difference = difference(lab, fast, slow)
        try #require(difference.isEmpty, "seed \(seed), \(query)")
      }
    }
  }

  private func difference(
    _ lab: Lab, _ fast: ConnectivityMatrix, _ slow: ConnectivityMatrix
  ) -> String {
    let names = fast.endpoints.map(lab.name)
    return names.indices.flatMap { row in
      names.indices.compactMap { column in
        fast[row, column] == slow[row, column]
          ? nil
          : "\(names[row]) to \(names[column]): \(fast[row, column]) is \(slow[row, column])"
      }
    }.joined(separator: "; ")
  }
}
