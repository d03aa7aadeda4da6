extension FindingRule {
  /// Docker on the host closes bridged and unfiltered networks.
  ///
  /// It sets the policy of the FORWARD chain to DROP, and loads br_netfilter, so that even frames
  /// within a bridge are asked. Networks for which libvirt has rules of its own go on working;
  /// bridges and networks without rules do not. A host counts by an occupied prefix within
  /// 172.17.0.0/16, which is Docker's own.
  ///
  /// Warning.
  ///
  /// Source: Docker manual, "Packet filtering and firewalls"; measured with libvirt 9.0.0.
  static let dockerForwardDrop = FindingRule("docker-forward-drop") { survey, report in
    let lab = survey.lab
    guard lab.host.operatingSystem == .linux, lab.product.facts.learning == .learns,
      let place = lab.host.occupied.firstIndex(where: isDockers)
    else { return }
    for (index, network) in lab.networks.enumerated() where !survey.members[index].isEmpty {
      guard isWithoutRules(network) else { continue }
      report.add(
        .warning, at: survey.pointer(network: index),
        "Docker's policy for FORWARD (DROP) closes \(survey.title(network: index)) "
          + "(\(network.profile.native.name)) until a rule lets its packets pass",
        related: [JSONPointer.root["host"]["occupied"][place]])
    }
  }
}

private func isDockers(_ prefix: AnyPrefix) -> Bool {
  guard case .ipv4(let prefix) = prefix else { return false }
  return IPv4Prefix(172, 17, 0, 0, length: 16).contains(prefix.network) && prefix.length >= 16
}

/// A bridge with the uplink in it, or a network that the product routes for without rules.
private func isWithoutRules(_ network: Network) -> Bool {
  let profile = network.profile
  if profile.segment == .uplink { return profile.port == .plain }
  return profile.router == .host && profile.gate.inward == .open && profile.variant != "route"
}
