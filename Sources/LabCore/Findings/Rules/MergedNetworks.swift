extension FindingRule {
  /// Two networks of the lab are one switch in VirtualBox.
  ///
  /// Internal and NAT networks are known by name alone and share their names: two of one name are
  /// one network, and an internal network named like a NAT network joins it. So do host-only
  /// networks of one name. The VMs of both hear each other, and one prefix counts for both.
  ///
  /// Warning. Where its own name would keep the later network apart, the fix takes its
  /// `hypervisor_name` away.
  ///
  /// Source: SrvIntNetR0.cpp, `intnetR0OpenNetwork`.
  static let mergedNetworks = FindingRule("merged-networks") { survey, report in
    let networks = survey.lab.networks
    for (index, owner) in survey.lab.switches.enumerated() where owner != index {
      let first = min(index, owner)
      let second = max(index, owner)
      let isWritten = networks[second].hypervisorName != networks[second].name.text
      let pointer = survey.pointer(network: second)
      report.add(
        .warning, at: survey.pointer(pointer, "hypervisor_name", isWritten: isWritten),
        "\(survey.title(network: first)) and \(survey.title(network: second)) are one switch; "
          + "VirtualBox calls both \"\(networks[second].hypervisorName)\"",
        related: [survey.pointer(network: first)],
        fix: separating(second, survey) ?? separating(first, survey) ?? [])
    }
  }
}

/// An edit that gives a network its own name, which no other has.
private func separating(_ network: Int, _ survey: LabSurvey) -> [Edit]? {
  let own = survey.lab.networks[network]
  guard own.hypervisorName != own.name.text,
    !survey.lab.networks.contains(where: { $0.hypervisorName == own.name.text }),
    survey.canStandAlone(network)
  else { return nil }
  return [.remove(survey.pointer(network: network)["hypervisor_name"])]
}

extension LabSurvey {
  /// Whether a network could have a switch of its own without meeting the others' prefixes: with a
  /// prefix of its own that overlaps none, or without anything that ties it to one.
  fileprivate func canStandAlone(_ network: Int) -> Bool {
    guard let prefix = lab.networks[network].ipv4 else {
      return members[network].allSatisfy { adapter($0).address == nil }
    }
    return !switchPrefixes(IPv4Address.self).contains {
      $0.network != network && $0.prefix.overlaps(prefix)
    }
  }
}
