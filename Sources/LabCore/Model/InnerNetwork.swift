/// One of a VM's `inside`: a network within it, of containers, pods or VPN clients.
public struct InnerNetworkDraft: Hashable, Sendable {
  /// `vms[].inside[].prefix`.
  public var prefix: AnyPrefix?
  /// `vms[].inside[].masquerade`.
  public var masquerade: Bool?

  /// A network of the given parts.
  public init(prefix: AnyPrefix?, masquerade: Bool? = nil) {
    self.prefix = prefix
    self.masquerade = masquerade
  }
}

/// A network within a VM, of containers, pods or VPN clients.
public struct InnerNetwork: Hashable, Sendable {
  /// What is in use there.
  public let prefix: AnyPrefix
  /// Whether what comes from there leaves with the VM's address.
  public let masquerades: Bool
}

/// One of an adapter's `secondary`.
public struct SecondaryAddressDraft: Hashable, Sendable {
  /// `vms[].adapters[].secondary[].address`.
  public var address: IPv4Address?
  /// `vms[].adapters[].secondary[].mac`.
  public var mac: MACAddress?

  /// An address of the given parts.
  public init(address: IPv4Address?, mac: MACAddress? = nil) {
    self.address = address
    self.mac = mac
  }
}

/// A further address of an adapter.
public struct SecondaryAddress: Hashable, Sendable {
  /// In the prefix of the adapter's network.
  public let address: IPv4Address
  /// The virtual hardware address that goes with it (VRRP, CARP); nil for the adapter's own.
  public let mac: MACAddress?
}
