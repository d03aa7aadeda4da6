/// A virtual machine of a lab.
public struct VirtualMachine: Hashable, Sendable {
  /// What runs in it.
  public enum OperatingSystem: String, CaseIterable, Hashable, Sendable {
    case linux, windows, android, macos, bsd, other
  }

  /// Unique in the lab.
  public let name: DNSLabel
  /// `other` where the document says nothing.
  public let operatingSystem: OperatingSystem
  /// Groups it belongs to, for requirements.
  public let tags: [DNSLabel]
  /// Whether it routes between its adapters.
  public let forwards: Bool
  /// Its default router, when it is not its networks'.
  public let gateway: IPv4Address?
  /// The same for IPv6.
  public let gateway6: IPv6Address?
  /// Its static routes.
  public let routes: [Route]
  /// In slot order.
  public let adapters: [Adapter]
  /// What it lets in and through; nil where the document says nothing: everything.
  public let firewall: Firewall?
  /// Ports of its own that lead to others.
  public let portForwards: [DestinationForward]
  /// The disk it is a copy of: VMs of one label share a machine-id and a DHCP identity.
  public let copyOf: DNSLabel?
  /// Networks within it.
  public let inside: [InnerNetwork]

  /// Where in `adapters` the card in a slot stands.
  public func adapterIndex(inSlot slot: Int) -> Int? {
    adapters.firstIndex { $0.slot == slot }
  }
}

/// A static route: packets to `destination` go to `nextHop`. Both are of one family.
public enum Route: Hashable, Sendable {
  case ipv4(to: IPv4Prefix, via: IPv4Address)
  case ipv6(to: IPv6Prefix, via: IPv6Address)
}
