extension VirtualBox {
  /// An internal network: a switch with VMs and nothing else, with a DHCP server only where someone
  /// asks for it.
  static let internalNetwork = ModeProfile(
    .internal, native: NativeName("Internal Network", "--nic1=intnet"),
    description: "The VMs share a switch with nothing else on it.",
    summaryAlone: "One internal network", segment: .network,
    switchSpace: SwitchSpace(name: internalSwitches, isOwner: false),
    dhcp: .server(
      DHCPServerProfile(
        habit: .never,
        usual: DHCPServerProfile.Layout(server: .at(2), first: 3, last: .lastHost))),
    prefixes: PrefixProfile(
      .pools(
        [
          [internalPool.addresses],
          [AddressRange(from: IPv4Address(10, 11, 0, 0), through: IPv4Address(10, 127, 255, 255))],
        ] + overflowPools), spare: internalPool.addresses))

  /// VirtualBox gives internal networks no prefix; the planner takes theirs from here.
  static let internalPool = IPv4Prefix(10, 10, 0, 0, length: 16)
}
