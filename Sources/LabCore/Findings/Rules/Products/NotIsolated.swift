extension FindingRule {
  /// A NAT network translates what goes out, and keeps nobody out.
  ///
  /// Where a rule masquerades and no rule filters, the host routes to its guests whatever reaches it:
  /// from its other networks, and from the LAN as soon as that has a route to the prefix. On
  /// VirtualBox nobody reaches VMs behind a NAT network but by a port forward.
  ///
  /// Warning.
  ///
  /// Source: pve-docs e5010dc, pve-network ("Masquerading (NAT)"); measured.
  static let notIsolated = FindingRule("not-isolated") { survey, report in
    for (index, network) in survey.lab.networks.enumerated() where !survey.members[index].isEmpty {
      let profile = network.profile
      guard profile.isTranslatedByHost, profile.gate.inward == .open else { continue }
      report.add(
        .warning, at: survey.pointer(network: index)["mode"],
        "\(survey.title(network: index)) (\(profile.native.name)) keeps nobody out: whoever has a "
          + "route to it by way of the host reaches its VMs")
    }
  }
}
