extension FindingRule {
  /// A network of the lab has addresses in common with the LAN of the host.
  ///
  /// What is meant for the LAN stays in the lab, or the other way round: a guest cannot reach LAN
  /// machines, or the host loses its guests. Where the document does not give the LAN's prefix, what
  /// it says of bridged VMs, of the LAN's router and of its DHCP server counts.
  ///
  /// Error where the host has a foot in the network, or where the network hides the whole LAN from
  /// its VMs; warning where it hides a part; info for an internal network whose VMs have no other
  /// adapter. The fix moves the network to a free prefix.
  ///
  /// Source: hashicorp/vagrant#102; VirtualBox manual section 6.3 on the prefixes of NAT.
  static let prefixOverlapsUplink = FindingRule("prefix-overlaps-uplink") { survey, report in
    findOverlaps(IPv4Address.self, survey, &report)
    findOverlaps(IPv6Address.self, survey, &report)
  }
}

private func findOverlaps<Address: DocumentFamily>(
  _: Address.Type, _ survey: LabSurvey, _ report: inout FindingReport
) {
  guard let prefix = survey.lanPrefix(Address.self) else { return }
  report.addOverlaps(
    with: ForeignPrefix(
      prefix: prefix, suffix: " of the LAN", pointer: place(Address.self, survey.lab)), survey)
}

/// Where the document says which prefix the LAN has.
private func place<Address: DocumentFamily>(_: Address.Type, _ lab: Lab) -> JSONPointer {
  let uplink = JSONPointer.root["host"]["uplink"]
  if Address.uplink(lab.host.uplink) != nil { return uplink[Address.prefixKey] }
  if Address.uplinkGateway(lab.host.uplink) != nil { return uplink[Address.gatewayKey] }
  guard let network = lab.networks.firstIndex(where: { $0.profile.segment == .uplink })
  else { return uplink }
  return .root["networks"][network]
}
