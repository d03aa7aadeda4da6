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
    guard survey.lab.host.operatingSystem == .linux, version.isAtLeast(7, 2) else { return }
    for (index, network) in survey.lab.networks.enumerated()
    where !survey.members[index].isEmpty {
      guard let trouble = trouble(network.mode, version) else { continue }
      report.add(
        .warning, at: survey.pointer(network: index)["mode"],
        "\(trouble.symptom) on \(survey.title(network: index)); VirtualBox \(trouble.mendedIn) "
          + "mends it",
        related: [.root["hypervisor"]["version"]])
    }
  }
}

private func trouble(
  _ mode: NetworkMode, _ version: HypervisorVersion
) -> (symptom: String, mendedIn: String)? {
  guard mode == .nat || mode == .natNetwork else { return nil }
  if !version.isAtLeast(7, 2, 2) {
    return ("VirtualBox \(version) hands the host's resolver 127.0.0.53 to VMs", "7.2.2")
  }
  guard mode == .natNetwork, !version.isAtLeast(7, 2, 8) else { return nil }
  return ("with VirtualBox \(version) VMs do not reach the LAN's name servers", "7.2.8")
}
