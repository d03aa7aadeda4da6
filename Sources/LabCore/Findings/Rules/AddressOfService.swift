extension FindingRule {
  /// An adapter has an address at which the host, a router or a server of its network answers.
  ///
  /// VirtualBox puts its own machines into the networks it makes: on a NAT network the router at
  /// .1, the host's loopback at .2 up to 7.1 and the DHCP server at .3; on NAT the router at .2 and
  /// the name server at .3; on a host-only network the host. On the LAN the host and the router
  /// have theirs.
  ///
  /// Error. The fix takes the address out of the document, so that the planner chooses. A DHCP
  /// server in the place of the gateway is `dhcp-server-address-taken`.
  ///
  /// Source: VirtualBox manual chapter 6; NATNetworkImpl.cpp, VBoxNetSlirpNAT.cpp.
  static let addressOfService = FindingRule("address-of-service") { survey, report in
    for segment in survey.segments {
      let services = services(on: segment, survey)
      for member in survey.plugged(segment) { compare(member, services, survey, &report) }
    }
    for (index, network) in survey.lab.networks.enumerated()
    where network.profile.segment == .adapter {
      for member in survey.members[index] where survey.adapter(member).cableConnected {
        compare(member, routerServices(network, member, survey), survey, &report)
      }
    }
  }
}

private func compare(
  _ member: AdapterReference, _ services: [IPv4Address: String], _ survey: LabSurvey,
  _ report: inout FindingReport
) {
  guard let address = survey.adapter(member).address, let service = services[address] else {
    return
  }
  let pointer = survey.pointer(member)["address"]
  report.add(
    .error, at: pointer, "\(address) of \(survey.title(member)) is the address of \(service)",
    fix: [.remove(pointer)])
}

/// Who answers on a segment besides its VMs, by address.
private func services(on segment: SharedSegment, _ survey: LabSurvey) -> [IPv4Address: String] {
  let network = survey.lab.networks[segment.network]
  let addresses = survey.plan.networks[segment.network].ipv4
  var services: [IPv4Address: String] = [:]
  if let server = addresses?.dhcp?.server, server != addresses?.gateway,
    network.dhcpMachine == nil
  {
    services[server] = "the DHCP server of \(survey.title(segment))"
  }
  let link = IPv4Address.natLink(network, prefix: addresses?.prefix, slot: 1, in: survey.lab)
  for (address, name) in named(link, survey.title(segment)) where services[address] == nil {
    services[address] = name
  }
  switch network.profile.host {
  case .absent: break
  case .at, .first:
    if let host = addresses?.host { services[host] = "the host on \(survey.title(segment))" }
  case .uplink:
    let uplink = survey.lab.host.uplink
    if let gateway = uplink.gateway { services[gateway] = "the LAN's router" }
    if let host = uplink.ipv4?.address { services[host] = "the host on the LAN" }
  }
  return services
}

private func routerServices(
  _ network: Network, _ member: AdapterReference, _ survey: LabSurvey
) -> [IPv4Address: String] {
  let slot = survey.adapter(member).slot
  let link = IPv4Address.natLink(network, prefix: nil, slot: slot, in: survey.lab)
  return Dictionary(named(link, "\"\(network.name)\"")) { first, _ in first }
}

private func named(_ link: NATLink<IPv4Address>?, _ title: String) -> [(IPv4Address, String)] {
  guard let link else { return [] }
  var named = [(link.gateway, "the router of \(title)")]
  if let loopback = link.hostLoopback, loopback != link.gateway {
    named.append((loopback, "the host's loopback on \(title)"))
  }
  return named + link.servers.map { ($0, "the name server of \(title)") }
}
