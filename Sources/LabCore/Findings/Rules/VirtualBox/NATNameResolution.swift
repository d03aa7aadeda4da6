extension FindingRule {
  /// Names do not resolve behind NAT in this version of VirtualBox on a Linux host.
  ///
  /// A host with systemd-resolved asks a resolver on its own loopback, 127.0.0.53. VirtualBox 7.2.0
  /// and 7.2.1 hand that address on to guests, where it leads nowhere; up to 7.2.7 guests of NAT
  /// networks do not reach name servers inside the LAN.
  ///
  /// Warning. A later version mends it, or a name server set in the guest.
  ///
  /// Source: change log of VirtualBox 7.2.2 and 7.2.8.
  static let natNameResolution = FindingRule("nat-name-resolution", of: .virtualbox) {
    survey, report in
    let version = survey.lab.hypervisor.version
    for (index, network) in survey.lab.networks.enumerated()
    where !survey.members[index].isEmpty {
      guard let regression = survey.lab.regression(.names, of: network.mode) else { continue }
      report.add(
        .warning, at: survey.pointer(network: index)["mode"],
        "\(regression.symptom(version)) on \(survey.title(network: index)); VirtualBox "
          + "\(regression.help) mends it",
        related: [.root["hypervisor"]["version"]])
    }
  }
}
