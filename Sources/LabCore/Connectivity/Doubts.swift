/// An open pair that works or does not by something that no document says.
public struct Doubt: Hashable, Sendable {
  /// Who dials.
  public let source: Endpoint
  /// Who is dialled.
  public let target: Endpoint
  /// On what it hangs, without a full stop.
  public let reason: String
}

/// The open pairs of a matrix that are doubtful, row by row; in large labs those alone of which an
/// endpoint is, and no more than `maximumDoubts`.
public func doubts(
  of matrix: ConnectivityMatrix, in lab: Lab, _ fabric: Fabric
) -> [Doubt] {
  let known = Doubts(lab: lab, fabric: fabric)
  guard !known.isEmpty else { return [] }
  let solver = PairSolver(fabric: fabric, query: matrix.query)
  let nodes = matrix.endpoints.map(fabric.node)
  let isLarge = nodes.count > 64
  var doubts: [Doubt] = []
  for (row, source) in nodes.enumerated() {
    for (column, target) in nodes.enumerated() where matrix[row, column].isReachable {
      if isLarge, !known.touches(source), !known.touches(target) { continue }
      guard doubts.count < maximumDoubts else { return doubts }
      let hops = solver.path(from: source, to: target, matrix[row, column])
      guard let reason = known.reason(along: hops) else { continue }
      doubts.append(
        Doubt(
          source: matrix.endpoints[row], target: matrix.endpoints[column], reason: reason))
    }
  }
  return doubts
}

/// How many doubtful pairs an answer lists.
public let maximumDoubts = 1000

/// What is doubtful of a lab, link by link.
struct Doubts {
  private let lab: Lab
  private let fabric: Fabric
  private let isWireless: Bool
  /// By segment: prefixes that the host's route to a wider one may take too.
  private let overshadowed: [Int: FabricPrefix]
  /// VMs with a private NAT whose prefix another of their adapters has too.
  private let twice: Set<Int>
  /// By network: what is known against it in this version.
  private let regressions: [Int: String]

  init(lab: Lab, fabric: Fabric) {
    self.lab = lab
    self.fabric = fabric
    isWireless =
      lab.host.uplink.kind == .wireless
      && fabric.interfaces.contains {
        $0.node < fabric.machineCount && fabric.segments[$0.segment].kind == .lan
      }
    overshadowed = Self.overshadowed(fabric)
    twice = Set((0..<fabric.machineCount).filter { Self.hasPrefixTwice($0, fabric) })
    regressions = lab.networks.indices.reduce(into: [:]) { known, network in
      let regression = lab.regression(.network, of: lab.networks[network].mode)
      known[network] = regression?.symptom(lab.hypervisor.version)
    }
  }

  var isEmpty: Bool {
    !isWireless && overshadowed.isEmpty && twice.isEmpty && regressions.isEmpty
  }

  /// Whether a node has a foot on a doubtful link.
  func touches(_ node: Int) -> Bool {
    twice.contains(node)
      || node < fabric.machineCount
        && fabric.interfaces(of: node).contains { interface in
          switch fabric.segments[interface.segment].kind {
          case .lan: isWireless
          case .network(let network):
            regressions[network] != nil || overshadowed[interface.segment] != nil
          default: false
          }
        }
  }

  /// On what a way hangs; nil where it is sure.
  func reason(along hops: [Hop]) -> String? {
    guard !isEmpty else { return nil }
    for (before, hop) in zip(hops, hops.dropFirst()) {
      guard let interface = hop.interface else { continue }
      let segment = fabric.interfaces[interface].segment
      if let reason = reason(from: before.node, to: hop.node, on: segment) { return reason }
    }
    return nil
  }

  private func reason(from first: Int, to second: Int, on segment: Int) -> String? {
    let ends = [first, second]
    switch fabric.segments[segment].kind {
    case .lan where isWireless && leavesHost(ends):
      return "bridging over Wi-Fi works with some drivers and access points and not with others"
    case .network(let network):
      if let prefix = overshadowed[segment], ends.contains(fabric.hostNode) {
        return "the host's route to \(fabric.text(of: prefix)) leads away, and the program behind "
          + "it may take \(lab.networks[network].name) too"
      }
      if let symptom = regressions[network] {
        return "the \(lab.networks[network].mode.noun) may not work: \(symptom)"
      }
    default: break
    }
    guard let machine = ends.first(where: twice.contains) else { return nil }
    let isPrivate = fabric.segments[segment].isPrivateNAT
    return isPrivate
      ? "another adapter of \(lab.machines[machine].name) has the prefix of its NAT, and which of "
        + "the two its answers leave by is its system's choice" : nil
  }

  /// Whether a frame goes between a VM and what is not one.
  private func leavesHost(_ ends: [Int]) -> Bool {
    ends.contains { $0 < fabric.machineCount } && ends.contains { $0 >= fabric.machineCount }
  }

  private static func overshadowed(_ fabric: Fabric) -> [Int: FabricPrefix] {
    let away = fabric.routes[fabric.nodes[fabric.hostNode].routes].filter(\.leadsAway)
    var found: [Int: FabricPrefix] = [:]
    for interface in fabric.interfaces(of: fabric.hostNode) {
      guard case .network = fabric.segments[interface.segment].kind else { continue }
      let wider = away.first {
        $0.prefix.length < interface.prefix.length
          && $0.prefix.contains(interface.prefix.network)
      }
      if let wider { found[interface.segment] = wider.prefix }
    }
    return found
  }

  private static func hasPrefixTwice(_ machine: Int, _ fabric: Fabric) -> Bool {
    let own = fabric.interfaces(of: machine)
    return own.contains { first in
      fabric.segments[first.segment].isPrivateNAT
        && own.contains { $0.segment != first.segment && $0.prefix.overlaps(first.prefix) }
    }
  }
}

extension PairSolver {
  /// The nodes that a pair's connection passes by the way that its outcome tells of.
  func path(from source: Int, to target: Int, _ outcome: Outcome) -> [Hop] {
    guard let best = attempts(from: source, to: target).first(where: { $0.outcome == outcome })
    else { return [] }
    var simulator = Simulator(fabric, query, recordsHops: true)
    _ = simulator.connect(from: source, to: best.dial.address, port: best.dial.port)
    return simulator.hops ?? []
  }
}
