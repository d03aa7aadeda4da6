extension VirtualBox {
  /// A host-only adapter: a switch with an interface of the host.
  static let hostOnlyAdapter = ModeProfile(
    .hostOnly, native: NativeName("Host-only Adapter", "--nic1=hostonly"),
    description: hostOnlyDescription, summaryAlone: hostOnlySummary, segment: .network,
    switchSpace: SwitchSpace(name: hostOnlySwitches, isOwner: false), host: .at(1),
    dhcp: .server(
      DHCPServerProfile(
        habit: .onlyOn(factoryHostOnlyPrefix),
        usual: DHCPServerProfile.Layout(server: .at(100), first: 101, last: .at(254)),
        other: DHCPServerProfile.Layout(server: .at(2), first: 3, last: .lastHost))),
    prefixes: hostOnlyPrefixes, needsAdministrator: true)

  /// A host-only network of macOS: the lowest address is the host's, and macOS itself hands out what
  /// comes after it, without reservations (manual section 6.7; hostonlynet's defaults; Apple,
  /// `vmnet_start_address_key`).
  static let vmnetNetwork = ModeProfile(
    .hostOnly, native: NativeName("Host-only Network", "--nic1=hostonlynet"),
    description: hostOnlyDescription, summaryAlone: hostOnlySummary,
    caveat: "On macOS, VirtualBox 7 has host-only networks in the place of host-only adapters.",
    segment: .network, switchSpace: SwitchSpace(name: hostOnlySwitches, isOwner: false),
    host: .first,
    dhcp: .server(
      DHCPServerProfile(
        habit: .always,
        usual: DHCPServerProfile.Layout(server: .host, first: 2, last: .at(199)),
        other: DHCPServerProfile.Layout(server: .host, first: 2, last: .threeQuarters),
        hasReservations: false)),
    prefixes: hostOnlyPrefixes, obeysPromiscuousPolicy: false, needsAdministrator: true)

  private static let hostOnlyDescription =
    "The VMs share a switch that the host joins with an address of its own."
  private static let hostOnlySummary = "One host-only network"

  /// The prefixes that host-only networks may have on Linux, macOS and Solaris since 6.1.28, unless
  /// `/etc/vbox/networks.conf` allows more.
  static let hostOnlyPool = IPv4Prefix(192, 168, 56, 0, length: 21)
  /// The prefix of `vboxnet0`, the only host-only network that ships with a DHCP server.
  static let factoryHostOnlyPrefix = IPv4Prefix(192, 168, 56, 0, length: 24)

  /// What is outside of the first pool VirtualBox refuses; it comes only when that is full.
  private static let hostOnlyPrefixes = PrefixProfile(
    .pools(
      [
        [hostOnlyPool.addresses],
        [
          AddressRange(from: IPv4Address(192, 168, 64, 0), through: IPv4Address(192, 168, 255, 255))
        ],
      ] + overflowPools), spare: hostOnlyPool.addresses)
}
