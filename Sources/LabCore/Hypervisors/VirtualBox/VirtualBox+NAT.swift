extension VirtualBox {
  /// NAT: a libslirp of its own for every adapter.
  ///
  /// It is the slot that gives the prefix, not its position among the NAT adapters
  /// (ConsoleImplConfigCommon.cpp). The router is also the alias for the host's loopback: always up
  /// to 6.1, later only where it is switched on (NATEngineImpl.cpp, `--nat-localhostreachable`).
  static func nat(_ version: HypervisorVersion) -> ModeProfile {
    ModeProfile(
      .nat, native: NativeName("NAT", "--nic1=nat"),
      description: "Every adapter gets a private network of its own behind a router of its own.",
      summaryAlone: "NAT for every VM", segment: .adapter,
      router: .engine(
        EngineProfile(
          gateway: 2,
          loopback: LoopbackAlias(
            offset: 2, access: version.isAtLeast(7, 0) ? .closedByDefault : .open),
          // The DNS proxy at 3; at 4 a TFTP server, up to 7.0.
          servers: [3], reserved: [2, 3, 4], reserved6: [2, 3])),
      dhcp: .fixed(guest: 15),
      prefixes: PrefixProfile(
        .bySlot(first: IPv4Prefix(10, 0, 2, 0, length: 24)), lengths: 0...27,
        spare: natNetworkRange),
      announcedIPv6: natIPv6(version), forwards: .everybody, obeysPromiscuousPolicy: false)
  }

  /// Nothing up to 7.0, `fd00::/64` in 7.1.0 to 7.1.11, later `fd17:625c:f037:` and the second and
  /// third octets of the IPv4 prefix (libslirp; NATNetworkImpl.cpp).
  private static func natIPv6(_ version: HypervisorVersion) -> AnnouncedIPv6 {
    guard version.isAtLeast(7, 1) else { return .nothing }
    guard version.isAtLeast(7, 1, 12) else {
      return .fixed(IPv6Prefix(containing: IPv6Address(bits: 0xfd00 << 112), length: 64))
    }
    return .beside(IPv6Prefix(containing: IPv6Address(bits: 0xfd17_625c_f037 << 80), length: 48))
  }
}
