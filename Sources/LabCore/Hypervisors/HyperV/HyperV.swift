/// What Hyper-V does on Windows 10, 11 and Server.
///
/// Sources: Virtualization-Documentation (setup-nat-network), windowsserverdocs
/// (plan-hyper-v-networking, Create-a-virtual-switch); KB2804678; microsoft/WSL#4288, #6433.
enum HyperV {
  static let facts = ProductFacts(
    name: "Hyper-V", kind: .bareMetal, systems: [.windows],
    assumedVersion: HypervisorVersion(major: 2022),
    hardware: .init(0x0015_5d00_0000, refusesOthers: true), maximumAdapters: 8,
    models: ["synthetic", "legacy"], hasVLANs: true, learning: .refuses, gatekeeper: "Windows",
    foreignFrames: "switch MacAddressSpoofing on for the adapter (Set-VMNetworkAdapter)")

  static let modes: [ModeProfile] = [
    natNetwork(
      "default-switch", NativeName("Default Switch", "-SwitchName 'Default Switch'"), ics,
      PrefixProfile(.unknown, spare: IPv4Prefix(172, 16, 0, 0, length: 12).addresses), .nobody),
    natNetwork(
      "netnat", NativeName("Internal switch with NetNat", "New-NetNat"), .none,
      .counting(from: IPv4Prefix(192, 168, 100, 0, length: 24)), .lan),
    .onLAN(
      native: NativeName("External", "New-VMSwitch -NetAdapterName"),
      caveat: "Without AllowManagementOS the host is not on it."),
    .cutOff(
      native: NativeName("Private", "New-VMSwitch -SwitchType Private"),
      switchSpace: SwitchSpace(name: "private", isOwner: false)),
    .hostOnly(
      native: NativeName("Internal", "New-VMSwitch -SwitchType Internal"),
      prefixes: .counting(from: IPv4Prefix(192, 168, 160, 0, length: 24)),
      switchSpace: SwitchSpace(name: "internal", isOwner: false)),
    .routedByHost(
      .routed,
      native: NativeName(
        "Internal switch with forwarding", "Set-NetIPInterface -Forwarding Enabled"),
      dhcp: .none, prefixes: .counting(from: IPv4Prefix(192, 168, 140, 0, length: 24)),
      gate: .open, evidence: .documented),
  ]

  private static func natNetwork(
    _ variant: String, _ native: NativeName, _ dhcp: DHCPServerProfile, _ prefixes: PrefixProfile,
    _ forwards: ForwardReach
  ) -> ModeProfile {
    .routedByHost(
      .natNetwork, variant: variant, native: native, dhcp: dhcp, prefixes: prefixes,
      gate: HostGate(letsOut: true, inward: .replies, translation: .uplink), forwards: forwards,
      limit: 1, evidence: .documented)
  }

  /// Internet Connection Sharing hands out addresses of a prefix that changes from boot to boot.
  private static let ics = DHCPServerProfile(
    habit: .always, usual: .init(server: .host, first: 2, last: .lastHost), hasReservations: false)
}
