extension FindingRule {
  /// Two networks of the lab have addresses in common.
  ///
  /// A machine with a foot in both, and the host on host-only networks, sends what is meant for one
  /// into the other; a router between them cannot tell them apart. VirtualBox does not mind: its
  /// window proposes 10.0.2.0/24 for every NAT network.
  ///
  /// Error. The fix moves the first of the two, and every address the document gives there, to the
  /// next prefix that neither the lab nor its host uses. NAT is left out: there every adapter has a
  /// prefix to itself (see `overlapping-adapters`).
  ///
  /// Source: RFC 4632 section 5; hashicorp/vagrant#5740, Orange-Cyberdefense/GOAD#93.
  static let overlappingPrefixes = FindingRule("overlapping-prefixes") { survey, report in
    findOverlaps(IPv4Address.self, survey, &report)
    findOverlaps(IPv6Address.self, survey, &report)
  }
}

private func findOverlaps<Address: DocumentFamily>(
  _: Address.Type, _ survey: LabSurvey, _ report: inout FindingReport
) {
  for cluster in clusters(survey.switchPrefixes(Address.self)) {
    for (position, first) in cluster.enumerated() {
      guard
        let second = cluster[(position + 1)...].first(where: { $0.prefix.overlaps(first.prefix) })
      else { continue }
      var fix = survey.renumbering(first, &report.unused)
      if fix.isEmpty { fix = survey.renumbering(second, &report.unused) }
      report.add(
        .error, at: survey.prefixPointer(first), overlap(first, second, survey),
        related: [survey.prefixPointer(second)], fix: fix)
    }
  }
}

/// The prefixes that have others inside them with those, each lot in document order; prefixes
/// that meet no other are left out.
private func clusters<Address: IPAddress>(
  _ placed: [PlacedPrefix<Address>]
) -> [[PlacedPrefix<Address>]] {
  var clusters: [[PlacedPrefix<Address>]] = []
  var outermost: Prefix<Address>?
  for next in placed.sorted(by: { ($0.prefix, $0.network) < ($1.prefix, $1.network) }) {
    if let outermost, outermost.contains(next.prefix) {
      clusters[clusters.count - 1].append(next)
    } else {
      outermost = next.prefix
      clusters.append([next])
    }
  }
  return clusters.filter { $0.count > 1 }.map { $0.sorted { $0.network < $1.network } }
}

private func overlap<Address: IPAddress>(
  _ first: PlacedPrefix<Address>, _ second: PlacedPrefix<Address>, _ survey: LabSurvey
) -> String {
  "\(first.prefix) of \(survey.title(network: first.network)) overlaps "
    + "\(second.prefix) of \(survey.title(network: second.network))"
}
