/// What ESXi does: switches, and nothing that routes, translates or hands out addresses.
///
/// Sources: vSphere 8 networking guide; vim.host.PortGroup.Specification; vSphere 5.0 and 6.5
/// security guides for forged transmits.
enum ESXi {
  static let facts = ProductFacts(
    name: "ESXi", kind: .bareMetal, systems: [.esxi],
    assumedVersion: HypervisorVersion(major: 8, minor: 0),
    hardware: .init(0x0050_5600_0000, freeBits: 22, refusesOthers: true), maximumAdapters: 10,
    models: ["vmxnet3", "e1000e", "e1000", "pcnet32"], hasVLANs: true, forwarding: .never,
    learning: .byPolicy,
    recipe: "put a router VM between a bridged and an internal network: it routes, translates and "
      + "serves DHCP in the host's place",
    foreignFrames: "set promiscuous mode, MAC changes and forged transmits of the port group to "
      + "Accept, or use MAC learning of a distributed switch")

  static let modes: [ModeProfile] = [
    .onLAN(
      native: NativeName("port group on a vSwitch with an uplink", "govc host.portgroup.add"),
      caveat: "The host's own address counts in its own VLAN alone."),
    .cutOff(
      native: NativeName("vSwitch without an uplink", "govc host.vswitch.add"),
      switchSpace: SwitchSpace(name: "vSwitch", isOwner: false)),
    .hostOnly(
      native: NativeName(
        "vSwitch without an uplink, with a vmkernel adapter", "esxcli network ip interface add"),
      prefixes: .counting(from: IPv4Prefix(192, 168, 160, 0, length: 24))),
  ]
}
