extension FindingRule {
  /// VirtualBox refuses the prefix of a host-only network.
  ///
  /// Since 6.1.28 the host's interface may only have addresses that `/etc/vbox/networks.conf`
  /// allows on Linux and macOS; without the file these are 192.168.56.0/21 and fe80::/10. The
  /// prefix has to be at least as long as the allowed one, too. Windows has no such list, macOS
  /// none from 7.0 on, where host-only networks are the system's own.
  ///
  /// Error. The fix moves an IPv4 prefix to a free one inside 192.168.56.0/21; the other way out,
  /// and the only one for IPv6, is a line in the file.
  ///
  /// Source: VirtualBox manual section 6.7; VBoxNetAdpCtl.cpp; cilium/cilium#17900.
  static let hostOnlyPrefixNotAllowed = FindingRule("host-only-prefix-not-allowed", of: .virtualbox)
  {
    survey, report in
    guard hasList(survey.lab) else { return }
    for placed in survey.switchPrefixes(IPv4Address.self)
    where survey.lab.networks[placed.network].mode == .hostOnly {
      let allowed = VirtualBox.hostOnlyPool
      guard !allowed.contains(placed.prefix) else { continue }
      let fix = moved(placed, survey, &report.unused)
      report.add(
        .error, at: survey.prefixPointer(placed), refusal(placed, allowed, survey),
        fix: fix)
    }
    for placed in survey.switchPrefixes(IPv6Address.self)
    where survey.lab.networks[placed.network].mode == .hostOnly {
      let allowed = IPv6Prefix(containing: IPv6Address(bits: 0xfe80 << 112), length: 10)
      guard !allowed.contains(placed.prefix) else { continue }
      report.add(.error, at: survey.prefixPointer(placed), refusal(placed, allowed, survey))
    }
  }
}

private func hasList(_ lab: Lab) -> Bool {
  let version = lab.hypervisor.version
  return switch lab.host.operatingSystem {
  case .linux: version.isAtLeast(6, 1, 28)
  case .macos: version.isAtLeast(6, 1, 28) && !version.isAtLeast(7, 0)
  case .windows, .esxi, .xcpNG: false
  }
}

/// A prefix that is too wide is replaced by one with room for what is there.
private func moved(
  _ placed: PlacedPrefix<IPv4Address>, _ survey: LabSurvey, _ unused: inout UnusedNumbers
) -> [Edit] {
  let allowed = VirtualBox.hostOnlyPool.length
  let length =
    placed.prefix.length < allowed
    ? survey.roomyLength(of: placed.network) : placed.prefix.length
  guard let free = survey.freePrefix(for: placed, length: length, &unused) else { return [] }
  return survey.renumbering(placed.network, to: free) ?? []
}

private func refusal<Address: IPAddress>(
  _ placed: PlacedPrefix<Address>, _ allowed: Prefix<Address>, _ survey: LabSurvey
) -> String {
  "\(placed.prefix) of \(survey.title(network: placed.network)) is outside \(allowed), which is all "
    + "that VirtualBox lets host-only networks have unless /etc/vbox/networks.conf allows more"
}
