/// What Proxmox VE does with bridges of the host, its firewall off as installed.
///
/// Sources: the recipes of pve-docs e5010dc (pve-network, pvesdn, qm) measured with ifupdown2's
/// commands; pve-network ecf98c5 (SimplePlugin.pm, Dnsmasq.pm).
enum Proxmox {
  static let facts = ProductFacts(
    name: "Proxmox VE", kind: .bareMetal, systems: [.linux],
    assumedVersion: HypervisorVersion(major: 9), hardware: .init(0xbc24_1100_0000),
    maximumAdapters: 32, models: ["e1000", "virtio", "e1000e", "rtl8139", "vmxnet3"],
    hasVLANs: true, forwarding: .asNeeded)

  static let modes: [ModeProfile] = [
    .slirp(
      native: NativeName("NIC without a bridge", "net0: virtio (no bridge=)"),
      evidence: .documented),
    natNetwork(
      "masquerade",
      NativeName("vmbr with masquerading", "iptables -t nat … -o vmbr0 -j MASQUERADE"), .none),
    natNetwork(
      "sdn-simple-snat", NativeName("SDN simple zone with SNAT", "pvesh set … --snat 1"), ipam),
    .onLAN(native: NativeName("vmbr0", "bridge-ports eno1"), evidence: .measured),
    .cutOff(
      native: NativeName("vmbr without port and address", "bridge-ports none"),
      switchSpace: SwitchSpace(name: "vmbr", isOwner: false), evidence: .measured),
    .hostOnly(
      native: NativeName("vmbr with an address, without port", "address …, bridge-ports none"),
      prefixes: .counting(from: IPv4Prefix(10, 10, 50, 0, length: 24)), gate: .open,
      evidence: .measured),
    .routedByHost(
      .routed, native: NativeName("routed vmbr", "address …, ip_forward=1"), dhcp: .none,
      prefixes: .counting(from: IPv4Prefix(10, 10, 30, 0, length: 24)), gate: .open),
  ]

  /// What leaves by vmbr0 is translated; nothing keeps anybody out.
  private static func natNetwork(
    _ variant: String, _ native: NativeName, _ dhcp: DHCPServerProfile
  ) -> ModeProfile {
    .routedByHost(
      .natNetwork, variant: variant, native: native, dhcp: dhcp,
      prefixes: .counting(from: IPv4Prefix(10, 10, 10, 0, length: 24)),
      gate: HostGate(letsOut: true, inward: .open, translation: .uplink), gate6: .open,
      forwards: .lan)
  }

  /// dnsmasq of the SDN: it hands out what the IPAM reserved, and nothing else.
  private static let ipam = DHCPServerProfile(
    habit: .always, usual: .init(server: .host, first: 2, last: .lastHost))
}
