extension FindingRule {
  /// A network has a setting that its mode has no use for.
  ///
  /// On NAT the hypervisor is router and DHCP server, and every adapter has a network to itself; on
  /// a bridged network all that is the LAN's business. Before 7.0 guests on NAT always reach the
  /// host's loopback, before 7.1 NAT has no IPv6, and an adapter's IPv6 address
  /// counts for nothing there.
  ///
  /// Info. The fix takes the setting away.
  ///
  /// Source: VirtualBox manual sections 6.3 and 6.5; NATEngineImpl.cpp.
  static let ignoredSetting = FindingRule("ignored-setting", of: .virtualbox) { survey, report in
    for (index, network) in survey.lab.networks.enumerated() {
      for (key, reason) in ignoredSettings(of: network, survey.lab.hypervisor.version) {
        let pointer = survey.pointer(network: index)[key]
        report.add(
          .info, at: pointer, "\(key) of \(survey.title(network: index)) has no effect: \(reason)",
          fix: [.remove(pointer)])
      }
      guard network.mode == .nat, !survey.lab.hypervisor.version.isAtLeast(7, 1) else { continue }
      for member in survey.members[index] where survey.adapter(member).address6 != nil {
        let pointer = survey.pointer(member)["address6"]
        report.add(
          .info, at: pointer,
          "address6 of \(survey.title(member)) has no effect: \(survey.title(network: index)) has "
            + "no IPv6",
          fix: [.remove(pointer)])
      }
    }
  }
}

private func ignoredSettings(
  of network: Network, _ version: HypervisorVersion
) -> [(key: String, reason: String)] {
  var ignored: [(key: String, reason: String)] = []
  func ignore(_ key: String, _ isGiven: Bool, _ reason: String) {
    if isGiven { ignored.append((key, reason)) }
  }
  switch network.mode {
  case .nat:
    if !version.isAtLeast(7, 1) {
      ignore("ipv6", network.ipv6 != nil, "NAT has no IPv6 before VirtualBox 7.1")
    }
    ignore("gateway", network.gateway != nil, "NAT brings its own router")
    ignore("gateway6", network.gateway6 != nil, "NAT brings its own router")
    ignore("dhcp", network.dhcp != nil, "NAT brings its own DHCP server")
    ignore("size", network.size != nil, "on NAT every adapter has a network to itself")
    if !version.isAtLeast(7, 0) {
      ignore(
        "localhost_reachable", network.localhostReachable == false,
        "before VirtualBox 7.0 NAT always leads to the host's loopback")
    }
  case .bridged:
    ignore("gateway", network.gateway != nil, "the LAN has its own router")
    ignore("gateway6", network.gateway6 != nil, "the LAN has its own router")
    ignore("size", network.size != nil, "the LAN's size is given")
  case .natNetwork, .internal, .hostOnly, .routed: break
  }
  return ignored
}
