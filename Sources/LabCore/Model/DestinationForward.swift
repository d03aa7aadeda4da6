/// A port of a router that leads to a machine behind it: destination NAT.
///
/// Of a VM (`vms[].forwards`) or of the LAN's router (`host.uplink.forwards`).
public struct DestinationForwardDraft: Hashable, Sendable {
  /// The VM's slot at which it listens; every one where left out.
  public var slot: Int?
  /// `protocol`.
  public var transport: PortForward.Transport?
  /// The port at which the router listens.
  public var port: Int?
  /// `vm` of a VM's forward, `to` of the LAN's router's: where it leads.
  public var target: AddressReference?
  /// The target's port; the same as the router's where left out.
  public var targetPort: Int?

  /// A forward of the given parts.
  public init(
    slot: Int? = nil, transport: PortForward.Transport? = nil, port: Int?,
    target: AddressReference?, targetPort: Int? = nil
  ) {
    self.slot = slot
    self.transport = transport
    self.port = port
    self.target = target
    self.targetPort = targetPort
  }
}

/// A port of a router that leads to a machine behind it.
public struct DestinationForward: Hashable, Sendable {
  /// Where a forward leads.
  public enum Target: Hashable, Sendable {
    case address(IPv4Address)
    /// By index in `Lab.machines`.
    case machine(Int)
    case host
  }

  /// The index in the VM's `adapters` of the one at which it listens; nil for every one, and for
  /// the LAN's router.
  public let adapter: Int?
  /// TCP or UDP.
  public let transport: PortForward.Transport
  /// 1…65535.
  public let port: Int
  /// Where it leads.
  public let target: Target
  /// 1…65535.
  public let targetPort: Int
}
