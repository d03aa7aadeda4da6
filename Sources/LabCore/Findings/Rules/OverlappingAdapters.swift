extension FindingRule {
  /// A VM has two adapters on prefixes with addresses in common, one of them on NAT.
  ///
  /// The VM takes both for one network and sends everything for it out of one adapter. NAT gives
  /// adapter 1 the prefix 10.0.2.0/24, which is also what a NAT network gets by default.
  ///
  /// Error. The fix moves the network that is not NAT to a free prefix, unless it is the LAN; of two
  /// on NAT, the later. Prefixes of other modes that overlap are `overlapping-prefixes`, those that
  /// overlap a known LAN `prefix-overlaps-uplink`.
  ///
  /// Source: VirtualBox manual sections 6.3 and 6.4; ConsoleImplConfigCommon.cpp.
  static let overlappingAdapters = FindingRule("overlapping-adapters") { survey, report in
    for machine in survey.lab.machines.indices {
      let links = links(of: machine, survey)
      guard links.contains(where: \.isOnNAT) else { continue }
      for (position, second) in links.enumerated() {
        guard let first = links[..<position].first(where: { $0.clashes(with: second) }) else {
          continue
        }
        let moving =
          [first, second].first { $0.scope == .network } ?? (second.isOnNAT ? second : first)
        let fix = survey.renumbering(moving.placed, &report.unused)
        report.add(
          .error, at: survey.pointer(second.adapter), clash(first, second, survey),
          related: [survey.pointer(first.adapter)],
          fix: fix)
      }
    }
  }
}

private struct AdapterLink {
  let adapter: AdapterReference
  let placed: PlacedPrefix<IPv4Address>
  let scope: SegmentScope

  var isOnNAT: Bool { scope == .adapter }

  func clashes(with other: AdapterLink) -> Bool {
    (isOnNAT || other.isOnNAT) && placed.prefix.overlaps(other.placed.prefix)
  }
}

private func links(of machine: Int, _ survey: LabSurvey) -> [AdapterLink] {
  survey.lab.machines[machine].adapters.enumerated().compactMap { position, adapter in
    guard let network = adapter.network else { return nil }
    let scope = survey.lab.networks[network].profile.segment
    guard scope != .uplink || survey.lab.host.uplink.ipv4 == nil else { return nil }
    let own = survey.lab.networks[network].prefix(ofAdapterIn: adapter.slot)
    guard let prefix = own ?? survey.plan.networks[network].ipv4?.prefix else { return nil }
    return AdapterLink(
      adapter: AdapterReference(machine: machine, adapter: position),
      placed: PlacedPrefix(
        network: scope == .adapter ? network : survey.lab.switches[network], prefix: prefix),
      scope: scope)
  }
}

private func clash(_ first: AdapterLink, _ second: AdapterLink, _ survey: LabSurvey) -> String {
  let slot = survey.adapter(first.adapter).slot
  return "\(second.placed.prefix) of \(survey.title(second.adapter)) overlaps "
    + "\(first.placed.prefix) of its adapter \(slot)"
}
