extension FindingRule {
  /// NAT networks are broken in this version of VirtualBox on this host.
  ///
  /// The Windows update KB5089466 of May 2026 stops NAT networks of VirtualBox 7.1 and 7.2 from
  /// working. On macOS those of 7.2.0 did not work; 7.2.2 mended it.
  ///
  /// Warning.
  ///
  /// Source: VirtualBox/virtualbox#680, #673, #136; change log of VirtualBox 7.2.
  static let natNetworkRegression = FindingRule("nat-network-regression", of: .virtualbox) {
    survey, report in
    guard let cause = cause(survey.lab) else { return }
    for (index, network) in survey.lab.networks.enumerated()
    where network.mode == .natNetwork && !survey.members[index].isEmpty {
      report.add(
        .warning, at: survey.pointer(network: index)["mode"],
        "the NAT network \(survey.title(network: index)) may not work: \(cause)")
    }
  }
}

private func cause(_ lab: Lab) -> String? {
  let version = lab.hypervisor.version
  switch lab.host.operatingSystem {
  case .linux: return nil
  case .windows:
    guard version.isAtLeast(7, 1), !version.isAtLeast(7, 3) else { return nil }
    return "the Windows update KB5089466 breaks those of VirtualBox \(version)"
  case .macos:
    guard version.isAtLeast(7, 2), !version.isAtLeast(7, 2, 2) else { return nil }
    return "those of VirtualBox \(version) fail on macOS until 7.2.2"
  }
}
