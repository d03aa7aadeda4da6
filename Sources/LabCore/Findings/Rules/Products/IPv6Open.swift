extension FindingRule {
  /// A NAT network lets IPv6 in that it would not let in over IPv4.
  ///
  /// libvirt translates IPv4 and routes IPv6: with a prefix of its own the network is open to whoever
  /// has a route to it, as long as it does not ask for NAT of IPv6.
  ///
  /// Warning.
  ///
  /// Source: libvirt, src/network/network_iptables.c; measured with libvirt 9.0.0.
  static let ipv6Open = FindingRule("ipv6-open") { survey, report in
    for (index, network) in survey.lab.networks.enumerated() where network.ipv6 != nil {
      let profile = network.profile
      guard profile.isTranslatedByHost, profile.gate.inward != .open,
        profile.gate6.inward == .open
      else { continue }
      report.add(
        .warning, at: survey.pointer(network: index)["ipv6"],
        "over IPv6 \(survey.title(network: index)) is open: \(survey.lab.product.name) lets new "
          + "connections in, which over IPv4 it rejects")
    }
  }
}
