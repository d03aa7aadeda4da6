extension FindingRule {
  /// NAT networks are broken in this version of VirtualBox on this host.
  ///
  /// The Windows update KB5089466 of May 2026 stops NAT networks of VirtualBox 7.1 and 7.2 from
  /// working. On Windows and macOS those of 7.2.0 did not work; 7.2.2 mended it.
  ///
  /// Warning.
  ///
  /// Source: VirtualBox/virtualbox#680, #673, #136; change log of VirtualBox 7.2.
  static let natNetworkRegression = FindingRule("nat-network-regression", of: .virtualbox) {
    survey, report in
    for (index, network) in survey.lab.networks.enumerated()
    where !survey.members[index].isEmpty {
      guard let regression = survey.lab.regression(.network, of: network.mode) else { continue }
      report.add(
        .warning, at: survey.pointer(network: index)["mode"],
        "the \(network.mode.noun) \(survey.title(network: index)) may not work: "
          + regression.symptom(survey.lab.hypervisor.version))
    }
  }
}
