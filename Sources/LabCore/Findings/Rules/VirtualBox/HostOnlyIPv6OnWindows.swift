extension FindingRule {
  /// A host-only network has an IPv6 prefix on a Windows host.
  ///
  /// VirtualBox cannot set the address of the host's interface there; it has to be set by hand.
  ///
  /// Warning. The fix takes the prefix away, where nothing in the document has an address of it.
  ///
  /// Source: VirtualBox/virtualbox#155.
  static let hostOnlyIPv6OnWindows = FindingRule("host-only-ipv6-on-windows", of: .virtualbox) {
    survey, report in
    guard survey.lab.host.operatingSystem == .windows else { return }
    for (index, network) in survey.lab.networks.enumerated()
    where network.mode == .hostOnly && network.ipv6 != nil {
      let pointer = survey.pointer(network: index)["ipv6"]
      let isNeeded =
        network.gateway6 != nil
        || survey.members[index].contains { survey.adapter($0).address6 != nil }
      report.add(
        .warning, at: pointer,
        "VirtualBox on Windows cannot give the host an IPv6 address on "
          + survey.title(network: index),
        fix: isNeeded ? [] : [.remove(pointer)])
    }
  }
}
