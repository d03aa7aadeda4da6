extension FindingRule {
  /// An internal network has one VM.
  ///
  /// Nothing but VMs can be on an internal network, so that VM talks to nobody there. On other
  /// networks a VM alone still has the host, the LAN or the internet.
  ///
  /// Warning.
  ///
  /// Source: VirtualBox manual section 6.6.
  static let singleMemberNetwork = FindingRule("single-member-network") { survey, report in
    for segment in survey.segments
    where survey.lab.networks[segment.network].profile.isCutOff {
      guard let only = segment.members.first?.machine,
        segment.members.allSatisfy({ $0.machine == only })
      else { continue }
      report.add(
        .warning, at: survey.pointer(network: segment.network),
        "\(survey.title(machine: only)) is alone on \(survey.title(segment)); "
          + "on an internal network it has nobody to talk to",
        related: segment.members.prefix(1).map(survey.pointer))
    }
  }
}
