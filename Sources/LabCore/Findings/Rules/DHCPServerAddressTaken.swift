extension FindingRule {
  /// A network's DHCP server has the address of the host or of a router there.
  ///
  /// The host's interface then loses its address and shows one of 169.254.0.0/16, or guests find
  /// the server in the place of their router.
  ///
  /// Where a VM has the address of the server that the document names, that VM serves.
  ///
  /// Error. The fix gives the server the lowest address that is free outside its pool.
  ///
  /// Source: docker/machine#1673; DHCPServerImpl.cpp, which does not check.
  static let dhcpServerAddressTaken = FindingRule("dhcp-server-address-taken") { survey, report in
    for segment in survey.segments
    where !segment.isLAN && survey.lab.networks[segment.network].dhcpMachine == nil {
      guard let addresses = survey.plan.networks[segment.network].ipv4,
        let dhcp = addresses.dhcp, let server = dhcp.server,
        let owner = owner(of: server, addresses, on: segment, survey)
      else { continue }
      report.add(
        .error, at: survey.dhcpPointer(segment),
        "the DHCP server of \(survey.title(segment)) has the address \(server) of \(owner)",
        fix: survey.serverEdits(for: segment, addresses))
    }
  }
}

private func owner(
  of server: IPv4Address, _ addresses: NetworkAddresses<IPv4Address>, on segment: SharedSegment,
  _ survey: LabSurvey
) -> String? {
  let network = survey.lab.networks[segment.network]
  let link = IPv4Address.natLink(network, prefix: addresses.prefix, slot: 1, in: survey.lab)
  if server == link?.gateway { return "the router" }
  if server == addresses.gateway { return "the gateway" }
  if server == addresses.host, !network.profile.isServedByHost { return "the host" }
  return nil
}

extension LabSurvey {
  fileprivate func serverEdits(
    for segment: SharedSegment, _ addresses: NetworkAddresses<IPv4Address>
  ) -> [Edit] {
    var taken = fixedAddresses(on: segment)
    if let pool = addresses.dhcp?.pool { taken.insert(pool) }
    for member in segment.members {
      if let address = adapterPlan(member).ipv4.address { taken.insert(address) }
    }
    guard let free = taken.firstFree(in: addresses.prefix.hosts) else { return [] }
    let request = lab.networks[segment.network].dhcp
    var members = [EditMember("server", .string(free.description))]
    if case .on(_, let first, let last) = request {
      for (key, address) in [("first", first), ("last", last)] {
        if let address { members.append(EditMember(key, .string(address.description))) }
      }
    }
    let pointer = pointer(network: segment.network)["dhcp"]
    return [request == nil ? .add(pointer, .object(members)) : .replace(pointer, .object(members))]
  }
}
