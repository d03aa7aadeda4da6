/// What UTM does on a Mac, with QEMU or with Apple's virtualization.
///
/// Sources: utmapp/UTM e4a4c34b (UTMQemuConfiguration+Arguments.swift); UTM#2725, #4448, #6568,
/// #7865; Apple, vmnet.
enum UTM {
  static let facts = ProductFacts(
    name: "UTM", kind: .hosted, systems: [.macos],
    assumedVersion: HypervisorVersion(major: 4, minor: 7), hardware: .init(0x0200_0000_0000),
    models: ["e1000", "virtio-net-pci"], gatekeeper: "macOS")

  static let modes: [ModeProfile] = [
    .slirp(
      native: NativeName("Emulated VLAN", "-netdev user"), forwards: .everybody,
      evidence: .documented),
    shared("qemu", NativeName("Shared Network", "-netdev vmnet-shared"), .plain),
    shared(
      "apple", NativeName("Shared Network (Apple)", "VZNATNetworkDeviceAttachment"),
      SwitchPort(missesHost: false, isIsolated: true)),
    .onLAN(native: NativeName("Bridged", "-netdev vmnet-bridged,ifname=en0")),
    .hostOnly(
      native: NativeName("Host Only", "-netdev vmnet-host"), host: .first, dhcp: macOS,
      prefixes: .counting(from: IPv4Prefix(192, 168, 128, 0, length: 24))),
  ]

  private static func shared(
    _ variant: String, _ native: NativeName, _ port: SwitchPort
  ) -> ModeProfile {
    .routedByHost(
      .natNetwork, variant: variant, native: native, dhcp: macOS,
      prefixes: .counting(from: IPv4Prefix(192, 168, 64, 0, length: 24)),
      gate: HostGate(letsOut: true, inward: .replies, translation: .uplink), port: port, limit: 1,
      evidence: .documented)
  }

  /// macOS's own server; it pins nothing, so that the upper part is left to static addresses
  /// (`end-address` of `-netdev vmnet-shared`).
  private static let macOS = DHCPServerProfile(
    habit: .always, usual: .init(server: .host, first: 2, last: .at(199)),
    other: .init(server: .host, first: 2, last: .threeQuarters), hasReservations: false)
}
