/// Prefixes and host ports that nothing in the lab or on its host uses, for fixes to take.
///
/// No two networks and no two forwards are given the same; a network is given the same every time,
/// so that fixes taken together agree.
struct UnusedNumbers {
  private var ipv4: UnusedPrefixes<IPv4Address>
  private var ipv6: UnusedPrefixes<IPv6Address>
  private var ports: Set<Int>
  /// Whether nothing is given any more, because nobody would see it.
  var isClosed = false

  init(_ survey: LabSurvey) {
    ipv4 = UnusedPrefixes(survey)
    ipv6 = UnusedPrefixes(survey)
    ports = Set(survey.lab.portForwards.map(\.hostPort))
    for neighbour in survey.neighbours {
      ports.formUnion(neighbour.hostPorts)
    }
  }

  /// A free prefix where the planner would look for one for a network; nil where there is none.
  mutating func ipv4Prefix(for network: Int, length: Int) -> IPv4Prefix? {
    guard !isClosed else { return nil }
    let range = ipv4.survey.lab.networks[network].profile.prefixes.spare
    return ipv4.prefix(for: network, in: range, length: length)
  }

  /// A free unique local prefix (RFC 4193) for a network; nil where there is none.
  mutating func ipv6Prefix(for network: Int, length: Int) -> IPv6Prefix? {
    guard !isClosed else { return nil }
    let pool = IPv6Prefix(containing: IPv6Address(bits: 0xfd00_10 << 104), length: 24)
    return ipv6.prefix(for: network, in: pool.addresses, length: length)
  }

  /// Takes back the prefix that a network was given, which is not given to it again.
  mutating func withdraw(_ family: AddressFamily, for network: Int, length: Int) {
    switch family {
    case .ipv4: ipv4.withdraw(for: network, length: length)
    case .ipv6: ipv6.withdraw(for: network, length: length)
    }
  }

  /// A free private prefix (RFC 1918) for a network within VMs; nil where there is none.
  mutating func innerPrefix(length: Int) -> IPv4Prefix? {
    guard !isClosed else { return nil }
    for pool in [
      IPv4Prefix(10, 0, 0, 0, length: 8), IPv4Prefix(172, 16, 0, 0, length: 12),
      IPv4Prefix(192, 168, 0, 0, length: 16),
    ] {
      if let prefix = ipv4.take(length, in: pool.addresses) { return prefix }
    }
    return nil
  }

  /// The next free port of the host for a service: from 2200 on for SSH, as Vagrant counts, from
  /// 8080 on for others that had a privileged port, else from the port it has.
  mutating func nextHostPort(guestPort: Int, after port: Int) -> Int? {
    guard !isClosed else { return nil }
    let first =
      switch guestPort {
      case 22: 2200
      case 443: 8443
      default: port < 1024 ? 8080 : port + 1
      }
    let candidates = [first...max(first, 65_535), 1024...65_535].joined()
    guard let free = candidates.first(where: { $0 <= 65_535 && !ports.contains($0) }) else {
      return nil
    }
    ports.insert(free)
    return free
  }
}
