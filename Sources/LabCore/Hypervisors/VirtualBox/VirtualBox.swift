/// What VirtualBox does when nobody asks for anything else.
///
/// Sources: manual chapter 6; NATNetworkImpl.cpp, Settings.cpp, ConsoleImplConfigCommon.cpp of
/// 7.0.10 and 7.1.12; VBoxNetSlirpNAT.cpp of 7.2.
enum VirtualBox {
  static func profile(
    _ version: HypervisorVersion, on system: Host.OperatingSystem
  ) -> ProductProfile {
    ProductProfile(
      name: "VirtualBox",
      modes: [
        nat(version), natNetwork(version), bridged, internalNetwork,
        hasVmnetNetworks(version, on: system) ? vmnetNetwork : hostOnlyAdapter,
      ],
      hardwarePrefix: MACAddress(bits: 0x0800_2700_0000), usualAdapterCount: 4)
  }

  /// Whether host-only networks are those of Apple's vmnet framework: on macOS from 7.0 on.
  static func hasVmnetNetworks(
    _ version: HypervisorVersion, on system: Host.OperatingSystem
  ) -> Bool {
    system == .macos && version.isAtLeast(7, 0)
  }

  /// Private space (RFC 1918) for networks of any mode whose own pools are full: first what is
  /// seldom in use, then all of it.
  static let overflowPools: [[AddressRange<IPv4Address>]] = [
    [IPv4Prefix(172, 16, 0, 0, length: 12).addresses],
    [IPv4Prefix(10, 128, 0, 0, length: 9).addresses],
    [
      IPv4Prefix(10, 0, 0, 0, length: 8).addresses, IPv4Prefix(172, 16, 0, 0, length: 12).addresses,
      IPv4Prefix(192, 168, 0, 0, length: 16).addresses,
    ],
  ]

  /// Internal and NAT networks share one namespace of switches (SrvIntNetR0.cpp).
  static let internalSwitches = "internal"
  /// Host-only networks of one name are one interface of the host.
  static let hostOnlySwitches = "host-only"
}

extension Lab {
  /// Whether host-only networks are those of Apple's vmnet framework.
  var hasVmnetNetworks: Bool {
    hypervisor.product == .virtualbox
      && VirtualBox.hasVmnetNetworks(hypervisor.version, on: host.operatingSystem)
  }
}
