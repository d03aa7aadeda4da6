extension FindingRule {
  /// Nobody hands out the addresses that the planner chose.
  ///
  /// Internal networks have no DHCP server unless one is asked for, and of the host-only networks
  /// VirtualBox gives one to the first alone. The planned addresses are to be set in the guests; a
  /// guest that asks for one gets none.
  ///
  /// Info. The fix asks for a server that hands out the very addresses that are planned, where no
  /// static address lies between them and no two of the VMs are copies of one disk. A document that
  /// says `dhcp: false` knows.
  ///
  /// Source: VirtualBox manual sections 6.6 and 6.7.
  static let noDHCPServer = FindingRule("no-dhcp-server") { survey, report in
    let served = survey.switchesServedByMachines
    for segment in survey.segments where !segment.isLAN {
      let network = survey.lab.networks[segment.network]
      guard network.dhcp == nil, let addresses = survey.plan.networks[segment.network].ipv4,
        addresses.dhcp == nil, !served.contains(segment.network)
      else { continue }
      let planned = segment.members.count { survey.adapterPlan($0).ipv4.source == .planned }
      guard planned > 0 else { continue }
      let adapters = planned == 1 ? "1 adapter" : "\(planned) adapters"
      report.add(
        .info, at: survey.pointer(network: segment.network),
        "\(survey.title(segment)) has no DHCP server; the addresses of \(adapters) are to be set in "
          + "the VMs",
        fix: survey.hasCopies(segment) || !isOffered(network)
          ? [] : server(for: segment, addresses.prefix, survey))
    }
  }
}

extension LabSurvey {
  /// Whether VMs on it are copies of one disk, which a server could not tell apart.
  fileprivate func hasCopies(_ segment: SharedSegment) -> Bool {
    let disks = Set(segment.members.map(\.machine)).compactMap { lab.machines[$0].copyOf }
    return Set(disks).count < disks.count
  }

  /// The switches on which a VM serves, whichever of their networks says so.
  fileprivate var switchesServedByMachines: Set<Int> {
    let served = lab.networks.indices.filter { lab.networks[$0].dhcpMachine != nil }
    return Set(served.map { lab.switches[$0] })
  }
}

/// Whether the product would serve there.
private func isOffered(_ network: Network) -> Bool {
  guard case .server(let server) = network.profile.dhcp else { return false }
  return server.isOffered
}

/// An edit that asks for a server whose pool begins with the planned addresses and ends before the
/// next one that is taken; the server gets the highest address that is left.
private func server(
  for segment: SharedSegment, _ prefix: IPv4Prefix, _ survey: LabSurvey
) -> [Edit] {
  let planned = segment.members.compactMap { member -> IPv4Address? in
    let assignment = survey.adapterPlan(member).ipv4
    return assignment.source == .planned ? assignment.address : nil
  }
  guard let first = planned.min(), let highest = planned.max(), highest < prefix.hosts.last else {
    return []
  }
  var taken = survey.fixedAddresses(on: segment)
  let server = lastFree(in: AddressRange(from: highest, through: prefix.hosts.last), outside: taken)
  guard let server, server > highest else { return [] }
  taken.insert(server)
  let next = taken.ranges.first { $0.first > first }
  guard let next, next.first > highest else { return [] }
  let members = [
    EditMember("server", .string(server.description)),
    EditMember("first", .string(first.description)),
    EditMember("last", .string(IPv4Address(bits: next.first.bits - 1).description)),
  ]
  return [.add(survey.pointer(network: segment.network)["dhcp"], .object(members))]
}

private func lastFree(
  in range: AddressRange<IPv4Address>, outside taken: AddressSet<IPv4Address>
) -> IPv4Address? {
  guard let last = taken.ranges.last(where: { $0.contains(range.last) }) else { return range.last }
  return last.first > range.first ? IPv4Address(bits: last.first.bits - 1) : nil
}
