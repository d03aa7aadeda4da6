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

  /// The mode as a person writes it in a sentence.
  public var displayName: String {
    switch self {
    case .nat: "NAT"
    case .natNetwork: "NAT network"
    case .bridged: "bridged"
    case .internal: "internal"
    case .hostOnly: "host-only"
    }
  }

  /// What a person calls a network of the mode, without an article.
  public var noun: String {
    switch self {
    case .nat, .natNetwork: "NAT network"
    case .bridged: "bridged network"
    case .internal: "internal network"
    case .hostOnly: "host-only network"
    }
  }
}
