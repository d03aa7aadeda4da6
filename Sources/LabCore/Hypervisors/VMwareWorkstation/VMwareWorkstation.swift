/// What VMware Workstation, Player and Fusion do.
///
/// Sources: manuals of Workstation 5.5, 7 and 10; copies of nat.conf and vmnetdhcp.conf.
enum VMwareWorkstation {
  static let facts = ProductFacts(
    name: "VMware Workstation", kind: .hosted, systems: [.linux, .windows, .macos],
    assumedVersion: HypervisorVersion(major: 17),
    hardware: .init(0x000c_2900_0000, refusesOthers: true), maximumAdapters: 10,
    models: ["e1000e", "e1000", "vmxnet3"])

  static let modes: [ModeProfile] = [
    .translatedBySockets(
      native: NativeName("NAT (VMnet8)", "ethernet0.connectionType = \"nat\""), host: 1, gateway: 2,
      dhcp: vmnetDHCP,
      prefixes: .counting(from: IPv4Prefix(192, 168, 100, 0, length: 24))),
    .onLAN(native: NativeName("Bridged (VMnet0)", "ethernet0.connectionType = \"bridged\"")),
    .cutOff(native: NativeName("LAN segment", "ethernet0.connectionType = \"pvn\"")),
    .hostOnly(
      native: NativeName("Host-only (VMnet1)", "ethernet0.connectionType = \"hostonly\""),
      dhcp: vmnetDHCP,
      prefixes: .counting(from: IPv4Prefix(192, 168, 120, 0, length: 24))),
  ]

  /// The upper half of a /24, whose last address is the server's own.
  private static let vmnetDHCP = DHCPServerProfile(
    habit: .always, usual: .init(server: .at(254), first: 128, last: .at(253)),
    other: .init(server: .at(3), first: 4, last: .lastHost))
}
