extension VirtualBox {
  /// Bridged: a filter on the uplink puts the VMs on the LAN.
  static let bridged = ModeProfile(
    .bridged, native: NativeName("Bridged Adapter", "--nic1=bridged"),
    description: "The VMs join the LAN of the host's uplink like machines of their own.",
    summaryAlone: "Every VM bridged to the LAN", segment: .uplink, host: .uplink,
    router: .uplink, dhcp: .uplink,
    prefixes: PrefixProfile(.uplink, spare: internalPool.addresses), needsAdministrator: true)
}
