extension FindingRule {
  /// Guests on NAT have a prefix that overlaps a host-only network's.
  ///
  /// NAT lets guests reach whatever the host reaches, its host-only guests included. Where they have
  /// the same prefix behind their own router, they look for those at home and do not find them. NAT
  /// counts by slot: adapter 1 is on 10.0.2.0/24.
  ///
  /// Warning. The fix moves the host-only network to a free prefix. A VM with an adapter on both is
  /// `overlapping-adapters`.
  ///
  /// Source: VirtualBox manual section 6.3; Orange-Cyberdefense/GOAD#93.
  static let natOverlapsHostOnly = FindingRule("nat-overlaps-host-only") { survey, report in
    findOverlaps(IPv4Address.self, survey, &report)
    findOverlaps(IPv6Address.self, survey, &report)
  }
}

private func findOverlaps<Address: DocumentFamily>(
  _: Address.Type, _ survey: LabSurvey, _ report: inout FindingReport
) {
  let behindNAT = survey.natPrefixes(Address.self)
  for placed in survey.switchPrefixes(Address.self)
  where survey.lab.networks[placed.network].profile.host.isOnSwitch {
    guard let hiding = behindNAT.first(where: { $0.prefix.overlaps(placed.prefix) }) else {
      continue
    }
    let fix = survey.renumbering(placed, &report.unused)
    report.add(
      .warning, at: survey.prefixPointer(placed),
      "\(placed.prefix) of \(survey.title(network: placed.network)) overlaps \(hiding.prefix), which "
        + "VMs on \(survey.title(network: hiding.network)) have behind their NAT; they cannot get there",
      related: [survey.prefixPointer(hiding)], fix: fix)
  }
}
