/// Who can capture whose frames, segment by segment.
///
/// A VM that switches its adapter to promiscuous mode sees what the adapter's policy lets through
/// (VirtualBox manual section 6.1, `--nic-promisc`; SrvIntNetR0.cpp): with `deny` its own frames,
/// with `allow-vms` also every frame that VMs send or get, with `allow-all` every frame of the
/// hypervisor's switch. What machines of the LAN say to each other does not come to the computer's port
/// of the LAN's switch, so that nobody hears it. A network with no host and no wire behind it makes no difference between the two; an
/// adapter that is alone on its segment has nobody to listen to.
public struct SegmentVisibility: Hashable, Sendable {
  /// The network, by index in `Lab.networks`; bridged networks are one segment and stand under the
  /// first of them.
  public let network: Int
  /// The adapters on it, in the order of the VMs' names.
  public let listeners: [Listener]

  /// An adapter, and what it can listen to.
  public struct Listener: Hashable, Sendable {
    /// By index in `Lab.machines`.
    public let machine: Int
    /// The adapter's slot.
    public let slot: Int
    /// What it may see.
    public let policy: PromiscuousPolicy
    /// Whose frames it can all capture. Worked out when it is asked for: on a segment of n VMs all
    /// adapters together have n² of them.
    public var captures: [Endpoint] {
      let others = present.lazy.filter { $0 != machine }.map(Endpoint.machine)
      return switch policy {
      case .deny: []
      case .allowVMs: Array(others)
      case .allowAll: others + onSwitch
      }
    }

    /// Whose frames it can capture as far as they are exchanged with VMs.
    public var capturesWithMachines: [Endpoint] {
      switch policy {
      case .deny: []
      case .allowVMs: onSwitch + onWire
      case .allowAll: onWire
      }
    }

    /// The VMs on the segment.
    fileprivate let present: [Int]
    /// Who else is on the hypervisor's switch.
    fileprivate let onSwitch: [Endpoint]
    /// Who is behind a switch of its own, which sends here what is for this computer alone.
    fileprivate let onWire: [Endpoint]
  }
}

/// Works out who can capture whose frames; segments in document order.
public func visibility(in lab: Lab) -> [SegmentVisibility] {
  var members: [Int: [(machine: Int, adapter: Adapter)]] = [:]
  for machine in lab.machinesInNameOrder {
    for adapter in lab.machines[machine].adapters where adapter.cableConnected {
      guard let segment = lab.sharedSegment(of: adapter) else { continue }
      members[segment, default: []].append((machine, adapter))
    }
  }
  return members.keys.sorted().map { network in
    let present = members[network] ?? []
    var known: Set<Int> = []
    let machines = present.map(\.machine).filter { known.insert($0).inserted }
    let behind = lab.networks[network].profile.beyondTheSwitch
    return SegmentVisibility(
      network: network,
      listeners: present.map { machine, adapter in
        SegmentVisibility.Listener(
          machine: machine, slot: adapter.slot, policy: lab.policy(of: adapter), present: machines,
          onSwitch: behind.filter { $0 != .lan }, onWire: behind.filter { $0 == .lan })
      })
  }
}

extension Lab {
  /// The network that stands for the segment an adapter shares with others; nil on NAT, where it
  /// shares none.
  fileprivate func sharedSegment(of adapter: Adapter) -> Int? {
    guard let network = adapter.network else { return nil }
    switch networks[network].profile.segment {
    case .adapter: return nil
    case .uplink:
      let vlan = networks[network].vlan
      return networks.firstIndex { $0.profile.segment == .uplink && $0.vlan == vlan }
    case .network: return switches[network]
    }
  }

  /// Whose frames an adapter may see: where switches learn, or refuse what they do not know, it is
  /// its own whatever the document says.
  fileprivate func policy(of adapter: Adapter) -> PromiscuousPolicy {
    product.facts.learning == .byPolicy ? adapter.promiscuous : .deny
  }
}

extension ModeProfile {
  /// Who is on the segment besides VMs.
  var beyondTheSwitch: [Endpoint] {
    (host == .absent ? [] : [.host]) + (segment == .uplink ? [.lan] : [])
  }
}
