extension FindingRule {
  /// A bridged network is given another prefix than that of the LAN it is bridged to.
  ///
  /// Bridged VMs are on the host's LAN, whatever the document calls it; with addresses of another
  /// prefix they find neither its router nor the host.
  ///
  /// Error. The fix takes the prefix away, where no static address needs it.
  ///
  /// Source: VirtualBox manual section 6.5.
  static let bridgedPrefixIsNotLANs = FindingRule("bridged-prefix-is-not-lans") { survey, report in
    guard let lan = survey.lab.host.uplink.ipv4?.prefix else { return }
    for (index, network) in survey.lab.networks.enumerated()
    where network.profile.segment == .uplink {
      guard let prefix = network.ipv4, prefix != lan else { continue }
      let pointer = survey.pointer(network: index)["ipv4"]
      let canMove = survey.members[index].allSatisfy {
        let adapter = survey.adapter($0)
        let addresses = [adapter.address].compactMap { $0 } + adapter.secondary.map(\.address)
        return addresses.allSatisfy(lan.hosts.contains)
      }
      report.add(
        .error, at: pointer,
        "\(prefix) of \(survey.title(network: index)) is not \(lan) of the LAN that it is bridged to",
        related: [.root["host"]["uplink"]["ipv4"]], fix: canMove ? [.remove(pointer)] : [])
    }
  }
}
