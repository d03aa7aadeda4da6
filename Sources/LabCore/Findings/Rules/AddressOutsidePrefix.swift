extension FindingRule {
  /// A static address is outside the prefix that its network has.
  ///
  /// Where the document leaves the prefix out, the planner looks for one that holds the network's
  /// static addresses and its gateway; they may be too far apart. Networks that are one switch have
  /// one prefix, which need not be the one that an adapter's own network is given. The VM takes its
  /// neighbours for strangers.
  ///
  /// Error. The fix takes the address out of the document, so that the planner chooses.
  ///
  /// Source: RFC 1122 section 3.3.1.1.
  static let addressOutsidePrefix = FindingRule("address-outside-prefix") { survey, report in
    for segment in survey.segments {
      findOutsiders(IPv4Address.self, on: segment, survey, &report)
      findOutsiders(IPv6Address.self, on: segment, survey, &report)
    }
  }
}

private func findOutsiders<Address: DocumentFamily>(
  _: Address.Type, on segment: SharedSegment, _ survey: LabSurvey, _ report: inout FindingReport
) {
  let known =
    segment.isLAN
    ? survey.lanPrefix(Address.self)
    : Address.addresses(survey.plan.networks[segment.network])?.prefix
  guard let known else { return }
  for member in segment.members {
    guard let address = Address.address(survey.adapter(member)), !address.isLinkLocal,
      !known.hosts.contains(address)
    else { continue }
    let pointer = survey.pointer(member)[Address.addressKey]
    report.add(
      .error, at: pointer,
      "\(address) of \(survey.title(member)) is outside \(known) of \(survey.title(segment))",
      fix: [.remove(pointer)])
  }
}
