/// What VirtualBox does when nobody asks for anything else.
///
/// Sources: manual chapter 6; NATNetworkImpl.cpp, Settings.cpp, ConsoleImplConfigCommon.cpp of
/// 7.0.10 and 7.1.12; VBoxNetSlirpNAT.cpp of 7.2.
enum VirtualBox {
  static let facts = ProductFacts(
    name: "VirtualBox", kind: .hosted, systems: [.linux, .windows, .macos],
    assumedVersion: HypervisorVersion(major: 7, minor: 1), hardware: .init(0x0800_2700_0000),
    maximumAdapters: 36, models: AdapterModel.allCases.map(\.rawValue), learning: .byPolicy)

  static func modes(
    _ version: HypervisorVersion, on system: Host.OperatingSystem
  ) -> [ModeProfile] {
    [
      nat(version), natNetwork(version), bridged, internalNetwork,
      hasVmnetNetworks(version, on: system) ? vmnetNetwork : hostOnlyAdapter,
    ]
  }

  /// Whether host-only networks are those of Apple's vmnet framework: on macOS from 7.0 on.
  static func hasVmnetNetworks(
    _ version: HypervisorVersion, on system: Host.OperatingSystem
  ) -> Bool {
    system == .macos && version.isAtLeast(7, 0)
  }

  static let overflowPools = PrefixProfile.overflowPools

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
