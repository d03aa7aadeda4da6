extension FindingRule {
  /// An adapter is to see other machines' frames where it cannot.
  ///
  /// On NAT it is alone with its router, and VirtualBox does not pass the policy on; nor does it on
  /// macOS from 7.0 on for host-only networks, which are the system's own.
  ///
  /// Info. The fix takes the setting away.
  ///
  /// Source: ConsoleImplConfigCommon.cpp; VirtualBox manual, `--nic-promisc`.
  static let promiscuousIgnored = FindingRule("promiscuous-ignored") { survey, report in
    for (index, network) in survey.lab.networks.enumerated()
    where !network.profile.obeysPromiscuousPolicy {
      for member in survey.members[index] where survey.adapter(member).promiscuous != .deny {
        let pointer = survey.pointer(member)["promiscuous"]
        report.add(
          .info, at: pointer,
          "promiscuous of \(survey.title(member)) has no effect on a \(network.mode.noun)",
          fix: [.remove(pointer)])
      }
    }
  }
}
