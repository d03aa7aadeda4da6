extension FindingRule {
  /// Two adapters on one segment have the same hardware address.
  ///
  /// The switch delivers a frame to one of them, and a DHCP server gives both the same address.
  /// Clones made with their MAC addresses kept, and boxes imported twice, come out like that.
  /// Behind NAT it does no harm. Adapters whose cable is out do not count; other labs of the host
  /// do where both are bridged to its LAN.
  ///
  /// Error. The fix takes the later MAC address out of the document, so that the planner chooses.
  ///
  /// Source: VirtualBox manual, `VBoxManage clonevm --options=keepallmacs`; RFC 2131 section 4.2.
  static let duplicateMAC = FindingRule("duplicate-mac") { survey, report in
    for segment in survey.segments { findDuplicates(on: segment, survey, &report) }
  }
}

private func findDuplicates(
  on segment: SharedSegment, _ survey: LabSurvey, _ report: inout FindingReport
) {
  var first: [MACAddress: AdapterReference] = [:]
  let inOtherLabs = segment.isLAN ? bridgedAdapters(survey.neighbours) : [:]
  for member in survey.plugged(segment) {
    let mac = survey.adapterPlan(member).mac
    if let other = first[mac] {
      report.add(
        .error, at: place(of: member, survey),
        "\(survey.title(member)) has the MAC address \(mac) of \(survey.title(other))",
        related: [place(of: other, survey)], fix: fix(member, survey) ?? fix(other, survey) ?? [])
    } else {
      first[mac] = member
      guard let other = inOtherLabs[mac] else { continue }
      report.add(
        .error, at: place(of: member, survey),
        "\(survey.title(member)) has the MAC address \(mac) of \(other)",
        fix: fix(member, survey) ?? [])
    }
  }
}

private func place(of member: AdapterReference, _ survey: LabSurvey) -> JSONPointer {
  survey.pointer(
    survey.pointer(member), "mac", isWritten: survey.adapter(member).mac != nil)
}

private func fix(_ member: AdapterReference, _ survey: LabSurvey) -> [Edit]? {
  guard survey.adapter(member).mac != nil else { return nil }
  return [.remove(survey.pointer(member)["mac"])]
}

/// The bridged adapters of other labs by what they are called on the LAN.
private func bridgedAdapters(_ neighbours: [HostShare]) -> [MACAddress: String] {
  var titles: [MACAddress: String] = [:]
  for neighbour in neighbours {
    for adapter in neighbour.bridged {
      guard let mac = adapter.mac, titles[mac] == nil else { continue }
      titles[mac] = neighbour.title(of: adapter)
    }
  }
  return titles
}
