extension FindingRule {
  /// A service is required by a way through NAT that its protocol does not get through.
  ///
  /// NAT carries TCP connections and UDP datagrams between two machines, under new addresses and
  /// port numbers. Protocols that need more than that connect, and then fail.
  ///
  /// Info. On a bridged, host-only or internal network they work.
  ///
  /// Source: VirtualBox manual section 6.3.3; RFC 2663 section 8, RFC 3027.
  static let protocolThroughNAT = FindingRule("protocol-through-nat") { survey, report in
    for (index, requirement) in survey.lab.requirements.enumerated() where requirement.allow {
      guard let pair = survey.verdicts.translated[index], let port = requirement.port,
        let trouble = trouble(port, requirement.transport)
      else { continue }
      report.add(
        .info, at: survey.pointer(requirement: index)["port"],
        "\(survey.title(pair.source)) reaches \(survey.title(of: requirement, pair.target)) through "
          + "NAT; \(trouble)",
        related: [pair.source, pair.target].compactMap(survey.pointer))
    }
  }
}

private func trouble(_ port: Int, _ transport: Requirement.Transport) -> String? {
  switch (port, transport) {
  case (21, .tcp): "active FTP opens a connection back, which does not get in"
  case (1723, .tcp): "PPTP also needs GRE, which does not pass"
  case (5060, .tcp), (5060, .udp): "SIP writes addresses into its messages, which stay as they are"
  case (2049, .tcp), (2049, .udp): "NFS servers ask for source ports below 1024, which are not kept"
  case (137, .udp), (138, .udp): "NetBIOS finds machines by broadcast, which does not pass"
  case (1900, .udp), (5353, .udp): "it finds machines by multicast, which does not pass"
  default: nil
  }
}
