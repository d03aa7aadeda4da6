/// What libvirt does with KVM guests.
///
/// Sources: measured with libvirt 9.0.0 and QEMU 7.2.22; docs/formatnetwork.rst, docs/firewall.rst,
/// src/network/network_iptables.c, src/network/bridge_driver_linux.c; passt(1) of 2023-03.
enum Libvirt {
  static let facts = ProductFacts(
    name: "libvirt", kind: .bareMetal, systems: [.linux],
    assumedVersion: HypervisorVersion(major: 9, minor: 0), hardware: .init(0x5254_0000_0000),
    models: ["virtio", "e1000", "e1000e", "rtl8139", "vmxnet3"], hasVLANs: true,
    forwarding: .asNeeded, gatekeeper: "libvirt's firewall")

  static let modes: [ModeProfile] = [
    .slirp(
      variant: "slirp", native: NativeName("user network", "<interface type='user'/>"),
      evidence: .measured),
    .passt(
      native: NativeName(
        "user network by passt", "<interface type='user'><backend type='passt'/></interface>")),
    natNetwork, bridged, macvtap("bridge", isIsolated: false),
    macvtap("private", isIsolated: true), macvtap("vepa", isIsolated: true),
    .cutOff(
      native: NativeName("very isolated network", "no <forward>, no <ip>"), evidence: .measured),
    .hostOnly(
      native: NativeName("isolated network", "no <forward>, <ip address=…>"), dhcp: dnsmasq,
      prefixes: .counting(from: IPv4Prefix(192, 168, 160, 0, length: 24)), evidence: .measured),
    routed("route"), routed("open"),
  ]

  /// New connections leave, and only their answers come back. IPv6 is let in as well, and leaves
  /// untranslated, unless the network asks for NAT of IPv6.
  private static let natNetwork = ModeProfile.routedByHost(
    .natNetwork, native: NativeName("NAT", "<forward mode='nat'/>"), dhcp: dnsmasq,
    prefixes: .counting(from: IPv4Prefix(192, 168, 122, 0, length: 24)),
    gate: HostGate(letsOut: true, inward: .replies, translation: .always), gate6: .open)

  private static func routed(_ form: String) -> ModeProfile {
    .routedByHost(
      .routed, variant: form,
      native: NativeName(
        form == "open" ? "routed, without rules" : "routed", "<forward mode='\(form)'/>"),
      dhcp: dnsmasq, prefixes: .counting(from: IPv4Prefix(192, 168, 140, 0, length: 24)),
      gate: .open)
  }

  private static let bridged = ModeProfile.onLAN(
    variant: "bridge", native: NativeName("bridge", "<forward mode='bridge'/><bridge name='br0'/>"),
    evidence: .measured)

  /// A macvtap device gives the frames of its guest to the wire alone, never to the host.
  private static func macvtap(_ mode: String, isIsolated: Bool) -> ModeProfile {
    .onLAN(
      variant: "macvtap-\(mode)",
      native: NativeName(
        "macvtap, \(mode)", "<interface type='direct'><source dev='eth0' mode='\(mode)'/>"),
      caveat: "The host and these VMs do not reach each other.", host: .absent,
      port: SwitchPort(missesHost: true, isIsolated: isIsolated), evidence: .measured)
  }

  /// dnsmasq at the host's address; it pins addresses, live too.
  private static let dnsmasq = DHCPServerProfile(
    habit: .always, usual: .init(server: .host, first: 2, last: .lastHost))
}
