extension FindingRule {
  /// The document asks for a DHCP server on a network for which the product has none.
  ///
  /// ESXi, XCP-ng, Hyper-V's own switches and Proxmox's plain bridges hand out no addresses. The
  /// planned ones are to be set in the VMs, or a VM serves.
  ///
  /// Warning. The fix takes the wish away.
  ///
  /// Source: setup-nat-network; pve-docs, pve-network; vSphere networking guide.
  static let dhcpNotOffered = FindingRule("dhcp-not-offered") { survey, report in
    for (index, network) in survey.lab.networks.enumerated() {
      guard case .on = network.dhcp, case .server(let server) = network.profile.dhcp,
        !server.isOffered, network.dhcpMachine == nil
      else { continue }
      let pointer = survey.pointer(network: index)["dhcp"]
      report.add(
        .warning, at: pointer,
        "\(survey.lab.product.name) has no DHCP server for \(survey.title(network: index)) "
          + "(\(network.profile.native.name))",
        fix: [.remove(pointer)])
    }
  }
}
