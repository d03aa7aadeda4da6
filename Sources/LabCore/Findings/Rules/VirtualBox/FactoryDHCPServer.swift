extension FindingRule {
  /// VirtualBox has a DHCP server of its own where the document wants none, or another.
  ///
  /// The first host-only network, 192.168.56.0/24, ships with one at .100 that hands out .101 to
  /// .254. It stays until it is changed or removed; Vagrant refuses to work beside it.
  ///
  /// Info. On macOS from 7.0 on the system serves host-only networks, and there is none.
  ///
  /// Source: Settings.cpp; hashicorp/vagrant#3083, #11851.
  static let factoryDHCPServer = FindingRule("factory-dhcp-server", of: .virtualbox) {
    survey, report in
    guard !survey.lab.hasVmnetNetworks else { return }
    for segment in survey.segments
    where survey.lab.networks[segment.network].mode == .hostOnly {
      let network = survey.lab.networks[segment.network]
      guard network.dhcp != nil, let addresses = survey.plan.networks[segment.network].ipv4,
        addresses.prefix == VirtualBox.factoryHostOnlyPrefix,
        let factory = factoryServer(), addresses.dhcp != factory
      else { continue }
      let wanted = addresses.dhcp.map { "the pool \($0.pool)" } ?? "none"
      report.add(
        .info, at: survey.dhcpPointer(segment),
        "VirtualBox ships a DHCP server for \(addresses.prefix) with the pool \(factory.pool); "
          + "\(survey.title(segment)) wants \(wanted), so that one has to be changed or removed")
    }
  }
}

private func factoryServer() -> DHCPPlan<IPv4Address>? {
  guard case .server(let server) = VirtualBox.hostOnlyAdapter.dhcp else { return nil }
  return server.plan(.standard, in: VirtualBox.factoryHostOnlyPrefix, host: nil)
}
