extension FindingRule {
  /// VirtualBox refuses the IPv6 prefix of a NAT network.
  ///
  /// It takes a /64 of global unicast or unique local addresses and nothing else.
  ///
  /// Error. The fix gives the network a free unique local /64.
  ///
  /// Source: NATNetworkImpl.cpp, `setIPv6Prefix`.
  static let natNetworkIPv6Prefix = FindingRule("nat-network-ipv6-prefix", of: .virtualbox) {
    survey, report in
    for placed in survey.switchPrefixes(IPv6Address.self)
    where survey.lab.networks[placed.network].mode == .natNetwork {
      guard let refusal = refusal(placed.prefix) else { continue }
      let free = report.unused.ipv6Prefix(for: placed.network, length: 64)
      report.add(
        .error, at: survey.prefixPointer(placed),
        "\(placed.prefix) of \(survey.title(network: placed.network)) \(refusal)",
        fix: free.flatMap { survey.renumbering(placed.network, to: $0) } ?? [])
    }
  }
}

private func refusal(_ prefix: IPv6Prefix) -> String? {
  guard prefix.length == 64 else { return "is not a /64, which is all that a NAT network takes" }
  let isGlobal = prefix.network.bits >> 125 == 1
  return isGlobal || prefix.network.isPrivate
    ? nil : "is neither global unicast nor unique local, which is all that a NAT network takes"
}
