/// Where each product's table is: the one place that lists them.
extension Hypervisor.Product {
  /// What is true of the product as a whole.
  public var facts: ProductFacts {
    switch self {
    case .virtualbox: VirtualBox.facts
    case .libvirt: Libvirt.facts
    case .qemu: QEMU.facts
    case .proxmox: Proxmox.facts
    case .esxi: ESXi.facts
    case .vmwareWorkstation: VMwareWorkstation.facts
    case .hyperV: HyperV.facts
    case .parallels: Parallels.facts
    case .utm: UTM.facts
    case .xcpNG: XCPng.facts
    }
  }

  /// The document's words for its modes, in its assumed version on its usual host.
  public var words: [NetworkMode] {
    let facts = facts
    return ProductProfile(Hypervisor(product: self), on: facts.systems.first ?? .linux)
      .modes.map(\.mode)
  }

  /// The forms of its modes, of each mode the usual one first.
  func modes(_ version: HypervisorVersion, on system: Host.OperatingSystem) -> [ModeProfile] {
    switch self {
    case .virtualbox: VirtualBox.modes(version, on: system)
    case .libvirt: Libvirt.modes
    case .qemu: QEMU.modes
    case .proxmox: Proxmox.modes
    case .esxi: ESXi.modes
    case .vmwareWorkstation: VMwareWorkstation.modes
    case .hyperV: HyperV.modes
    case .parallels: Parallels.modes
    case .utm: UTM.modes
    case .xcpNG: XCPng.modes
    }
  }
}
