extension FindingRule {
  /// A network's prefix holds addresses that no machine can have on a network.
  ///
  /// Loopback, multicast and reserved addresses, and those of "this network", are refused by the
  /// guests' own systems.
  ///
  /// Error. The fix moves the network to a free prefix.
  ///
  /// Source: RFC 6890 (0.0.0.0/8, 127.0.0.0/8, 240.0.0.0/4), RFC 5771 (224.0.0.0/4); RFC 4291
  /// (::/8, ff00::/8).
  static let unusablePrefix = FindingRule("unusable-prefix") { survey, report in
    findUnusable(IPv4Address.self, unusableIPv4, survey, &report)
    findUnusable(IPv6Address.self, unusableIPv6, survey, &report)
  }
}

private struct SpecialPrefix<Address: IPAddress>: Sendable {
  let prefix: Prefix<Address>
  let purpose: String
}

private func findUnusable<Address: DocumentFamily>(
  _: Address.Type, _ special: [SpecialPrefix<Address>], _ survey: LabSurvey,
  _ report: inout FindingReport
) {
  for placed in survey.switchPrefixes(Address.self) + survey.natPrefixes(Address.self) {
    guard let special = special.first(where: { $0.prefix.overlaps(placed.prefix) }) else {
      continue
    }
    let fix = survey.renumbering(placed, &report.unused)
    report.add(
      .error, at: survey.prefixPointer(placed),
      "\(placed.prefix) of \(survey.title(network: placed.network)) overlaps \(special.prefix), "
        + "which is kept for \(special.purpose)",
      fix: fix)
  }
}

private let unusableIPv4 = [
  special(0, length: 8, "\"this network\""), special(127, length: 8, "loopback addresses"),
  special(224, length: 4, "multicast"), special(240, length: 4, "future use"),
]

private let unusableIPv6 = [
  SpecialPrefix(
    prefix: IPv6Prefix(containing: IPv6Address(bits: 0), length: 8), purpose: "special addresses"),
  SpecialPrefix(
    prefix: IPv6Prefix(containing: IPv6Address(bits: 0xff << 120), length: 8),
    purpose: "multicast"),
]

private func special(
  _ octet: UInt32, length: Int, _ purpose: String
) -> SpecialPrefix<IPv4Address> {
  SpecialPrefix(
    prefix: IPv4Prefix(octet, 0, 0, 0, length: length), purpose: purpose)
}
