/// What other labs of the same host have in use.
public struct NeighbouringLabs: Hashable, Sendable {
  /// The prefixes of their networks.
  public var prefixes: [IPv4Prefix]
  /// The hardware addresses of their adapters.
  public var hardwareAddresses: Set<MACAddress>

  /// What is known of them; nothing by default.
  public init(prefixes: [IPv4Prefix] = [], hardwareAddresses: Set<MACAddress> = []) {
    self.prefixes = prefixes
    self.hardwareAddresses = hardwareAddresses
  }

  /// Adds what a planned lab uses: every prefix that the host or a switch of it carries, and every
  /// hardware address.
  ///
  /// Prefixes of bridged networks are the LAN's, which the lab's own uplink speaks for, and those
  /// of NAT are private to an adapter.
  public mutating func insert(_ lab: Lab, plan: AddressPlan) {
    for (network, planned) in zip(lab.networks, plan.networks)
    where network.profile.prefixes.isPlanned {
      if let prefix = planned.ipv4?.prefix { prefixes.append(prefix) }
    }
    hardwareAddresses.formUnion(plan.adapters.joined().map(\.mac))
  }
}
