extension FindingRule {
  /// libvirt starts a network whose prefix another of its networks has already.
  ///
  /// It compares a new prefix with the host's routes, and finds none where the other network is not
  /// started. Once both run, the host sends to the one whose route is first.
  ///
  /// Warning. Another finding moves one of them.
  ///
  /// Source: libvirt, src/network/bridge_driver_linux.c; measured with libvirt 9.0.0.
  static let prefixOverlapNotRefused = FindingRule("prefix-overlap-not-refused", of: .libvirt) {
    survey, report in
    let placed = survey.switchPrefixes(IPv4Address.self).filter {
      survey.lab.networks[$0.network].profile.host.isOnSwitch
    }
    for (offset, one) in placed.enumerated() {
      guard let other = placed[..<offset].first(where: { $0.prefix.overlaps(one.prefix) }) else {
        continue
      }
      report.add(
        .warning, at: survey.prefixPointer(one),
        "libvirt does not refuse \(one.prefix) of \(survey.title(network: one.network)), although "
          + "\(survey.title(network: other.network)) has \(other.prefix)",
        related: [survey.prefixPointer(other)])
    }
  }
}
