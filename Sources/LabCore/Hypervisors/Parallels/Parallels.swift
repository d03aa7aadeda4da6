/// What Parallels Desktop does.
///
/// Sources: user guides of Parallels Desktop 4 to 7; the console guide of Parallels Server.
enum Parallels {
  static let facts = ProductFacts(
    name: "Parallels Desktop", kind: .hosted, systems: [.macos],
    assumedVersion: HypervisorVersion(major: 20), hardware: .init(0x001c_4200_0000),
    models: ["e1000", "virtio"], gatekeeper: "macOS")

  static let modes: [ModeProfile] = [
    .translatedBySockets(
      native: NativeName("Shared", "prlctl set … --device-set net0 --type shared"), host: 2,
      gateway: 1, dhcp: server,
      prefixes: .counting(from: IPv4Prefix(10, 211, 55, 0, length: 24))),
    .onLAN(native: NativeName("Bridged", "prlctl set … --device-set net0 --type bridged")),
    .hostOnly(
      native: NativeName("Host-only", "prlctl set … --device-set net0 --type host-only"),
      host: .at(2), dhcp: server,
      prefixes: .counting(from: IPv4Prefix(10, 37, 129, 0, length: 24))),
  ]

  private static let server = DHCPServerProfile(
    habit: .always, usual: .init(server: .at(1), first: 3, last: .lastHost))
}
