/// The word by which a document says how the hypervisor attaches a network.
///
/// What it means is the product's to say: see `ModeProfile`.
public enum NetworkMode: String, CaseIterable, Hashable, Sendable {
  /// Every adapter gets a private router of its own.
  case nat
  /// VMs share one network behind one router run by the hypervisor.
  case natNetwork = "nat-network"
  /// VMs join the LAN of the host's uplink.
  case bridged
  /// A switch with nothing on it but VMs.
  case `internal`
  /// A switch that the host joins with an address of its own.
  case hostOnly = "host-only"
  /// A switch whose VMs the host routes for, addresses unchanged.
  case routed

  /// The mode as a person writes it in a sentence.
  public var displayName: String {
    switch self {
    case .nat: "NAT"
    case .natNetwork: "NAT network"
    case .bridged: "bridged"
    case .internal: "internal"
    case .hostOnly: "host-only"
    case .routed: "routed"
    }
  }

  /// One sentence for a person who knows none of the modes, of no product in particular.
  public var summary: String {
    switch self {
    case .nat: "Every adapter gets a private network of its own behind a router of its own."
    case .natNetwork: "The VMs share one network behind one router."
    case .bridged: "The VMs join the LAN of the host's uplink like machines of their own."
    case .internal: "The VMs share a switch with nothing else on it."
    case .hostOnly: "The VMs share a switch that the host joins with an address of its own."
    case .routed: "The VMs share one network with the host, which routes for them."
    }
  }

  /// What a person calls a network of the mode, without an article.
  public var noun: String {
    switch self {
    case .nat, .natNetwork: "NAT network"
    case .bridged: "bridged network"
    case .internal: "internal network"
    case .hostOnly: "host-only network"
    case .routed: "routed network"
    }
  }
}
