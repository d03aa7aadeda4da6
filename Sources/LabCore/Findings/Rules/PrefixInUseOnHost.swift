extension FindingRule {
  /// A network of the lab has addresses in common with a prefix that the host already uses.
  ///
  /// VPNs, containers and other hypervisors take private prefixes too: 172.17.0.0/16 is Docker's,
  /// 192.168.122.0/24 libvirt's. When the VPN comes up, the lab's network vanishes or the VPN does.
  ///
  /// The longest prefix wins: one that is as long as a host-only network's, or longer, takes the
  /// host's packets; a shorter one loses the part that the network covers.
  ///
  /// Severity and fix are those of `prefix-overlaps-uplink`, but a warning where the host-only
  /// network has the longer prefix.
  ///
  /// Source: hashicorp/vagrant#5740, #7310.
  static let prefixInUseOnHost = FindingRule("prefix-in-use-on-host") { survey, report in
    for (index, occupied) in survey.lab.host.occupied.enumerated() {
      let pointer = JSONPointer.root["host"]["occupied"][index]
      let suffix = ", which the host already uses"
      switch occupied {
      case .ipv4(let prefix):
        report.addOverlaps(
          with: ForeignPrefix(
            prefix: prefix, suffix: suffix, pointer: pointer, leavesLongerPrefixes: true), survey)
      case .ipv6(let prefix):
        report.addOverlaps(
          with: ForeignPrefix(
            prefix: prefix, suffix: suffix, pointer: pointer, leavesLongerPrefixes: true), survey)
      }
    }
  }
}
