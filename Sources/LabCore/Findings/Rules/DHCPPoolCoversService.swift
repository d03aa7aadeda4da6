extension FindingRule {
  /// A DHCP pool contains the address of the host, of a router or of the server itself.
  ///
  /// VirtualBox's server does not ask whether an address is in use before it gives it away.
  ///
  /// Error. The fix narrows the pool to its longest part without such addresses, where that has
  /// room. A router that is a VM with a static address is `static-in-dhcp-pool`.
  ///
  /// Source: VirtualBox source, VBoxNetDHCP (`Db.cpp`), DHCPServerImpl.cpp.
  static let dhcpPoolCoversService = FindingRule("dhcp-pool-covers-service") { survey, report in
    for segment in survey.segments where !segment.isLAN {
      guard let pool = survey.dhcpPool(on: segment),
        let (address, owner) = services(on: segment, survey).first(where: {
          pool.contains($0.address)
        })
      else { continue }
      report.add(
        .error, at: survey.dhcpPointer(segment),
        "the DHCP pool \(pool) of \(survey.title(segment)) contains \(address), the address of "
          + owner,
        fix: survey.poolEdits(for: segment, within: pool))
    }
  }
}

/// Who has an address on a segment without being a VM.
private func services(
  on segment: SharedSegment, _ survey: LabSurvey
) -> [(address: IPv4Address, owner: String)] {
  let network = survey.lab.networks[segment.network]
  guard let addresses = survey.plan.networks[segment.network].ipv4 else { return [] }
  var services: [(address: IPv4Address, owner: String)] = []
  if let link = IPv4Address.natLink(network, prefix: addresses.prefix, slot: 1, in: survey.lab) {
    services.append((link.gateway, "the router"))
  }
  if let host = addresses.host { services.append((host, "the host")) }
  // A router that has its address of the server is pinned there.
  if let gateway = addresses.gateway, network.gatewayMachine == nil || network.gateway != nil {
    services.append((gateway, "the gateway"))
  }
  if let server = addresses.dhcp?.server { services.append((server, "the server itself")) }
  let statics = Set(segment.members.compactMap { survey.adapter($0).address })
  return services.filter { !statics.contains($0.address) }
}
