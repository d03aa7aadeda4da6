public import LabCore
import LabFormats

/// The plan of a document that is not stored, for people and for programs.
public struct PlanReport: Sendable {
  private let plan: Plan
  private let matrix: ConnectivityMatrix

  /// Plans a lab.
  public init(_ lab: Lab, query: ConnectivityQuery) {
    plan = Plan(lab, family: query.family)
    matrix = plan.connectivity(query)
  }

  /// What `POST /v1/plan` answers.
  public var json: [UInt8] {
    PlanPayload(
      plan, matrix, recommendations: plan.briefRecommendations,
      findings: plan.findings,
      revision: nil
    ).bytes
  }

  /// The addresses as comma-separated values, as `GET …/addresses` answers them.
  public var csv: [UInt8] { Array(AdapterRows(plan.addresses, of: plan.lab).csv.utf8) }

  /// Tables and sentences.
  public var text: String {
    """
    Networks

    \(networks)
    Addresses

    \(adapters)
    Who reaches whom\(question)

    \(connectivity)
    \(summary)

    Recommendations

    \(recommendations)
    Findings

    \(findings)\(visibility)
    """
  }

  private var networks: String {
    var table = TextTable(["network", "mode", "prefix", "gateway", "dhcp"])
    for (network, plan) in zip(plan.lab.networks, plan.addresses.networks) {
      let name = [network.name.text, network.mode.rawValue]
      let rows = [plan.ipv4.map(row), plan.ipv6.map(row)].compactMap { $0 }
      for row in rows.isEmpty ? [["-", "-", "-"]] : rows { table.append(name + row) }
    }
    return table.text
  }

  private func row<Address: IPAddress>(_ addresses: NetworkAddresses<Address>) -> [String] {
    [
      addresses.prefix.description, addresses.gateway?.description ?? "-",
      addresses.dhcp?.pool.description ?? "-",
    ]
  }

  private var adapters: String {
    var table = TextTable(["vm", "slot", "network", "address", "source", "mac"])
    for machine in plan.lab.machinesInNameOrder {
      let adapters = plan.lab.machines[machine].adapters
      for (adapter, given) in zip(adapters, plan.addresses.adapters[machine]) {
        let place = [
          plan.lab.machines[machine].name.text, "\(adapter.slot)",
          plan.lab.network(of: adapter)?.name.text ?? "-",
        ]
        let rows = [row(given.ipv4)] + (given.ipv6.map { [row($0)] } ?? [])
        for row in rows { table.append(place + row + [given.mac.description]) }
      }
    }
    return table.text
  }

  private func row<Address: IPAddress>(_ assignment: Assignment<Address>) -> [String] {
    let length = assignment.prefixLength.map { "/\($0)" } ?? ""
    return [
      assignment.address.map { "\($0)\(length)" } ?? "-", assignment.source.rawValue,
    ]
  }

  private var question: String {
    let query = matrix.query
    let port = query.port.map { ", port \($0)" } ?? ""
    return
      " (\(query.transport.rawValue)\(port), \(query.family.rawValue); from the left to the top)"
  }

  /// The matrix, in as many tables beside each other as terminals are too narrow for one.
  private var connectivity: String {
    MatrixTable.tables(matrix, of: plan.lab, atMost: 120)
      .map { String(decoding: $0.bytes, as: UTF8.self) }.joined(separator: "\n")
  }

  private var summary: String {
    let summary = matrix.summary
    return "\(summary.reachable) of \(summary.reachable + summary.blocked) pairs are reachable."
  }

  private var recommendations: String {
    let report = plan.briefRecommendations
    guard !report.requirements.isEmpty else {
      return "The document has no requirements, so there is nothing to choose a mode by.\n"
    }
    let fitting = report.recommendations.map { recommendation in
      let lines = (recommendation.because + recommendation.caveats).map { "     \($0)\n" }
      let exposure = recommendation.cost.exposure
      let surplus =
        exposure == 0
        ? "nobody can reach more than you ask for"
        : "\(exposure) connection\(exposure == 1 ? "" : "s") possible beyond what you ask for"
      return "\(recommendation.rank). \(recommendation.summary): \(surplus)\n" + lines.joined()
    }
    if case .unmeetable(let core) = report.proof {
      let without = fitting.isEmpty ? core.because : "Without a VM more: \(core.because)"
      return fitting.joined() + without + "\n"
    }
    let ruledOut = report.ruledOut.map { "-  not \($0.mode.rawValue): \($0.because)\n" }
    return (fitting + ruledOut).joined()
  }

  private var findings: String {
    let found = plan.findings
    guard !found.isEmpty else { return "Nothing is wrong with the lab.\n" }
    return FindingLines(found).text
  }

  /// Who hears whose frames, where an adapter may hear others'.
  private var visibility: String {
    guard plan.lab.hasListeners else { return "" }
    return "\nWho can listen\n\n" + ListenerLines(plan.lab).text
  }
}
