extension FindingRule {
  /// A host-only network has addresses in common with a network of another lab on the same host.
  ///
  /// Two host-only networks give the host two interfaces on one prefix, and it finds the guests of
  /// one only. Guests of a NAT network on the same prefix do not find those of the host-only one.
  /// Other networks of different labs do not meet.
  ///
  /// Error between host-only networks, warning between a host-only and a NAT network. The fix moves
  /// this lab's network to a free prefix. Networks that the hypervisor knows by one name are
  /// `switch-shared-with-lab`.
  ///
  /// Source: Orange-Cyberdefense/GOAD#93; VirtualBox manual section 6.7.
  static let prefixOverlapsOtherLab = FindingRule("prefix-overlaps-other-lab") { survey, report in
    let others = survey.neighbours.flatMap(hostPrefixes)
    guard !others.isEmpty else { return }
    let inUse = AddressSet(others.map(\.prefix))
    for placed in survey.switchPrefixes(IPv4Address.self) {
      guard inUse.overlaps(placed.prefix),
        let other = others.first(where: {
          $0.meets(placed, of: survey.lab.networks[placed.network])
        })
      else { continue }
      let bothOnHost =
        survey.lab.networks[placed.network].profile.host.isOnSwitch
        && other.network.profile.host.isOnSwitch
      let fix = survey.renumbering(placed, &report.unused)
      report.add(
        bothOnHost ? .error : .warning, at: survey.prefixPointer(placed),
        overlap(placed, other, survey), fix: fix)
    }
  }
}

private struct ForeignNetwork {
  let share: HostShare
  let network: HostShare.SharedNetwork
  let prefix: IPv4Prefix

  func meets(_ placed: PlacedPrefix<IPv4Address>, of own: Network) -> Bool {
    guard prefix.overlaps(placed.prefix) else { return false }
    return switch (own.profile.host.isOnSwitch, network.profile.host.isOnSwitch) {
    case (true, true): own.hypervisorName != network.hypervisorName
    case (true, false): network.profile.isSharedBehindNAT
    case (false, true): own.profile.isSharedBehindNAT
    case (false, false): false
    }
  }
}

/// The host-only and NAT networks of another lab.
private func hostPrefixes(of neighbour: HostShare) -> [ForeignNetwork] {
  neighbour.networks.compactMap { network in
    guard network.profile.host.isOnSwitch || network.profile.isSharedBehindNAT,
      let prefix = network.ipv4
    else { return nil }
    return ForeignNetwork(share: neighbour, network: network, prefix: prefix)
  }
}

private func overlap(
  _ placed: PlacedPrefix<IPv4Address>, _ other: ForeignNetwork, _ survey: LabSurvey
) -> String {
  let prefix = other.share.lab == nil ? "" : "\(other.prefix) of "
  return "\(placed.prefix) of \(survey.title(network: placed.network)) overlaps "
    + prefix + other.share.title(of: other.network)
}
