extension FindingRule {
  /// Two DHCP servers answer on one segment, one of them a VM.
  ///
  /// Networks with one name are one switch to the hypervisor. A client takes the first offer, so
  /// that its address, and its router, are now of the one server's choosing and now of the other's.
  ///
  /// Error. The fix takes the later server out of the document.
  ///
  /// Source: RFC 2131 section 3.1; VirtualBox manual section 6.6.
  static let severalDHCPServers = FindingRule("several-dhcp-servers") { survey, report in
    var first: [Int: Int] = [:]
    for (index, network) in survey.lab.networks.enumerated()
    where network.profile.segment == .network {
      guard network.dhcp?.parts != nil else { continue }
      let owner = survey.lab.switches[index]
      guard let other = first[owner] else {
        first[owner] = index
        continue
      }
      // The hypervisor runs one server for a name, whatever networks have it.
      guard survey.lab.networks[other].dhcpMachine != network.dhcpMachine else { continue }
      let pointer = survey.pointer(network: index)["dhcp"]
      report.add(
        .error, at: pointer,
        "\(survey.title(network: index)) and \(survey.title(network: other)) are one switch, and "
          + "each has a DHCP server",
        related: [survey.pointer(network: other)["dhcp"]], fix: [.remove(pointer)])
    }
  }
}
