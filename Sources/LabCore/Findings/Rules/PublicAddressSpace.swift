extension FindingRule {
  /// A network of the lab uses addresses that belong to somebody on the internet.
  ///
  /// Its VMs, and the host on a host-only network, cannot reach the machines that really have them.
  /// Private are 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, 100.64.0.0/10, link-local addresses and
  /// those for documentation and benchmarks; in IPv6 unique local, link-local and documentation
  /// addresses. A bridged network has the LAN's addresses and is not meant.
  ///
  /// Warning. The fix moves the network to a free private prefix.
  ///
  /// Source: RFC 1918, RFC 6598, RFC 3927, RFC 5737, RFC 2544; RFC 4193, RFC 4291, RFC 3849,
  /// RFC 9637.
  static let publicAddressSpace = FindingRule("public-address-space") { survey, report in
    findPublic(IPv4Address.self, outside: privateIPv4, survey, &report)
    findPublic(IPv6Address.self, outside: privateIPv6, survey, &report)
  }
}

private func findPublic<Address: DocumentFamily>(
  _: Address.Type, outside known: [Prefix<Address>], _ survey: LabSurvey,
  _ report: inout FindingReport
) {
  let ownNAT = survey.natPrefixes(Address.self).filter {
    Address.prefix(survey.lab.networks[$0.network]) != nil
  }
  for placed in survey.switchPrefixes(Address.self) + ownNAT
  where !known.contains(where: { $0.contains(placed.prefix) }) {
    let fix = survey.renumbering(placed, &report.unused)
    report.add(
      .warning, at: survey.prefixPointer(placed),
      "\(placed.prefix) of \(survey.title(network: placed.network)) is not private; its VMs cannot "
        + "reach the machines on the internet that have these addresses",
      fix: fix)
  }
}

/// Private ones, and those that are nobody's; what is unusable besides is `unusable-prefix`.
private let privateIPv4: [IPv4Prefix] = [
  IPv4Prefix(0, 0, 0, 0, length: 8),
  IPv4Prefix(10, 0, 0, 0, length: 8),
  IPv4Prefix(100, 64, 0, 0, length: 10),
  IPv4Prefix(127, 0, 0, 0, length: 8),
  IPv4Prefix(169, 254, 0, 0, length: 16),
  IPv4Prefix(172, 16, 0, 0, length: 12),
  IPv4Prefix(192, 0, 2, 0, length: 24),
  IPv4Prefix(192, 168, 0, 0, length: 16),
  IPv4Prefix(198, 18, 0, 0, length: 15),
  IPv4Prefix(198, 51, 100, 0, length: 24),
  IPv4Prefix(203, 0, 113, 0, length: 24),
  IPv4Prefix(224, 0, 0, 0, length: 3),
]

private let privateIPv6: [IPv6Prefix] = [
  prefix(0, length: 8), prefix(0x2001_0db8, length: 32), prefix(0x3fff_0000, length: 20),
  prefix(0xfc00_0000, length: 7), prefix(0xfe80_0000, length: 10), prefix(0xff00_0000, length: 8),
]

/// An IPv6 prefix by its first 32 bits.
private func prefix(_ high: UInt32, length: Int) -> IPv6Prefix {
  IPv6Prefix(containing: IPv6Address(bits: UInt128(high) << 96), length: length)
}
