internal import LabCore

/// What a lab and its plan say in one family of addresses.
protocol LabAddress: IPAddress {
  /// Whether a LAN of which the document says nothing has addresses of the family: of IPv4 surely,
  /// of IPv6 only where the document says so.
  static var isOnEveryLAN: Bool { get }
  /// The length of a prefix that a document leaves open.
  static var usualPrefixLength: Int { get }
  /// Prefixes that belong to nobody, to stand in for those the document leaves open.
  static var nobodysPrefixes: any Sequence<Prefix<Self>> { get }

  static func assignment(_ plan: AdapterPlan) -> Assignment<Self>?
  static func addresses(_ plan: NetworkPlan) -> NetworkAddresses<Self>?
  static func fixed(_ adapter: Adapter) -> Self?
  static func gateway(_ machine: VirtualMachine) -> Self?
  static func route(_ route: Route) -> (destination: Prefix<Self>, router: Self)?
  static func prefix(_ prefix: AnyPrefix) -> Prefix<Self>?
  static func hostAddress(_ uplink: Uplink) -> InterfaceAddress<Self>?
  static func gateway(_ uplink: Uplink) -> Self?
  static func pool(_ uplink: Uplink) -> AddressRange<Self>?
  /// The address that a guest gives itself where nobody gives it one, by a number of its own.
  static func linkLocal(_ number: Int) -> InterfaceAddress<Self>?

  var ofEitherFamily: AnyAddress { get }
  static func ofEitherFamily(_ prefix: Prefix<Self>) -> AnyPrefix
}

extension LabAddress {
  /// All addresses.
  static var everywhere: AnyPrefix {
    ofEitherFamily(Prefix(containing: Self(bits: 0), length: 0))
  }
}

extension IPv4Address: LabAddress {
  static var isOnEveryLAN: Bool { true }
  static var usualPrefixLength: Int { 24 }

  /// Those for documentation (RFC 5737) first, then those for benchmarks (RFC 2544).
  static var nobodysPrefixes: any Sequence<Prefix<IPv4Address>> {
    let documentation: [UInt32] = [0xc000_0200, 0xc633_6400, 0xcb00_7100]
    let benchmarks = (0..<512).map { UInt32(0xc612_0000) + UInt32($0) << 8 }
    return (documentation + benchmarks).lazy.map {
      Prefix(containing: IPv4Address(bits: $0), length: 24)
    }
  }

  static func assignment(_ plan: AdapterPlan) -> Assignment<IPv4Address>? { plan.ipv4 }
  static func addresses(_ plan: NetworkPlan) -> NetworkAddresses<IPv4Address>? { plan.ipv4 }
  static func fixed(_ adapter: Adapter) -> IPv4Address? { adapter.address }
  static func gateway(_ machine: VirtualMachine) -> IPv4Address? { machine.gateway }

  static func route(_ route: Route) -> (destination: Prefix<IPv4Address>, router: IPv4Address)? {
    guard case .ipv4(let destination, let router) = route else { return nil }
    return (destination, router)
  }

  static func prefix(_ prefix: AnyPrefix) -> Prefix<IPv4Address>? {
    guard case .ipv4(let prefix) = prefix else { return nil }
    return prefix
  }

  static func hostAddress(_ uplink: Uplink) -> InterfaceAddress<IPv4Address>? { uplink.ipv4 }
  static func gateway(_ uplink: Uplink) -> IPv4Address? { uplink.gateway }
  static func pool(_ uplink: Uplink) -> AddressRange<IPv4Address>? { uplink.dhcp }

  /// One of 169.254.1.0 to 169.254.254.255 (RFC 3927 section 2.1).
  static func linkLocal(_ number: Int) -> InterfaceAddress<IPv4Address>? {
    InterfaceAddress(
      address: IPv4Address(bits: 0xa9fe_0100 + UInt32(number % 65024)), prefixLength: 16)
  }

  var ofEitherFamily: AnyAddress { .ipv4(self) }
  static func ofEitherFamily(_ prefix: Prefix<IPv4Address>) -> AnyPrefix { .ipv4(prefix) }
}

extension IPv6Address: LabAddress {
  static var isOnEveryLAN: Bool { false }
  static var usualPrefixLength: Int { 64 }

  /// Those for documentation (RFC 3849).
  static var nobodysPrefixes: any Sequence<Prefix<IPv6Address>> {
    (0..<4096).lazy.map {
      Prefix(
        containing: IPv6Address(bits: UInt128(0x2001_0db8) << 96 | UInt128($0) << 64), length: 64)
    }
  }

  static func assignment(_ plan: AdapterPlan) -> Assignment<IPv6Address>? { plan.ipv6 }
  static func addresses(_ plan: NetworkPlan) -> NetworkAddresses<IPv6Address>? { plan.ipv6 }
  static func fixed(_ adapter: Adapter) -> IPv6Address? { adapter.address6 }
  static func gateway(_ machine: VirtualMachine) -> IPv6Address? { machine.gateway6 }

  static func route(_ route: Route) -> (destination: Prefix<IPv6Address>, router: IPv6Address)? {
    guard case .ipv6(let destination, let router) = route else { return nil }
    return (destination, router)
  }

  static func prefix(_ prefix: AnyPrefix) -> Prefix<IPv6Address>? {
    guard case .ipv6(let prefix) = prefix else { return nil }
    return prefix
  }

  static func hostAddress(_ uplink: Uplink) -> InterfaceAddress<IPv6Address>? { uplink.ipv6 }
  static func gateway(_ uplink: Uplink) -> IPv6Address? { uplink.gateway6 }
  static func pool(_ uplink: Uplink) -> AddressRange<IPv6Address>? { nil }
  /// The kernel gives every interface one, which no other machine's plan names.
  static func linkLocal(_ number: Int) -> InterfaceAddress<IPv6Address>? { nil }

  var ofEitherFamily: AnyAddress { .ipv6(self) }
  static func ofEitherFamily(_ prefix: Prefix<IPv6Address>) -> AnyPrefix { .ipv6(prefix) }
}
