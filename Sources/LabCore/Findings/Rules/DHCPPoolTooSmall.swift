extension FindingRule {
  /// A DHCP pool has fewer addresses than there are adapters to get one.
  ///
  /// The last to ask stay without an address; Windows and macOS guests then give themselves one of
  /// 169.254.0.0/16.
  ///
  /// Error. The fix widens the pool to the longest part of the network's prefix without static
  /// addresses, where that has room; the LAN's pool is not the lab's to change.
  ///
  /// Source: RFC 2131 section 4.3.1, RFC 3927.
  static let dhcpPoolTooSmall = FindingRule("dhcp-pool-too-small") { survey, report in
    for segment in survey.segments {
      let without = segment.members.count { isWithoutLease($0, survey) }
      guard without > 0, let pool = survey.dhcpPool(on: segment) else { continue }
      report.add(
        .error, at: survey.dhcpPointer(segment), shortage(pool, without, segment, survey),
        fix: wider(segment, survey))
    }
  }
}

private func isWithoutLease(_ member: AdapterReference, _ survey: LabSurvey) -> Bool {
  let assignment = survey.adapterPlan(member).ipv4
  return switch assignment.source {
  case .none: true
  case .linkLocal: assignment.gateway == nil && isExhausted(member, survey)
  case .static, .planned, .reserved, .engine, .lan: false
  }
}

/// Whether the guest's own address stands in for a lease, on a network that is not link-local.
private func isExhausted(_ member: AdapterReference, _ survey: LabSurvey) -> Bool {
  guard let network = survey.adapter(member).network,
    let prefix = survey.plan.networks[network].ipv4?.prefix
  else { return false }
  return !IPv4Prefix.linkLocal.contains(prefix)
}

private func wider(_ segment: SharedSegment, _ survey: LabSurvey) -> [Edit] {
  guard !segment.isLAN, let prefix = survey.plan.networks[segment.network].ipv4?.prefix else {
    return []
  }
  return survey.poolEdits(for: segment, within: prefix.hosts)
}

private func shortage(
  _ pool: AddressRange<IPv4Address>, _ without: Int, _ segment: SharedSegment, _ survey: LabSurvey
) -> String {
  let adapters = without == 1 ? "1 adapter" : "\(without) adapters"
  return "the DHCP pool \(pool) of \(survey.title(segment)) is too small; "
    + "\(adapters) of \(survey.clientCount(on: segment)) get no address"
}
