/// What a document says of one address family, under which keys.
protocol DocumentFamily: FabricFamily {
  /// `gateway` of a network or a VM.
  static var gatewayKey: String { get }
  /// `address` of an adapter.
  static var addressKey: String { get }
  /// The prefix of another lab's network.
  static func prefix(_ network: HostShare.SharedNetwork) -> Prefix<Self>?
  /// The address that another lab's document gives a bridged adapter.
  static func address(_ adapter: HostShare.BridgedAdapter) -> Self?
  /// The prefix that the document gives a network.
  static func prefix(_ network: Network) -> Prefix<Self>?
  /// The default router that the document gives a network's VMs.
  static func gateway(_ network: Network) -> Self?
  /// The address that the document gives an adapter.
  static func address(_ adapter: Adapter) -> Self?
  /// The parts that the document gives of a network's DHCP server; nil where it asks for none.
  static func dhcp(_ network: Network) -> (server: Self?, first: Self?, last: Self?)?
  /// The address that the document gives the host on a network.
  static func hostAddress(_ network: Network) -> Self?
  /// The further addresses of an adapter.
  static func secondary(_ adapter: Adapter) -> [Self]
  /// Where the host, routers and servers of a network are if it has a prefix.
  static func services(of network: Network, in prefix: Prefix<Self>, _ lab: Lab) -> Set<Self>
  /// The DHCP server and its pool, where a network has one by the product's habit; nil without one.
  static func servedRange(
    of network: Network, in prefix: Prefix<Self>, _ lab: Lab
  ) -> AddressRange<Self>?
  /// The prefix of the LAN, as far as the document says or implies it.
  static func lanPrefix(_ survey: LabSurvey) -> Prefix<Self>?
  /// A prefix that nothing uses, for a network to move to.
  static func free(
    in unused: inout UnusedNumbers, for network: Int, length: Int
  ) -> Prefix<Self>?
}

extension DocumentFamily {
  /// The key of a network's prefix.
  static var prefixKey: String { family.rawValue }
}

extension IPv4Address: DocumentFamily {
  static var gatewayKey: String { "gateway" }
  static var addressKey: String { "address" }

  static func prefix(_ prefix: AnyPrefix) -> IPv4Prefix? {
    guard case .ipv4(let prefix) = prefix else { return nil }
    return prefix
  }

  static func lanPrefix(_ survey: LabSurvey) -> IPv4Prefix? { survey.lanPrefixes.ipv4 }
  static func prefix(_ network: Network) -> IPv4Prefix? { network.ipv4 }
  static func gateway(_ network: Network) -> IPv4Address? { network.gateway }
  static func address(_ adapter: Adapter) -> IPv4Address? { adapter.address }
  static func prefix(_ network: HostShare.SharedNetwork) -> IPv4Prefix? { network.ipv4 }
  static func address(_ adapter: HostShare.BridgedAdapter) -> IPv4Address? { adapter.address }

  static func dhcp(
    _ network: Network
  ) -> (server: IPv4Address?, first: IPv4Address?, last: IPv4Address?)? {
    network.dhcp?.parts
  }

  static func hostAddress(_ network: Network) -> IPv4Address? {
    guard case .address(let address) = network.hostAddress else { return nil }
    return address
  }

  static func secondary(_ adapter: Adapter) -> [IPv4Address] { adapter.secondary.map(\.address) }

  static func services(
    of network: Network, in prefix: IPv4Prefix, _ lab: Lab
  ) -> Set<IPv4Address> {
    Set(LabCore.services(of: network, prefix: prefix, in: lab)?.reserved ?? [])
  }

  static func servedRange(
    of network: Network, in prefix: IPv4Prefix, _ lab: Lab
  ) -> AddressRange<IPv4Address>? {
    guard network.dhcp == nil,
      let plan = LabCore.services(of: network, prefix: prefix, in: lab)?.dhcp
    else { return nil }
    let first = min(plan.server ?? plan.pool.first, plan.pool.first)
    return AddressRange(from: first, through: plan.pool.last)
  }

  static func free(
    in unused: inout UnusedNumbers, for network: Int, length: Int
  ) -> IPv4Prefix? {
    unused.ipv4Prefix(for: network, length: length)
  }
}

extension IPv6Address: DocumentFamily {
  static var gatewayKey: String { "gateway6" }
  static var addressKey: String { "address6" }

  static func prefix(_ prefix: AnyPrefix) -> IPv6Prefix? {
    guard case .ipv6(let prefix) = prefix else { return nil }
    return prefix
  }

  static func lanPrefix(_ survey: LabSurvey) -> IPv6Prefix? { survey.lanPrefixes.ipv6 }
  static func prefix(_ network: Network) -> IPv6Prefix? { network.ipv6 }
  static func gateway(_ network: Network) -> IPv6Address? { network.gateway6 }
  static func address(_ adapter: Adapter) -> IPv6Address? { adapter.address6 }
  static func prefix(_ network: HostShare.SharedNetwork) -> IPv6Prefix? { network.ipv6 }
  static func address(_ adapter: HostShare.BridgedAdapter) -> IPv6Address? { adapter.address6 }

  static func hostAddress(_ network: Network) -> IPv6Address? { nil }
  static func secondary(_ adapter: Adapter) -> [IPv6Address] { [] }

  /// No mode has a DHCPv6 server.
  static func dhcp(
    _ network: Network
  ) -> (server: IPv6Address?, first: IPv6Address?, last: IPv6Address?)? { nil }

  static func services(
    of network: Network, in prefix: IPv6Prefix, _ lab: Lab
  ) -> Set<IPv6Address> { [] }

  static func servedRange(
    of network: Network, in prefix: IPv6Prefix, _ lab: Lab
  ) -> AddressRange<IPv6Address>? { nil }

  static func free(
    in unused: inout UnusedNumbers, for network: Int, length: Int
  ) -> IPv6Prefix? {
    unused.ipv6Prefix(for: network, length: length)
  }
}
