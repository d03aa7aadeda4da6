import LabCore

/// What a person sets by hand to build a lab, in sentences: `LabCost.handConfiguration` counts it.
struct HandworkLines {
  let lines: [String]

  /// Sentences on a document; none where it is no lab.
  init(_ draft: LabDraft) {
    guard case .success(let lab) = resolve(draft) else {
      lines = []
      return
    }
    let plan = Plan(lab).addresses
    lines =
      lab.networks.compactMap(Self.made)
      + lab.networks.indices.compactMap { Self.typed(on: $0, of: lab, plan) }
      + lab.networks.indices.compactMap { Self.gateway(of: $0, of: lab, plan) }
      + Self.forwards(of: lab)
  }

  /// How many of one kind are named.
  private static let told = 8

  private static func made(_ network: Network) -> String? {
    guard network.profile.needsAdministrator else { return nil }
    return "Set up the \(network.mode.noun) \"\(network.name)\", with administrator rights."
  }

  private static func typed(on network: Int, of lab: Lab, _ plan: AddressPlan) -> String? {
    var names: [String] = []
    for machine in lab.machinesInNameOrder {
      let isTyped = zip(lab.machines[machine].adapters, plan.adapters[machine]).contains {
        $0.network == network && [.planned, .static].contains($1.ipv4.source)
      }
      if isTyped { names.append(lab.machines[machine].name.text) }
    }
    guard !names.isEmpty else { return nil }
    return "Set the addresses on \"\(lab.networks[network].name)\" in \(listed(names))."
  }

  private static func gateway(of network: Int, of lab: Lab, _ plan: AddressPlan) -> String? {
    guard lab.networks[network].gateway != nil || lab.networks[network].gatewayMachine != nil,
      let gateway = plan.networks[network].ipv4?.gateway
    else { return nil }
    return "Name \(gateway) as the gateway on \"\(lab.networks[network].name)\"."
  }

  private static func forwards(of lab: Lab) -> [String] {
    let forwards = lab.portForwards.prefix(told).map { forward in
      let address = forward.hostAddress?.description ?? "*"
      return
        "Forward port \(forward.hostPort)/\(forward.transport.rawValue) of the host (\(address)) "
        + "to port \(forward.guestPort) of \(lab.machines[forward.machine].name)."
    }
    let rest = lab.portForwards.count - forwards.count
    return rest > 0 ? forwards + ["Forward \(rest) more ports likewise."] : forwards
  }

  private static func listed(_ names: [String]) -> String {
    let rest = names.count - told
    let some = rest > 0 ? Array(names.prefix(told)) + ["\(rest) more"] : names
    guard let last = some.last else { return "" }
    return some.count == 1 ? last : some.dropLast().joined(separator: ", ") + " and " + last
  }
}
