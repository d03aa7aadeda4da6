/// One sentence for each requirement, by its first pair: what serves it.
func reasons(for judged: JudgedLab) -> [String] {
  let lab = judged.lab
  return lab.requirements.compactMap { requirement in
    guard let (source, target) = lab.pairs(of: requirement).first else { return nil }
    let query = ConnectivityQuery(transport: requirement.transport, port: requirement.port)
    let explanation = explain(
      from: source, to: target, of: lab, in: judged.fabric, query: query)
    return "\(requirement.sentence): \(explanation.explanation)"
  }
}

/// What to know before a lab is chosen: what its modes bring with them, and what is found wrong or
/// risky in it.
func caveats(of judged: JudgedLab) -> [String] {
  let found = findings(in: judged.lab, plan: judged.plan).filter { $0.severity > .info }
  var caveats: [String] = []
  for caveat in judged.lab.modesInUse.flatMap({ LabCore.caveats($0, judged.lab) })
    + found.map(\.detail).prefix(8)
  where !caveats.contains(caveat) {
    caveats.append(caveat)
  }
  return caveats
}

private func caveats(_ mode: NetworkMode, _ lab: Lab) -> [String] {
  switch mode {
  case .nat:
    return [
      "Each VM on NAT has the address 10.0.2.15 on a network of its own; it identifies none."
    ]
  case .natNetwork:
    let enclosed = lab.machines(on: .natNetwork).filter {
      !lab.isOn(.hostOnly, $0) && !lab.isOn(.bridged, $0)
    }
    guard let names = lab.names(of: enclosed) else { return [] }
    return ["The host reaches \(names) only through port forwards."]
  case .bridged:
    var caveats: [String] = []
    let bridged = lab.machines(on: .bridged)
    if let names = lab.names(of: bridged) {
      let pronoun = bridged.count == 1 && lab.machines.count > 1 ? "it" : "them"
      caveats.append(
        "Every machine of the LAN can reach \(names), and the LAN's DHCP names \(pronoun).")
    }
    if lab.host.uplink.kind == .wireless {
      caveats.append("Over Wi-Fi, access points may refuse the VMs a lease.")
    }
    return caveats
  case .internal:
    return ["There is no DHCP: the planned addresses are to be set in the guests."]
  case .hostOnly:
    if lab.hasVmnetHostOnlyNetworks {
      return ["On macOS, VirtualBox 7 has host-only networks in the place of host-only adapters."]
    }
    return []
  }
}

extension Lab {
  fileprivate func isOn(_ mode: NetworkMode, _ machine: Int) -> Bool {
    machines[machine].adapters.contains { network(of: $0)?.mode == mode }
  }

  fileprivate func machines(on mode: NetworkMode) -> [Int] {
    machinesInNameOrder.filter { isOn(mode, $0) }
  }

  /// Some of its VMs in a sentence; nil for none.
  fileprivate func names(of some: [Int]) -> String? {
    if some.isEmpty { return nil }
    if some.count == machines.count { return "the VMs" }
    guard some.count <= 3 else { return "\(some.count) of the VMs" }
    return some.map { machines[$0].name.text }.joined(separator: " and ")
  }

  /// The modes of its networks, in the order of `NetworkMode`.
  var modesInUse: [NetworkMode] {
    NetworkMode.allCases.filter { mode in networks.contains { $0.mode == mode } }
  }

  /// Its networks in a few words.
  var networkSummary: String {
    let isForAll = networks.count == 1 && machines.allSatisfy { $0.adapters.count == 1 }
    if isForAll { return networks[0].mode.summary }
    if networks.isEmpty { return "No network" }
    let parts = modesInUse.map { mode in
      let count = networks.count { $0.mode == mode }
      return mode == .nat || mode == .bridged || count == 1
        ? mode.displayName
        : "\(count) \(mode == .natNetwork ? "NAT" : mode.displayName) networks"
    }
    return parts.joined(separator: " + ")
  }
}

extension NetworkMode {
  fileprivate var summary: String {
    switch self {
    case .nat: "NAT for every VM"
    case .natNetwork: "One NAT network"
    case .bridged: "Every VM bridged to the LAN"
    case .internal: "One internal network"
    case .hostOnly: "One host-only network"
    }
  }
}
