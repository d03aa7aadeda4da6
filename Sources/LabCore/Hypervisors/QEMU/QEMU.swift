/// What QEMU does when it is started by hand.
///
/// Sources: measured with QEMU 7.2.22 and passt of 2023-03; QEMU's manual, "Network emulation".
enum QEMU {
  /// The first adapter of each VM gets one address, 52:54:00:12:34:56, where none is given.
  static let facts = ProductFacts(
    name: "QEMU", kind: .hosted, systems: [.linux, .macos, .windows],
    assumedVersion: HypervisorVersion(major: 7, minor: 2), hardware: .init(0x5254_0000_0000),
    models: ["e1000", "e1000e", "virtio-net-pci", "rtl8139"])

  static let modes: [ModeProfile] = [
    .slirp(
      variant: "slirp", native: NativeName("user networking", "-netdev user"),
      forwards: .everybody, evidence: .measured),
    .passt(native: NativeName("user networking by passt", "-netdev stream,… and passt")),
    .onLAN(native: NativeName("tap in a bridge", "-netdev tap,… with the uplink in the bridge")),
    .cutOff(
      native: NativeName("socket network", "-netdev socket,mcast=230.0.0.1:1234"),
      evidence: .measured),
    .hostOnly(
      native: NativeName("tap in a bridge of its own", "-netdev tap,… and ip address add"),
      prefixes: .counting(from: IPv4Prefix(192, 168, 160, 0, length: 24)),
      needsAdministrator: true),
  ]
}
