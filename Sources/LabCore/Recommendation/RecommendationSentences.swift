/// One sentence for each requirement, by its first pair: what serves it. Of very many, the first.
///
/// - Parameter budget: past its end there are no more sentences.
func reasons(for judged: JudgedLab, budget: Budget) -> [String] {
  let lab = judged.lab
  let told = lab.requirements.prefix(maximumReasons)
  var reasons = told.compactMap { requirement -> String? in
    guard budget.allows(16 * lab.machines.count),
      let (source, target) = lab.firstPair(of: requirement)
    else { return nil }
    let query = ConnectivityQuery(transport: requirement.transport, port: requirement.port)
    let explanation = explain(
      from: source, to: target, of: lab, in: judged.plan.fabric, query: query)
    let example = requirement.isOfTags ? ", for example" : ""
    return "\(requirement.sentence)\(example): \(explanation.explanation)"
  }
  let rest = lab.requirements.count - told.count
  if rest > 0 { reasons.append("\(rest) more requirements are met as well.") }
  return reasons
}

/// How many requirements are told one by one.
private let maximumReasons = 100

/// What to know before a lab is chosen: what its modes bring with them, and what is found wrong or
/// risky in it.
///
/// - Parameter budget: past its end, what its modes bring with them is all.
func caveats(of judged: JudgedLab, budget: Budget = .unlimited) -> [String] {
  let all = (try? findings(in: judged.lab, plan: judged.plan.addresses, budget: budget)) ?? []
  let found = all.filter { $0.severity > .info }
  var caveats: [String] = []
  for caveat in judged.lab.modesInUse.flatMap({ LabCore.caveats($0, judged.lab) })
    + found.map(\.detail).prefix(8)
  where !caveats.contains(caveat) {
    caveats.append(caveat)
  }
  return caveats
}

/// What a mode brings with it, by its facts.
private func caveats(_ profile: ModeProfile, _ lab: Lab) -> [String] {
  var caveats: [String] = []
  if case .fixed(let guest) = profile.dhcp,
    let address = profile.prefixes.prefix(ofAdapterIn: 1)?.address(at: guest)
  {
    caveats.append(
      "Each VM on \(profile.mode.displayName) has the address \(address) on a network of its own; "
        + "it identifies none.")
  }
  if profile.isSharedBehindNAT, profile.forwards != .nobody,
    let names = lab.names(of: lab.machines(on: profile).filter { !lab.meetsHost($0) })
  {
    caveats.append("The host reaches \(names) only through port forwards.")
  }
  if profile.segment == .uplink { caveats += lanCaveats(profile, lab) }
  if profile.isCutOff, lab.networks.contains(where: { $0.mode == profile.mode && !$0.isServed }) {
    caveats.append("There is no DHCP: the planned addresses are to be set in the guests.")
  }
  return caveats + [profile.caveat].compactMap { $0 }
}

extension Network {
  /// Whether its document has a DHCP server for it.
  fileprivate var isServed: Bool { dhcpMachine != nil || dhcp?.parts != nil }
}

private func lanCaveats(_ profile: ModeProfile, _ lab: Lab) -> [String] {
  var caveats: [String] = []
  let bridged = lab.machines(on: profile)
  if let names = lab.names(of: bridged) {
    let pronoun = bridged.count == 1 && lab.machines.count > 1 ? "it" : "them"
    caveats.append(
      "Every machine of the LAN can reach \(names), and the LAN's DHCP names \(pronoun).")
  }
  if lab.host.uplink.kind == .wireless {
    caveats.append("Over Wi-Fi, access points may refuse the VMs a lease.")
  }
  return caveats
}

extension Requirement {
  /// Whether a tag stands on either side.
  fileprivate var isOfTags: Bool {
    [from, to].contains { if case .tag = $0 { true } else { false } }
  }
}

extension Lab {
  /// Whether a VM has an adapter on a segment that the host is on too.
  fileprivate func meetsHost(_ machine: Int) -> Bool {
    machines[machine].adapters.contains { profile(of: $0).map { $0.host != .absent } ?? false }
  }

  fileprivate func machines(on profile: ModeProfile) -> [Int] {
    machinesInNameOrder.filter { machine in
      machines[machine].adapters.contains { self.profile(of: $0)?.mode == profile.mode }
    }
  }

  /// Some of its VMs in a sentence; nil for none.
  fileprivate func names(of some: [Int]) -> String? {
    if some.isEmpty { return nil }
    if some.count == machines.count { return "the VMs" }
    guard some.count <= 3 else { return "\(some.count) of the VMs" }
    return some.map { machines[$0].name.text }.joined(separator: " and ")
  }

  /// The modes of its networks, in the order of the product's table.
  var modesInUse: [ModeProfile] {
    product.modes.filter { profile in networks.contains { $0.mode == profile.mode } }
  }

  /// Its networks in a few words.
  var networkSummary: String {
    let isForAll = networks.count == 1 && machines.allSatisfy { $0.adapters.count == 1 }
    if isForAll { return networks[0].profile.summaryAlone }
    if networks.isEmpty { return "No network" }
    let parts = modesInUse.map { profile in
      let count = networks.count { $0.mode == profile.mode }
      return profile.segment != .network || count == 1
        ? profile.mode.displayName : "\(count) \(profile.mode.noun)s"
    }
    return parts.joined(separator: " + ")
  }
}
