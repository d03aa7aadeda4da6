/// Tries each of the five modes on one network for all VMs of a lab, and ranks those that meet its
/// requirements by how little else they let through.
public func recommend(for lab: Lab) -> RecommendationReport {
  var judged: [Candidate] = []
  var ruledOut: [RuledOutMode] = []
  for mode in NetworkMode.allCases {
    switch judge(mode, for: lab) {
    case .meets(let candidate): judged.append(candidate)
    case .fails(let failure): ruledOut.append(failure)
    }
  }
  judged.sort { $0.exposure < $1.exposure }
  let recommendations = judged.enumerated().map { index, candidate in
    Recommendation(
      rank: index + 1, summary: candidate.mode.summary, modes: [candidate.mode],
      exposure: candidate.exposure, adapters: candidate.lab.machines.count,
      lab: candidate.lab.draft, because: candidate.because, caveats: candidate.caveats)
  }
  return RecommendationReport(
    requirements: lab.draft.requirements, recommendations: recommendations, ruledOut: ruledOut)
}

private struct Candidate {
  let mode: NetworkMode
  let lab: Lab
  let exposure: Int
  let because: [String]
  let caveats: [String]
}

private enum Verdict {
  case meets(Candidate)
  case fails(RuledOutMode)
}

private func judge(_ mode: NetworkMode, for lab: Lab) -> Verdict {
  let draft = lab.draft.withAllMachines(on: mode)
  guard case .success(let candidate) = resolve(draft) else {
    return .fails(
      RuledOutMode(
        mode: mode, requirement: lab.draft.requirements.first ?? .none, outcome: .noRoute,
        because: "The lab cannot be written with \(mode.displayName) for all VMs."))
  }
  let plan = assignAddresses(in: candidate)
  let fabric = compileFabric(lab: candidate, plan: plan, family: .ipv4)
  var check = RequirementCheck(lab: candidate, fabric: fabric)
  if let failure = check.failures().first {
    return .fails(ruledOut(mode, failure, candidate, fabric))
  }
  return .meets(
    Candidate(
      mode: mode, lab: candidate, exposure: check.exposure(),
      because: reasons(candidate, fabric), caveats: caveats(mode, candidate)))
}

extension RequirementDraft {
  /// A requirement of nothing.
  fileprivate static let none = RequirementDraft(from: nil, to: nil)
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

extension LabDraft {
  /// The same lab with one network of a mode and every VM attached to it by its only adapter.
  fileprivate func withAllMachines(on mode: NetworkMode) -> LabDraft {
    var draft = self
    guard let name = try? DNSLabel(parsing: mode.rawValue) else { return draft }
    draft.networks = [NetworkDraft(name: name, mode: mode)]
    draft.portForwards = []
    for index in draft.vms.indices {
      let first = draft.vms[index].adapters.first
      draft.vms[index].adapters = [
        AdapterDraft(network: name, mac: first?.mac, model: first?.model)
      ]
      draft.vms[index].gateway = nil
      draft.vms[index].gateway6 = nil
      draft.vms[index].routes = []
    }
    return draft
  }
}

// MARK: Sentences

private func ruledOut(
  _ mode: NetworkMode, _ failure: RequirementCheck.Failure, _ lab: Lab, _ fabric: Fabric
) -> RuledOutMode {
  let query = ConnectivityQuery(
    transport: failure.requirement.transport, port: failure.requirement.port)
  let explanation = explain(
    from: failure.source, to: failure.target, of: lab, in: fabric, query: query)
  let index = lab.requirements.firstIndex(of: failure.requirement) ?? 0
  let because =
    failure.requirement.allow
    ? explanation.explanation
    : "It must not be possible, but: \(explanation.explanation)"
  return RuledOutMode(
    mode: mode, requirement: lab.draft.requirements[index], outcome: failure.outcome,
    because: because)
}

/// One sentence for each requirement, by its first pair.
private func reasons(_ lab: Lab, _ fabric: Fabric) -> [String] {
  lab.requirements.compactMap { requirement in
    guard let (source, target) = lab.pairs(of: requirement).first else { return nil }
    let query = ConnectivityQuery(transport: requirement.transport, port: requirement.port)
    let explanation = explain(from: source, to: target, of: lab, in: fabric, query: query)
    let allowed = requirement.allow ? "" : "not "
    return "\(requirement.from) \(allowed)to \(requirement.to): \(explanation.explanation)"
  }
}

private func caveats(_ mode: NetworkMode, _ lab: Lab) -> [String] {
  switch mode {
  case .nat:
    return [
      "Every VM has the address 10.0.2.15 on a network of its own; it identifies none of them."
    ]
  case .natNetwork:
    return ["The host reaches the VMs only through port forwards."]
  case .bridged:
    var caveats = ["Every machine of the LAN can reach the VMs, and the LAN's DHCP names them."]
    if lab.host.uplink.kind == .wireless {
      caveats.append("Over Wi-Fi, access points may refuse the VMs a lease.")
    }
    return caveats
  case .internal:
    return ["There is no DHCP: the planned addresses are to be set in the guests."]
  case .hostOnly:
    if lab.host.operatingSystem == .macos, lab.hypervisor.version.isAtLeast(7, 0) {
      return ["On macOS, VirtualBox 7 has host-only networks in the place of host-only adapters."]
    }
    return ["The VMs reach the host and each other, and nothing beyond."]
  }
}
