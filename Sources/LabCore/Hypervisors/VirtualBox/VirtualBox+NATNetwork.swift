extension VirtualBox {
  /// A NAT network: one router with a DHCP server for all of its VMs.
  ///
  /// The alias for the host's loopback is the second address up to 7.1 (VBoxNetLwipNAT.cpp) and the
  /// router from 7.2 on (VBoxNetSlirpNAT.cpp).
  static func natNetwork(_ version: HypervisorVersion) -> ModeProfile {
    ModeProfile(
      .natNetwork, native: NativeName("NAT Network", "--nic1=natnetwork"),
      description: "The VMs share one network behind one router.",
      summaryAlone: "One NAT network", segment: .network,
      switchSpace: SwitchSpace(name: internalSwitches, isOwner: true),
      router: .engine(
        EngineProfile(
          gateway: 1,
          loopback: LoopbackAlias(offset: version.isAtLeast(7, 2) ? 1 : 2, access: .open),
          servers: [3], reserved: [1, 2, 3], reserved6: [1, 2, 3])),
      dhcp: .server(
        DHCPServerProfile(
          habit: .always,
          usual: DHCPServerProfile.Layout(server: .at(3), first: 4, last: .lastHost))),
      prefixes: PrefixProfile(
        .pools(natNetworkPools), lengths: 1...29, spare: natNetworkRange),
      forwards: .everybody)
  }

  /// The prefix of the first NAT network and what follows it.
  static let natNetworkRange = AddressRange(
    from: IPv4Address(10, 0, 2, 0), through: IPv4Address(10, 0, 255, 255))

  private static let natNetworkPools =
    [
      [natNetworkRange],
      [AddressRange(from: IPv4Address(10, 1, 0, 0), through: IPv4Address(10, 9, 255, 255))],
    ] + overflowPools
}
