/// What the same mode is on most products; the tables say only what differs.
extension ModeProfile {
  /// A libslirp of its own for every adapter: 10.0.2.0/24, router and alias of the host's loopback
  /// at .2, name server at .3, the guest at .15 (QEMU, `-netdev user`).
  static func slirp(
    variant: String? = nil, native: NativeName, forwards: ForwardReach = .nobody,
    evidence: Evidence
  ) -> ModeProfile {
    let first = IPv4Prefix(10, 0, 2, 0, length: 24)
    return ModeProfile(
      .nat, variant: variant, native: native,
      description: "Every adapter gets a private network of its own behind a router of its own.",
      summaryAlone: "NAT for every VM", segment: .adapter,
      router: .engine(
        EngineProfile(
          gateway: 2, loopback: LoopbackAlias(offset: 2, access: .open), servers: [3],
          reserved: [2, 3, 4], reserved6: [2, 3])),
      dhcp: .fixed(guest: 15),
      prefixes: PrefixProfile(.same(first), lengths: 0...27, spare: first.addresses),
      announcedIPv6: .fixed(
        IPv6Prefix(containing: IPv6Address(bits: 0xfec0 << 112), length: 64)),
      forwards: forwards, obeysPromiscuousPolicy: false, evidence: evidence)
  }

  /// A passt of its own for every adapter: its guest has the host's own address, and finds the host's
  /// loopback at the address of the LAN's router (passt(1)).
  static func passt(native: NativeName) -> ModeProfile {
    ModeProfile(
      .nat, variant: "passt", native: native,
      description: "Every VM has the host's own address, on a private network of its own.",
      summaryAlone: "NAT by passt for every VM",
      caveat: "A VM cannot dial the host's own address: it has the same one.",
      segment: .adapter,
      router: .engine(
        EngineProfile(
          gateway: 1, loopback: LoopbackAlias(offset: 1, access: .open), servers: [], reserved: [],
          reserved6: [], lendsHostAddress: true)),
      dhcp: .fixed(guest: 2), prefixes: .lan, forwards: .everybody, obeysPromiscuousPolicy: false)
  }

  /// A network whose VMs the host itself routes for; it translates where the gate says so.
  static func routedByHost(
    _ mode: NetworkMode, variant: String? = nil, native: NativeName, host: HostFoot = .at(1),
    dhcp: DHCPServerProfile, prefixes: PrefixProfile, gate: HostGate, gate6: HostGate? = nil,
    forwards: ForwardReach = .nobody, port: SwitchPort = .plain, limit: Int? = nil,
    evidence: Evidence = .measured
  ) -> ModeProfile {
    let isTranslated = gate.translation != .never
    return ModeProfile(
      mode, variant: variant, native: native,
      description: isTranslated
        ? "The VMs share one network with the host, which routes and translates for them."
        : "The VMs share one network with the host, which routes for them, addresses unchanged.",
      summaryAlone: isTranslated ? "One NAT network" : "One routed network",
      caveat: isTranslated
        ? nil : "The LAN needs a route to the network's prefix by way of the host.",
      segment: .network, host: host, router: .host, dhcp: .server(dhcp), prefixes: prefixes,
      forwards: forwards, obeysPromiscuousPolicy: false, gate: gate, gate6: gate6, port: port,
      limit: limit, evidence: evidence)
  }

  /// A NAT network behind a process of the host's, which has an address beside the host's own.
  static func translatedBySockets(
    native: NativeName, host: UInt32, gateway: UInt32, dhcp: DHCPServerProfile,
    prefixes: PrefixProfile
  ) -> ModeProfile {
    ModeProfile(
      .natNetwork, native: native,
      description: "The VMs share one network with the host, behind one router.",
      summaryAlone: "One NAT network", segment: .network, host: .at(host),
      router: .engine(
        EngineProfile(
          gateway: gateway, loopback: LoopbackAlias(offset: gateway, access: .never), servers: [],
          reserved: [gateway, host], reserved6: [gateway])),
      dhcp: .server(dhcp), prefixes: prefixes, forwards: .everybody,
      obeysPromiscuousPolicy: false, limit: 1, evidence: .documented)
  }

  /// A switch that the host joins, without a router.
  static func hostOnly(
    native: NativeName, host: HostFoot = .at(1), dhcp: DHCPServerProfile = .none,
    prefixes: PrefixProfile, switchSpace: SwitchSpace? = nil, gate: HostGate = .closed,
    needsAdministrator: Bool = false, evidence: Evidence = .documented
  ) -> ModeProfile {
    ModeProfile(
      .hostOnly, native: native,
      description: "The VMs share a switch that the host joins with an address of its own.",
      summaryAlone: "One host-only network", segment: .network, switchSpace: switchSpace,
      host: host, dhcp: .server(dhcp), prefixes: prefixes, obeysPromiscuousPolicy: false,
      needsAdministrator: needsAdministrator, gate: gate, evidence: evidence)
  }

  /// A switch with nothing on it but VMs.
  static func cutOff(
    native: NativeName, switchSpace: SwitchSpace? = nil,
    prefixes: PrefixProfile = .counting(from: IPv4Prefix(10, 10, 100, 0, length: 24)),
    evidence: Evidence = .documented
  ) -> ModeProfile {
    ModeProfile(
      .internal, native: native, description: "The VMs share a switch with nothing else on it.",
      summaryAlone: "One internal network", segment: .network, switchSpace: switchSpace,
      dhcp: .server(.none), prefixes: prefixes, obeysPromiscuousPolicy: false, evidence: evidence)
  }

  /// A place on the LAN.
  static func onLAN(
    variant: String? = nil, native: NativeName, caveat: String? = nil, host: HostFoot = .uplink,
    port: SwitchPort = .plain, evidence: Evidence = .documented
  ) -> ModeProfile {
    ModeProfile(
      .bridged, variant: variant, native: native,
      description: "The VMs join the LAN of the host's uplink like machines of their own.",
      summaryAlone: "Every VM bridged to the LAN", caveat: caveat, segment: .uplink, host: host,
      router: .uplink, dhcp: .uplink, prefixes: .lan, obeysPromiscuousPolicy: false,
      needsAdministrator: true, gate: .open, port: port, evidence: evidence)
  }
}
