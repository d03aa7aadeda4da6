/// The machine that runs the hypervisor.
public struct Host: Hashable, Sendable {
  /// The host's operating system.
  public enum OperatingSystem: String, CaseIterable, Hashable, Sendable {
    case linux, windows, macos
    /// The system is the hypervisor.
    case esxi
    case xcpNG = "xcp-ng"
  }

  /// Labs with the same host name share that host; `host` where the document names none.
  public let name: DNSLabel?
  /// Its operating system; the first that the product runs on where the document names none.
  public let operatingSystem: OperatingSystem
  /// Whether the LAN leads to the internet.
  public let hasInternet: Bool
  /// Whether the host routes between its networks, because the document says so or because the
  /// product switches it on for one of the lab's networks.
  public let forwards: Bool
  /// Whether what the host forwards out of its uplink leaves with the host's own address.
  public let masquerades: Bool
  /// The host's static routes.
  public let routes: [Route]
  /// The LAN that bridged adapters join.
  public let uplink: Uplink
  /// Prefixes behind routers of the LAN; where there are none, nor is there an endpoint `site`.
  public let siteRoutes: [Route]
  /// What the LAN's router lets in from the internet.
  public let lanForwards: [DestinationForward]
  /// Prefixes to which the host has routes that lead away, for VPNs and containers.
  public let occupied: [AnyPrefix]
}

/// The LAN that the host and bridged adapters are on.
///
/// Every part may be unknown; reach is predicted all the same.
public struct Uplink: Hashable, Sendable {
  /// What joins the host to the LAN.
  public enum Kind: String, CaseIterable, Hashable, Sendable {
    case wired, wireless
  }

  /// The host's name for the interface, such as `eth0`.
  public var interface: String?
  /// Wired where the document says nothing.
  public var kind: Kind?
  /// The host's own address there.
  public var ipv4: InterfaceAddress<IPv4Address>?
  /// The host's own IPv6 address there.
  public var ipv6: InterfaceAddress<IPv6Address>?
  /// The LAN's router.
  public var gateway: IPv4Address?
  /// The LAN's IPv6 router.
  public var gateway6: IPv6Address?
  /// What the LAN's DHCP server hands out.
  public var dhcp: AddressRange<IPv4Address>?
  /// Whether the access point keeps its wireless stations apart.
  public var clientIsolation: Bool?
  /// Prefixes behind routers of the LAN, as the document writes them.
  public var routes: [RouteDraft]
  /// What the LAN's router lets in from the internet, as the document writes it.
  public var forwards: [DestinationForwardDraft]
  /// The LAN's other VLANs.
  public var vlans: [UplinkVLAN]

  /// An uplink of which nothing is known but what is given.
  public init(
    interface: String? = nil, kind: Kind? = nil,
    ipv4: InterfaceAddress<IPv4Address>? = nil, ipv6: InterfaceAddress<IPv6Address>? = nil,
    gateway: IPv4Address? = nil, gateway6: IPv6Address? = nil,
    dhcp: AddressRange<IPv4Address>? = nil, clientIsolation: Bool? = nil,
    routes: [RouteDraft] = [], forwards: [DestinationForwardDraft] = [],
    vlans: [UplinkVLAN] = []
  ) {
    self.interface = interface
    self.kind = kind
    self.ipv4 = ipv4
    self.ipv6 = ipv6
    self.gateway = gateway
    self.gateway6 = gateway6
    self.dhcp = dhcp
    self.clientIsolation = clientIsolation
    self.routes = routes
    self.forwards = forwards
    self.vlans = vlans
  }
}
