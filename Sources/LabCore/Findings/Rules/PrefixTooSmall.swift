extension FindingRule {
  /// A network's prefix has fewer addresses than adapters need, or than the document's `size` asks.
  ///
  /// The last adapters stay without an address.
  ///
  /// Error. The fix moves the network to a free prefix with room for a quarter more. Where a DHCP
  /// server hands out the addresses, its pool is `dhcp-pool-too-small`.
  static let prefixTooSmall = FindingRule("prefix-too-small") { survey, report in
    for segment in survey.segments where !segment.isLAN {
      guard let addresses = survey.plan.networks[segment.network].ipv4 else { continue }
      let placed = PlacedPrefix(network: segment.network, prefix: addresses.prefix)
      let room = Int(clamping: addresses.prefix.hosts.count)
      let without = segment.members.count { survey.adapterPlan($0).ipv4.source == .none }
      let size = survey.lab.networks[segment.network].size ?? 0
      let detail: String
      if without > 0, addresses.dhcp == nil {
        detail =
          "\(placed.prefix) of \(survey.title(segment)) has no address left for \(without) of "
          + "\(segment.members.count) adapters"
      } else if size > room {
        detail =
          "\(placed.prefix) of \(survey.title(segment)) has room for \(room) hosts, not for "
          + "\(size)"
      } else {
        continue
      }
      let fix = wider(placed, survey, &report.unused)
      report.add(
        .error, at: survey.prefixPointer(placed), detail,
        fix: fix)
    }
  }
}

private func wider(
  _ placed: PlacedPrefix<IPv4Address>, _ survey: LabSurvey, _ unused: inout UnusedNumbers
) -> [Edit] {
  let length = min(survey.roomyLength(of: placed.network), placed.prefix.length - 1)
  guard length > 0, let free = unused.ipv4Prefix(for: placed.network, length: length) else {
    return []
  }
  return survey.renumbering(placed.network, to: free) ?? []
}
