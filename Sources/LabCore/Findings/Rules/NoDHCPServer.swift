extension FindingRule {
  /// Nobody hands out the addresses that the planner chose.
  ///
  /// Internal networks have no DHCP server unless one is asked for, and of the host-only networks
  /// VirtualBox gives one to the first alone. The planned addresses are to be set in the guests; a
  /// guest that asks for one gets none.
  ///
  /// Info. The fix asks for a server whose pool keeps clear of static addresses. A document that
  /// says `dhcp: false` knows.
  ///
  /// Source: VirtualBox manual sections 6.6 and 6.7.
  static let noDHCPServer = FindingRule("no-dhcp-server") { survey, report in
    for segment in survey.segments where !segment.isLAN {
      let network = survey.lab.networks[segment.network]
      guard network.dhcp == nil, let addresses = survey.plan.networks[segment.network].ipv4,
        addresses.dhcp == nil
      else { continue }
      let planned = segment.members.count { survey.adapterPlan($0).ipv4.source == .planned }
      guard planned > 0 else { continue }
      let adapters = planned == 1 ? "1 adapter" : "\(planned) adapters"
      report.add(
        .info, at: survey.pointer(network: segment.network),
        "\(survey.title(segment)) has no DHCP server; the addresses of \(adapters) are to be set in "
          + "the VMs",
        fix: server(for: segment, addresses.prefix, survey))
    }
  }
}

private func server(
  for segment: SharedSegment, _ prefix: IPv4Prefix, _ survey: LabSurvey
) -> [Edit] {
  guard let address = survey.fixedAddresses(on: segment).firstFree(in: prefix.hosts) else {
    return []
  }
  return survey.poolEdits(for: segment, within: prefix.hosts, server: address)
}
