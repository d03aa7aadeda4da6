extension FindingRule {
  /// A network of the lab has addresses in common with the LAN of the host.
  ///
  /// What is meant for the LAN stays in the lab, or the other way round: a guest cannot reach LAN
  /// machines, or the host loses its guests.
  ///
  /// Error where the host has a foot in the network, or where the network hides the whole LAN from
  /// its VMs; warning where it hides a part. An internal network counts only where one of its VMs
  /// has another adapter. The fix moves the network to a free prefix.
  ///
  /// Source: hashicorp/vagrant#102; VirtualBox manual 6.2 on the prefixes of NAT.
  static let prefixOverlapsUplink = FindingRule("prefix-overlaps-uplink") { survey, report in
    let uplink = survey.lab.host.uplink
    let pointer = JSONPointer.root["host"]["uplink"]
    if let ipv4 = uplink.ipv4 {
      report.addOverlaps(
        with: ForeignPrefix(prefix: ipv4.prefix, suffix: " of the LAN", pointer: pointer["ipv4"]),
        survey)
    }
    if let ipv6 = uplink.ipv6 {
      report.addOverlaps(
        with: ForeignPrefix(prefix: ipv6.prefix, suffix: " of the LAN", pointer: pointer["ipv6"]),
        survey)
    }
  }
}
