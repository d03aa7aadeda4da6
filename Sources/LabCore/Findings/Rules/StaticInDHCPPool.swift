extension FindingRule {
  /// A static address lies in the pool of a DHCP server.
  ///
  /// VirtualBox's server does not ask whether an address is in use before it gives it away, so
  /// another VM may get it; nor does every LAN's. Addresses that the planner chose inside a pool are
  /// pinned there by a reservation and are not meant.
  ///
  /// Error; info where macOS itself serves, which asks whether an address is in use before it gives it
  /// away. The fix narrows the pool to its longest part without static addresses, where that has
  /// room for the other adapters; else, and on the LAN, it takes the address out of the document.
  ///
  /// Source: VirtualBox source, VBoxNetDHCP (`Db.cpp`); Apple, bootpd(8); RFC 2131 section 2.2.
  static let staticInDHCPPool = FindingRule("static-in-dhcp-pool") { survey, report in
    for segment in survey.segments {
      guard let pool = survey.dhcpPool(on: segment) else { continue }
      let caught = segment.members.filter {
        survey.adapter($0).address.map(pool.contains) ?? false
      }
      findSecondaries(in: pool, of: segment, survey, &report)
      guard !caught.isEmpty else { continue }
      let narrower = segment.isLAN ? [] : survey.poolEdits(for: segment, within: pool)
      for member in caught {
        guard let address = survey.adapter(member).address else { continue }
        let pointer = survey.pointer(member)["address"]
        report.add(
          survey.severity(of: segment), at: pointer,
          risk(address, member, pool, segment, survey),
          related: [survey.dhcpPointer(segment)],
          fix: narrower.isEmpty && !isRouterOrServer(address, segment, survey)
            ? [.remove(pointer)] : narrower)
      }
    }
  }
}

extension LabSurvey {
  fileprivate func severity(of segment: SharedSegment) -> Severity {
    let network = lab.networks[segment.network]
    return network.profile.isServedByHost && network.dhcpMachine == nil ? .info : .error
  }
}

private func findSecondaries(
  in pool: AddressRange<IPv4Address>, of segment: SharedSegment, _ survey: LabSurvey,
  _ report: inout FindingReport
) {
  for member in segment.members {
    for (index, secondary) in survey.adapter(member).secondary.enumerated()
    where pool.contains(secondary.address) {
      report.add(
        survey.severity(of: segment), at: survey.pointer(member)["secondary"][index]["address"],
        risk(secondary.address, member, pool, segment, survey),
        related: [survey.dhcpPointer(segment)],
        fix: segment.isLAN ? [] : survey.poolEdits(for: segment, within: pool))
    }
  }
}

/// A router's address, or a server's, is not the planner's to choose.
private func isRouterOrServer(
  _ address: IPv4Address, _ segment: SharedSegment, _ survey: LabSurvey
) -> Bool {
  let addresses = survey.plan.networks[segment.network].ipv4
  return addresses?.gateway == address || addresses?.dhcp?.server == address
}

private func risk(
  _ address: IPv4Address, _ member: AdapterReference, _ pool: AddressRange<IPv4Address>,
  _ segment: SharedSegment, _ survey: LabSurvey
) -> String {
  "\(address) of \(survey.title(member)) is in the DHCP pool \(pool) of \(survey.title(segment)), "
    + "whose server may give it to another machine"
}
