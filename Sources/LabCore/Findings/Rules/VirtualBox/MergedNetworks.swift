extension FindingRule {
  /// Two networks of the lab are one switch in VirtualBox.
  ///
  /// Internal and NAT networks are known by name alone and share their names: two of one name are
  /// one network, and an internal network named like a NAT network joins it. So do host-only
  /// networks of one name. The VMs of both hear each other, and one prefix counts for both.
  ///
  /// Warning. Where its own name would keep the later network apart, and nothing in the document
  /// ties it to the prefix of the other, the fix takes its `hypervisor_name` away.
  ///
  /// Source: SrvIntNetR0.cpp, `intnetR0OpenNetwork`.
  static let mergedNetworks = FindingRule("merged-networks", of: .virtualbox) { survey, report in
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
    survey.isFreeOfAddresses(network)
  else { return nil }
  return [.remove(survey.pointer(network: network)["hypervisor_name"])]
}

extension LabSurvey {
  /// Whether the planner may give a network any prefix, because the document says nothing that
  /// ties it to one.
  fileprivate func isFreeOfAddresses(_ index: Int) -> Bool {
    let network = lab.networks[index]
    return network.ipv4 == nil && network.ipv6 == nil && network.gateway == nil
      && network.gateway6 == nil && network.dhcp == nil
      && members[index].allSatisfy {
        let machine = lab.machines[$0.machine]
        return adapter($0).address == nil && adapter($0).address6 == nil
          && machine.gateway == nil && machine.gateway6 == nil && machine.routes.isEmpty
      }
  }
}
