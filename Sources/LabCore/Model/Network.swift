/// A virtual network of a lab.
public struct Network: Hashable, Sendable {
  /// Unique in the lab.
  public let name: DNSLabel
  /// What the hypervisor makes of it.
  public let profile: ModeProfile
  /// What the hypervisor calls it; its own name where the document says nothing.
  ///
  /// Networks of one name and one namespace of switches are one switch (`SwitchSpace`).
  public let hypervisorName: String
  /// The prefix the document gives; the planner chooses one otherwise.
  public let ipv4: IPv4Prefix?
  /// The IPv6 prefix the document gives; without one the network has no IPv6 of its own.
  public let ipv6: IPv6Prefix?
  /// The default router that the document gives to the network's VMs: an address, or the static
  /// address of the VM that it names.
  public let gateway: IPv4Address?
  /// The VM that the document names as the router, by index in `Lab.machines`.
  public let gatewayMachine: Int?
  /// The same for IPv6.
  public let gateway6: IPv6Address?
  /// What the document says of a DHCP server; nil leaves it to the mode's habit.
  public let dhcp: DHCPRequest?
  /// The VM that serves DHCP in the place of the hypervisor, by index in `Lab.machines`: the one
  /// that the document names, or that has the server's address.
  public let dhcpMachine: Int?
  /// What the document says of the host's address there; nil leaves it to the mode's habit.
  public let hostAddress: HostAddress?
  /// How many hosts it is to have room for, where the document says so.
  public let size: Int?
  /// NAT only: whether guests reach the host's loopback at the router's address; nil leaves it to
  /// the hypervisor's version.
  public let localhostReachable: Bool?
  /// The VLAN of its switch that it is; nil for the untagged one.
  public let vlan: Int?
  /// Whether the LAN's router has a route to its prefix by way of the host.
  public let isAnnounced: Bool

  /// Whether its VMs are on the LAN that the host's own address is on.
  var isOnUntaggedLAN: Bool { profile.segment == .uplink && vlan == nil }

  /// The document's word for how the hypervisor attaches it.
  public var mode: NetworkMode { profile.mode }
}

/// What a document asks of a network's DHCP server.
public enum DHCPRequest: Hashable, Sendable {
  case off
  /// A server with the given parts, the others by the mode's habit.
  case on(server: IPv4Address?, first: IPv4Address?, last: IPv4Address?)
  /// A VM serves, and the hypervisor runs no server there. In a `Lab` only where the document fixes
  /// no address for the VM on the network.
  case served(by: DNSLabel, first: IPv4Address?, last: IPv4Address?)

  /// A server with everything by the mode's habit.
  public static let standard = DHCPRequest.on(server: nil, first: nil, last: nil)

  /// The VM that the document names as the server.
  var machine: DNSLabel? {
    if case .served(let machine, _, _) = self { machine } else { nil }
  }

  /// What the document says of a server; nil where it wants none.
  var parts: (server: IPv4Address?, first: IPv4Address?, last: IPv4Address?)? {
    switch self {
    case .off: nil
    case .on(let server, let first, let last): (server, first, last)
    case .served(_, let first, let last): (nil, first, last)
    }
  }
}

/// What a document says of the host's own address on a network.
public enum HostAddress: Hashable, Sendable {
  /// The host has none there.
  case absent
  case address(IPv4Address)
}
