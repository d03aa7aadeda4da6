import LabCore

/// How VBoxManage attaches an adapter (`modifyvm --nicN`, manual section 8.10).
enum Attachment: Hashable {
  /// A router of its own, with another prefix than VirtualBox's where the document gives one.
  case nat(IPv4Prefix?)
  case natNetwork(name: String)
  case `internal`(name: String)
  /// On an interface of the host, by the network's name: the script finds out the interface's.
  case hostOnlyInterface(network: DNSLabel)
  /// On a host-only network of macOS.
  case hostOnlyNetwork(name: String)
  /// On the host's uplink.
  case bridged
  /// A card with nothing behind it.
  case unattached

  /// What `--nicN` takes.
  var keyword: String {
    switch self {
    case .nat: "nat"
    case .natNetwork: "natnetwork"
    case .internal: "intnet"
    case .hostOnlyInterface: "hostonly"
    case .hostOnlyNetwork: "hostonlynet"
    case .bridged: "bridged"
    case .unattached: "null"
    }
  }

  /// What it is attached to, as the script's `adapter` takes it.
  var target: String {
    switch self {
    case .nat(let prefix): prefix.map { "\($0)" } ?? "default"
    case .natNetwork(let name), .internal(let name), .hostOnlyNetwork(let name): name
    case .hostOnlyInterface(let network): network.text
    case .bridged, .unattached: ""
    }
  }
}

extension ExportSource {
  /// How adapters of a network are attached; nil where VirtualBox has no such network.
  func attachment(to index: Int) -> Attachment? {
    let network = lab.networks[index]
    let first = lab.networks[lab.switches[index]]
    switch network.mode {
    case .nat: return .nat(network.ipv4)
    case .natNetwork: return .natNetwork(name: network.hypervisorName)
    case .internal: return .internal(name: network.hypervisorName)
    case .bridged: return .bridged
    case .hostOnly:
      return hasHostOnlyNetworksOfMacOS
        ? .hostOnlyNetwork(name: network.hypervisorName) : .hostOnlyInterface(network: first.name)
    case .routed: return nil
    }
  }

  /// Whether host-only networks are those of Apple's vmnet framework: on macOS from 7.0 on.
  var hasHostOnlyNetworksOfMacOS: Bool {
    lab.host.operatingSystem == .macos && lab.hypervisor.version.isAtLeast(7, 0)
  }
}

extension VirtualMachine.OperatingSystem {
  /// What `createvm --ostype` takes: a type of the family that 6.1 to 7.2 all know.
  var virtualBoxType: String {
    switch self {
    case .linux, .android: "Linux_64"
    case .windows: "Windows10_64"
    case .macos: "MacOS_64"
    case .bsd: "FreeBSD_64"
    case .other: "Other_64"
    }
  }

  /// Whether the type alone says which system it is.
  var isSaidByType: Bool { self != .android }
}
