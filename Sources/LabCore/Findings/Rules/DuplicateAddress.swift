extension FindingRule {
  /// Two adapters on one segment have the same address.
  ///
  /// Whoever asks the segment for the address gets two answers, and connections go now to the one,
  /// now to the other. A secondary address with a virtual hardware address is meant to be shared (VRRP,
  /// CARP) by all who have both. Adapters whose cable is out do not count; other labs of the host do where
  /// both are bridged to its LAN.
  ///
  /// Error. The fix takes the later address out of the document, so that the planner chooses.
  ///
  /// Source: RFC 5227 section 1, RFC 4862 section 5.4.
  static let duplicateAddress = FindingRule("duplicate-address") { survey, report in
    for segment in survey.segments {
      findDuplicates(IPv4Address.self, on: segment, survey, &report)
      findDuplicates(IPv6Address.self, on: segment, survey, &report)
      findDuplicateSecondaries(on: segment, survey, &report)
    }
  }
}

private func findDuplicates<Address: DocumentFamily>(
  _: Address.Type, on segment: SharedSegment, _ survey: LabSurvey, _ report: inout FindingReport
) {
  var first: [Address: AdapterReference] = [:]
  var inOtherLabs = segment.isLAN ? bridgedAddresses(Address.self, survey.neighbours) : [:]
  for member in survey.plugged(segment) {
    guard let address = Address.assignment(survey.adapterPlan(member))?.address else { continue }
    if let other = first[address] {
      guard let written = [member, other].first(where: { isWritten(address, $0, survey) }) else {
        continue
      }
      let rest = written == member ? other : member
      report.add(
        .error, at: survey.pointer(written)[Address.addressKey],
        "\(address) of \(survey.title(written)) is also that of \(survey.title(rest))",
        related: [survey.pointer(rest)],
        fix: [.remove(survey.pointer(written)[Address.addressKey])])
    } else if let other = inOtherLabs.removeValue(forKey: address) {
      report.add(
        .error, at: survey.pointer(member)[Address.addressKey],
        "\(address) of \(survey.title(member)) is also that of \(other)",
        fix: [.remove(survey.pointer(member)[Address.addressKey])])
    } else {
      first[address] = member
    }
  }
}

private func findDuplicateSecondaries(
  on segment: SharedSegment, _ survey: LabSurvey, _ report: inout FindingReport
) {
  guard segment.members.contains(where: { !survey.adapter($0).secondary.isEmpty }) else { return }
  let members = survey.plugged(segment)
  var first: [IPv4Address: (member: AdapterReference, mac: MACAddress?)] = [:]
  for member in members {
    guard let address = survey.adapterPlan(member).ipv4.address else { continue }
    first[address] = first[address] ?? (member, nil)
  }
  for member in members {
    for (index, secondary) in survey.adapter(member).secondary.enumerated() {
      guard let other = first[secondary.address] else {
        first[secondary.address] = (member, secondary.mac)
        continue
      }
      if other.mac != nil, other.mac == secondary.mac { continue }
      let pointer = survey.pointer(member)["secondary"][index]
      report.add(
        .error, at: pointer["address"],
        "\(secondary.address), a secondary address of \(survey.title(member)), is also that of "
          + survey.title(other.member),
        related: [survey.pointer(other.member)], fix: [.remove(pointer)])
    }
  }
}

private func isWritten<Address: DocumentFamily>(
  _ address: Address, _ member: AdapterReference, _ survey: LabSurvey
) -> Bool {
  Address.address(survey.adapter(member)) == address
}

/// What the bridged adapters of other labs are called on the LAN.
private func bridgedAddresses<Address: DocumentFamily>(
  _: Address.Type, _ neighbours: [HostShare]
) -> [Address: String] {
  var titles: [Address: String] = [:]
  for neighbour in neighbours {
    for adapter in neighbour.bridged {
      guard let address = Address.address(adapter), titles[address] == nil else { continue }
      titles[address] = neighbour.title(of: adapter)
    }
  }
  return titles
}
