/// What a hypervisor product is, in one version and on one operating system: a table of its modes.
public struct ProductProfile: Hashable, Sendable {
  /// What people call the product.
  public let name: String
  /// What it can attach networks by, in the order of `NetworkMode`.
  public let modes: [ModeProfile]
  /// Where the hardware addresses of its adapters begin: the first three bytes count.
  let hardwarePrefix: MACAddress
  /// How many adapters a VM has room for where neither it nor the document says so.
  public let usualAdapterCount: Int

  /// The table of a product.
  public init(_ hypervisor: Hypervisor, on system: Host.OperatingSystem) {
    switch hypervisor.product {
    case .virtualbox: self = VirtualBox.profile(hypervisor.version, on: system)
    }
  }

  init(
    name: String, modes: [ModeProfile], hardwarePrefix: MACAddress, usualAdapterCount: Int
  ) {
    self.name = name
    self.modes = modes
    self.hardwarePrefix = hardwarePrefix
    self.usualAdapterCount = usualAdapterCount
  }

  /// What the product makes of a document's word; nil where it has no such mode.
  public subscript(mode: NetworkMode) -> ModeProfile? {
    modes.first { $0.mode == mode }
  }

  /// The modes that give each adapter a router of its own.
  var privateNAT: [ModeProfile] { modes.filter { $0.segment == .adapter } }
  /// Those whose VMs share a router that translates.
  var sharedNAT: [ModeProfile] { modes.filter(\.isSharedBehindNAT) }
  /// Those that put VMs on the LAN.
  var onLAN: [ModeProfile] { modes.filter { $0.segment == .uplink } }
  /// Those on whose switch the host is, and no router.
  var withHost: [ModeProfile] {
    modes.filter { $0.host.isOnSwitch && !$0.isSharedBehindNAT }
  }
  /// Those that have nothing but VMs.
  var cutOff: [ModeProfile] { modes.filter(\.isCutOff) }

  /// What prefixes of a mode's networks are taken from; nothing for modes whose prefixes are not the
  /// planner's to choose.
  func pools(of mode: NetworkMode) -> [[AddressRange<IPv4Address>]] {
    self[mode]?.prefixes.pools ?? []
  }
}
