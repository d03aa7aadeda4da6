/// Which address every adapter of a lab has, and why.
public struct AddressPlan: Hashable, Sendable {
  /// By index in `Lab.networks`.
  public let networks: [NetworkPlan]
  /// By index in `Lab.machines`, then in the machine's `adapters`.
  public let adapters: [[AdapterPlan]]
}

/// What a network's prefixes look like.
public struct NetworkPlan: Hashable, Sendable {
  /// Nil on NAT without a prefix of its own, where each adapter has a private network, and on
  /// bridged networks of an unknown LAN.
  public let ipv4: NetworkAddresses<IPv4Address>?
  /// Nil where the network has no IPv6.
  public let ipv6: NetworkAddresses<IPv6Address>?
}

/// The addresses of a network that are no adapter's.
public struct NetworkAddresses<Address: IPAddress>: Hashable, Sendable {
  /// What is on the link.
  public let prefix: Prefix<Address>
  /// The default router that the network's VMs are given.
  public let gateway: Address?
  /// The host's own address there, or the alias of its loopback.
  public let host: Address?
  /// Nil where no DHCP server answers, or where it is the LAN's and unknown.
  public let dhcp: DHCPPlan<Address>?
  /// How many addresses the planner could still give away.
  public let free: UInt128
}

/// A network's DHCP server.
public struct DHCPPlan<Address: IPAddress>: Hashable, Sendable {
  /// Nil where it is the LAN's, whose address is not known.
  public let server: Address?
  /// What it hands out.
  public let pool: AddressRange<Address>
}

/// What an adapter is called on its segment.
public struct AdapterPlan: Hashable, Sendable {
  /// Given by the document or derived.
  public let mac: MACAddress
  /// Its IPv4 address.
  public let ipv4: Assignment<IPv4Address>
  /// Its IPv6 address; nil where the network has no IPv6.
  public let ipv6: Assignment<IPv6Address>?
}

/// An adapter's address, where it comes from, or why there is none.
public struct Assignment<Address: IPAddress>: Hashable, Sendable {
  /// Nil where the planner cannot know it; `source` and `reason` say why.
  public let address: Address?
  /// Nil where the link is not known.
  public let prefixLength: Int?
  /// The default router that the adapter offers its VM.
  public let gateway: Address?
  /// Who decided.
  public let source: AddressSource
  /// A sentence for a person, where the source alone does not explain it.
  public let reason: String?

  /// An assignment of the given parts.
  init(
    _ address: Address?, prefixLength: Int?, gateway: Address? = nil, source: AddressSource,
    reason: String? = nil
  ) {
    self.address = address
    self.prefixLength = prefixLength
    self.gateway = gateway
    self.source = source
    self.reason = reason
  }

  /// No address, and why.
  static func none(_ reason: String) -> Assignment {
    Assignment(nil, prefixLength: nil, source: .none, reason: reason)
  }
}

/// Who decided on an address.
public enum AddressSource: String, CaseIterable, Hashable, Sendable {
  /// The document says so.
  case `static`
  /// The planner chose it; it is to be configured in the guest.
  case planned
  /// The planner chose it inside the DHCP pool, to be pinned there by a reservation.
  case reserved
  /// NAT's own, fixed by the hypervisor.
  case engine
  /// The LAN's DHCP server decides.
  case lan
  /// The guest gives itself an address of 169.254.0.0/16 or fe80::/64.
  case linkLocal = "link-local"
  /// It has none.
  case none
}
