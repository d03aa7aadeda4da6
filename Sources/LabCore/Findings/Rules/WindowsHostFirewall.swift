extension FindingRule {
  /// VMs on a host-only network are to reach services of a Windows host.
  ///
  /// Windows takes the host's adapter, which has no router, for an unidentified public network, and
  /// its firewall lets next to nothing in there. The host reaches the VMs, they do not reach it.
  ///
  /// Warning. On the host, a firewall rule for the VirtualBox adapter lets them in.
  ///
  /// Source: VirtualBox manual section 6.7; Microsoft, "Network Location Awareness".
  static let windowsHostFirewall = FindingRule("windows-host-firewall") { survey, report in
    guard survey.lab.host.operatingSystem == .windows else { return }
    for (index, requirement) in survey.lab.requirements.enumerated()
    where requirement.allow && requirement.to == .host {
      let source = survey.lab.endpoints(of: requirement.from).first {
        isOnHostOnlyNetwork($0, survey.lab)
      }
      guard let source else { continue }
      report.add(
        .warning, at: survey.pointer(requirement: index),
        "Windows takes host-only networks for public ones; its firewall stops "
          + "\(survey.title(source)) unless told otherwise",
        related: [survey.pointer(source)].compactMap { $0 })
    }
  }
}

private func isOnHostOnlyNetwork(_ endpoint: Endpoint, _ lab: Lab) -> Bool {
  guard case .machine(let machine) = endpoint else { return false }
  return lab.machines[machine].adapters.contains {
    $0.cableConnected && lab.profile(of: $0)?.host.isOnSwitch == true
  }
}
