/// The parts of a lab that differ by family, read the same way for both.
protocol FabricFamily: IPAddress {
  static var standInPrefixes: [Prefix<Self>] { get }
  /// A small prefix that no lab uses, by number.
  static func standInLink(_ number: Int) -> Prefix<Self>
  /// How long a link's prefix is where nothing else is known of it.
  static var usualLength: Int { get }
  /// An IPv4 address, in the family of IPv4.
  init?(ofFamily address: IPv4Address)
  static func assignment(_ plan: AdapterPlan) -> Assignment<Self>?
  static func addresses(_ plan: NetworkPlan) -> NetworkAddresses<Self>?
  static func uplink(_ uplink: Uplink) -> InterfaceAddress<Self>?
  static func uplinkGateway(_ uplink: Uplink) -> Self?
  static func uplinkPool(_ uplink: Uplink) -> AddressRange<Self>?
  static func gateway(_ machine: VirtualMachine) -> Self?
  static func route(_ route: Route) -> (to: Prefix<Self>, via: Self)?
  /// A prefix of this family; nil for one of the other.
  static func prefix(_ prefix: AnyPrefix) -> Prefix<Self>?
  static func natLink(
    _ network: Network, prefix: Prefix<Self>?, slot: Int, in lab: Lab
  ) -> NATLink<Self>?
  static func hostAddress(_ forward: PortForward) -> Self?
  var ofEitherFamily: AnyAddress { get }
  static func ofEitherFamily(_ prefix: Prefix<Self>) -> AnyPrefix
  /// Whether the LAN is there without the document saying so.
  static var isOnEveryLAN: Bool { get }
  /// Whether the LAN's router hides the LAN behind an address of its own.
  static var isTranslatedByLANRouter: Bool { get }
}

/// The private link between a NAT router and its guests.
struct NATLink<Address: IPAddress> {
  let prefix: Prefix<Address>
  let gateway: Address
  let hostLoopback: Address?
  /// Answered for, but leading nowhere: the DNS proxy, the DHCP server.
  let servers: [Address]
}

extension IPv4Address: FabricFamily {
  var ofEitherFamily: AnyAddress { .ipv4(self) }
  static func ofEitherFamily(_ prefix: IPv4Prefix) -> AnyPrefix { .ipv4(prefix) }
  static var standInPrefixes: [IPv4Prefix] { StandInPrefixes.ipv4 }
  static var usualLength: Int { 24 }

  /// Of the space for carriers (RFC 6598).
  static func standInLink(_ number: Int) -> IPv4Prefix {
    IPv4Prefix(100, 64 + UInt32(number % 64), 0, 0, length: 16)
  }

  init?(ofFamily address: IPv4Address) { self = address }

  static var isOnEveryLAN: Bool { true }
  static var isTranslatedByLANRouter: Bool { true }

  static func assignment(_ plan: AdapterPlan) -> Assignment<IPv4Address>? { plan.ipv4 }
  static func addresses(_ plan: NetworkPlan) -> NetworkAddresses<IPv4Address>? { plan.ipv4 }
  static func uplink(_ uplink: Uplink) -> InterfaceAddress<IPv4Address>? { uplink.ipv4 }
  static func uplinkGateway(_ uplink: Uplink) -> IPv4Address? { uplink.gateway }
  static func uplinkPool(_ uplink: Uplink) -> AddressRange<IPv4Address>? { uplink.dhcp }
  static func gateway(_ machine: VirtualMachine) -> IPv4Address? { machine.gateway }
  static func hostAddress(_ forward: PortForward) -> IPv4Address? { forward.hostAddress }

  static func route(_ route: Route) -> (to: IPv4Prefix, via: IPv4Address)? {
    guard case .ipv4(let prefix, let router) = route else { return nil }
    return (prefix, router)
  }

  static func natLink(
    _ network: Network, prefix: IPv4Prefix?, slot: Int, in lab: Lab
  ) -> NATLink<IPv4Address>? {
    guard let engine = network.profile.router.engine,
      let prefix = network.prefix(ofAdapterIn: slot) ?? prefix,
      let gateway = prefix.address(at: engine.gateway)
    else { return nil }
    return NATLink(
      prefix: prefix, gateway: gateway,
      hostLoopback: network.reachesHostLoopback
        ? prefix.address(at: engine.loopback.offset) : nil,
      servers: engine.servers.compactMap { prefix.address(at: $0) })
  }
}

extension IPv6Address: FabricFamily {
  var ofEitherFamily: AnyAddress { .ipv6(self) }
  static func ofEitherFamily(_ prefix: IPv6Prefix) -> AnyPrefix { .ipv6(prefix) }
  static var standInPrefixes: [IPv6Prefix] { StandInPrefixes.ipv6 }
  static var usualLength: Int { 64 }

  /// Of the space for documentation (RFC 3849).
  static func standInLink(_ number: Int) -> IPv6Prefix {
    let bits = 0x2001_0db8_fffd << 80 | UInt128(truncatingIfNeeded: number & 0xffff) << 64
    return IPv6Prefix(containing: IPv6Address(bits: bits), length: 64)
  }

  init?(ofFamily address: IPv4Address) { nil }

  static var isOnEveryLAN: Bool { false }
  static var isTranslatedByLANRouter: Bool { false }

  static func assignment(_ plan: AdapterPlan) -> Assignment<IPv6Address>? { plan.ipv6 }
  static func addresses(_ plan: NetworkPlan) -> NetworkAddresses<IPv6Address>? { plan.ipv6 }
  static func uplink(_ uplink: Uplink) -> InterfaceAddress<IPv6Address>? { uplink.ipv6 }
  static func uplinkGateway(_ uplink: Uplink) -> IPv6Address? { uplink.gateway6 }
  static func uplinkPool(_ uplink: Uplink) -> AddressRange<IPv6Address>? { nil }
  static func gateway(_ machine: VirtualMachine) -> IPv6Address? { machine.gateway6 }

  /// A forward's host address is IPv4: NAT forwards IPv4 only (VirtualBox 7.1, DrvNAT).
  static func hostAddress(_ forward: PortForward) -> IPv6Address? { nil }

  static func route(_ route: Route) -> (to: IPv6Prefix, via: IPv6Address)? {
    guard case .ipv6(let prefix, let router) = route else { return nil }
    return (prefix, router)
  }

  static func natLink(
    _ network: Network, prefix: IPv6Prefix?, slot: Int, in lab: Lab
  ) -> NATLink<IPv6Address>? {
    guard let engine = network.profile.router.engine,
      let link = ipv6Link(of: network, slot: slot, in: lab), let gateway = link.gateway
    else { return nil }
    return NATLink(
      prefix: link.prefix, gateway: gateway,
      hostLoopback: network.reachesHostLoopback ? link.host : nil,
      servers: engine.servers.compactMap { link.prefix.address(at: $0) })
  }
}
