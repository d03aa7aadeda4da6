import LabCore
import LabRehearsal

/// Where a lab's matrix and what was measured in it disagree.
///
/// Where two machines claim an address, the one whose answer comes first is heard: a cell that says
/// `address-conflict` is held against nothing.
struct PredictionDifference {
  let cells: [String]
  /// How many pairs were held against each other.
  let compared: Int

  init(_ draft: LabDraft, _ query: ConnectivityQuery) throws {
    let lab = try resolve(draft).get()
    let plan = assignAddresses(in: lab)
    let fabric = compileFabric(lab: lab, plan: plan, family: query.family)
    let predicted = solveConnectivity(of: lab, in: fabric, query: query)
    let measured = try Rehearsal(
      lab: lab, plan: plan, probe: query.transport.probe, family: query.family
    ).run()
    var cells: [String] = []
    var compared = 0
    for (row, source) in predicted.endpoints.enumerated() {
      for (column, target) in predicted.endpoints.enumerated() where row != column {
        let outcome = predicted[row, column]
        let isMeasured = measured.isReachable(from: source.station, to: target.station)
        guard outcome != .addressConflict else { continue }
        compared += 1
        guard outcome.isReachable != isMeasured else { continue }
        let ways = measured.dials(from: source.station, to: target.station)
        cells.append(
          "\(lab.name(of: source)) to \(lab.name(of: target)): predicted \(outcome.name), "
            + (isMeasured ? "answered at \(ways.map { "\($0.address)" })" : "not answered"))
      }
    }
    self.cells = cells
    self.compared = compared
  }
}

extension Requirement.Transport {
  fileprivate var probe: Probe {
    switch self {
    case .tcp: .tcp
    case .udp, .multicast: .udp
    case .icmp: .icmp
    }
  }
}

extension Endpoint {
  fileprivate var station: Station {
    switch self {
    case .machine(let index): .machine(index)
    case .host: .host
    case .lan: .lan
    case .internet: .internet
    case .site: .site
    }
  }
}
