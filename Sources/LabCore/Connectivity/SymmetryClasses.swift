/// VMs that could change places, addresses and all, without the fabric being another one.
///
/// Such VMs reach the same targets by the same outcomes, so that one of each class is simulated for
/// all. Two VMs are of a class when they are on the same segments in the same order, have the same
/// routes and forward alike, and their addresses can be exchanged: each is its VM's alone, no route
/// leads by it, and every prefix of the fabric has both or neither. An address that others have too
/// must be the same for both. What firewalls say of either must be the same, and who forwards ports
/// or has addresses that a port leads to is alone of its class.
struct SymmetryClasses {
  /// By VM.
  let classes: [Int]
  let count: Int

  private struct Key: Hashable {
    let forwards: Bool
    let isAttached: Bool
    let firewall: FabricFirewall?
    let entrances: [Int]
    let links: [Link]
    let routes: [Route]
    /// What leads to the VM from the host's ports.
    let listeners: [Port]
  }

  private struct Link: Hashable {
    let segment: SegmentName
    let prefix: FabricPrefix
    let address: AddressName
    /// Whether the VM alone answers for its address there.
    let isUndisputed: Bool
    let masquerades: Bool
    let delivery: FabricInterface.Delivery
    let isInner: Bool
    let port: SwitchPort
    /// Which of the firewalls' sets the address is in.
    let memberships: [UInt64]
  }

  /// Private segments of NAT with equal prefixes are alike.
  private enum SegmentName: Hashable {
    case shared(Int)
    case privateNAT(network: Int)
  }

  private enum AddressName: Hashable {
    /// One of those between two neighbouring borders of prefixes.
    case interval(Int)
    case exactly(AddressBits)
  }

  private struct Route: Hashable {
    let prefix: FabricPrefix
    let link: Int
    let nextHop: AddressBits
  }

  private struct Port: Hashable {
    let hostAddress: AddressBits?
    let link: Int
  }

  init(_ fabric: Fabric, _ solver: PairSolver) {
    var known: [Key: Int] = [:]
    let names = AddressNames(fabric)
    let peers = FirewallPeers(fabric)
    classes = (0..<fabric.machineCount).map { machine in
      let key = Self.key(of: machine, fabric, solver, names, peers)
      let index = known[key] ?? known.count
      known[key] = index
      return index
    }
    count = known.count
  }

  private static func key(
    of machine: Int, _ fabric: Fabric, _ solver: PairSolver, _ names: AddressNames,
    _ peers: FirewallPeers
  ) -> Key {
    let node = fabric.nodes[machine]
    let first = node.interfaces.lowerBound
    let links = fabric.interfaces(of: machine).map { interface in
      let segment: SegmentName =
        switch fabric.segments[interface.segment].kind {
        case .privateNAT(let network, _): .privateNAT(network: network)
        case .network, .lan, .vlan, .internet, .site, .inner: .shared(interface.segment)
        }
      let answer = fabric.owners.answer(for: interface.address, on: interface.segment)
      return Link(
        segment: segment, prefix: interface.prefix, address: names.name(of: interface.address),
        isUndisputed: answer == .node(machine), masquerades: interface.masquerades,
        delivery: interface.delivery, isInner: interface.isInner,
        port: interface.port,
        memberships: peers.memberships(of: interface.address))
    }
    let routes = fabric.routes[node.routes].compactMap { route in
      route.nextHop.map {
        Route(prefix: route.prefix, link: route.interface - first, nextHop: $0)
      }
    }
    let listeners = solver.listeners(to: machine).map { index in
      Port(
        hostAddress: fabric.listeners[index].hostAddress,
        link: fabric.listeners[index].interface - first)
    }
    return Key(
      forwards: node.forwards, isAttached: node.isAttached,
      firewall: fabric.firewalls[machine],
      entrances: fabric.entrancesOfNode[machine] ?? [], links: links, routes: routes,
      listeners: listeners)
  }

  /// Calls addresses by what the fabric's prefixes and routes make of them.
  private struct AddressNames {
    private var owners: [AddressBits: Int] = [:]
    private var fixed: Set<AddressBits>
    private let borders: [AddressBits]

    init(_ fabric: Fabric) {
      for (node, owned) in fabric.nodes.enumerated() {
        for interface in owned.interfaces {
          let address = fabric.interfaces[interface].address
          // -1 stands for several.
          if let known = owners[address], known != node {
            owners[address] = -1
          } else {
            owners[address] = node
          }
        }
      }
      fixed = Set(fabric.routes.compactMap(\.nextHop))
      fixed.insert(fabric.family.loopback)
      fixed.formUnion(fabric.entrances.map(\.target))
      let width = fabric.family == .ipv4 ? 32 : 128
      var borders: Set<AddressBits> = []
      for prefix in Set(fabric.routes.map(\.prefix)) where prefix.length > 0 {
        borders.insert(prefix.network)
        borders.insert(prefix.network &+ 1 << AddressBits(width - prefix.length))
      }
      self.borders = borders.sorted()
    }

    func name(of address: AddressBits) -> AddressName {
      guard owners[address] != -1, !fixed.contains(address) else { return .exactly(address) }
      var (low, high) = (0, borders.count)
      while low < high {
        let middle = (low + high) / 2
        if borders[middle] <= address { low = middle + 1 } else { high = middle }
      }
      return .interval(low)
    }
  }
}
