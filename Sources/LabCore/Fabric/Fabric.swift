/// A lab as a machine made of switches, routers and translators, for one address family.
///
/// Nodes are joined by segments. Packets are sent through it by `Simulator`; whoever wants to know
/// anything of reach asks that simulator.
///
/// **Invariant:** the first nodes are the endpoints: VMs by index in `Lab.machines`, then the host,
/// the LAN peer, the internet, and the machine behind the LAN's routers where there is one.
public final class Fabric: Sendable {
  /// Of which family its addresses are.
  public let family: AddressFamily
  let machineCount: Int
  let nodes: [FabricNode]
  let interfaces: [FabricInterface]
  /// Of all nodes; each has a range of them, longest prefix first.
  let routes: [FabricRoute]
  let segments: [Segment]
  let listeners: [Listener]
  /// The ports of the host at which it listens for VMs, at whichever of its addresses.
  let takenPorts: Set<PortService>
  /// By machine: what it lets in and through; nil where that is everything.
  let firewalls: [FabricFirewall?]
  /// Ports of routers that lead elsewhere, in document order.
  let entrances: [Entrance]
  /// By node: its entrances, by index in `entrances`.
  let entrancesOfNode: [Int: [Int]]
  /// Whether the access point passes no frame from the LAN peer to the host or its VMs, or back.
  let isolatesClients: Bool
  let hasSite: Bool
  let owners: AddressOwners
  let internetAddress: AddressBits
  let hasInternet: Bool

  /// The routers of NAT by the segment they serve.
  let natRouters: [Int: Int]
  /// By segment: what the host lets pass; nil where it passes on whatever comes, or nothing.
  let gates: [HostGate]?
  /// Whether an interface has a port that keeps frames from others.
  let hasGuardedPorts: Bool

  init(
    family: AddressFamily, machineCount: Int, nodes: [FabricNode], interfaces: [FabricInterface],
    routes: [FabricRoute], segments: [Segment], listeners: [Listener],
    takenPorts: Set<PortService>,
    firewalls: [FabricFirewall?], entrances: [Entrance], isolatesClients: Bool, hasSite: Bool,
    internetAddress: AddressBits, hasInternet: Bool, gates: [HostGate]? = nil
  ) {
    self.family = family
    self.machineCount = machineCount
    self.nodes = nodes
    self.interfaces = interfaces
    self.routes = routes
    self.segments = segments
    self.listeners = listeners
    self.takenPorts = takenPorts
    self.firewalls = firewalls
    self.entrances = entrances
    entrancesOfNode = Dictionary(grouping: entrances.indices) { entrances[$0].node }
    self.isolatesClients = isolatesClients
    self.hasSite = hasSite
    self.internetAddress = internetAddress
    self.hasInternet = hasInternet
    self.gates = gates
    hasGuardedPorts = interfaces.contains { $0.port != .plain }
    owners = AddressOwners(interfaces: interfaces, nodes: nodes.map(\.interfaces))
    var natRouters: [Int: Int] = [:]
    for (index, node) in nodes.enumerated() {
      guard case .natRouter = node.kind else { continue }
      natRouters[interfaces[node.interfaces.lowerBound].segment] = index
    }
    self.natRouters = natRouters
  }

  var hostNode: Int { machineCount }
  var lanPeerNode: Int { machineCount + 1 }
  var internetNode: Int { machineCount + 2 }
  /// In fabrics that have a site.
  var siteNode: Int { machineCount + 3 }
  var endpointCount: Int { machineCount + (hasSite ? 4 : 3) }
  var lanRouterNode: Int { endpointCount }

  func interfaces(of node: Int) -> ArraySlice<FabricInterface> {
    interfaces[nodes[node].interfaces]
  }

  /// The way a node sends packets to an address, by its routing table: the longest prefix, and
  /// among equals the first.
  func route(from node: Int, to address: AddressBits) -> FabricRoute? {
    for index in nodes[node].routes where routes[index].prefix.contains(address) {
      return routes[index]
    }
    return nil
  }

  /// Whether the host's own routing translates for a segment.
  func isTranslatedByHost(_ segment: Int) -> Bool {
    gates.map { $0[segment].translation != .never } ?? false
  }

  /// Whether a node has a foot on a segment.
  func isOn(_ segment: Int, _ node: Int) -> Bool {
    for index in nodes[node].interfaces where interfaces[index].segment == segment { return true }
    return false
  }

  /// Whether an address is one of a node's own. Every node takes packets for any of its
  /// addresses, whichever interface they come in by (RFC 1122 section 3.3.4.2, the weak host).
  func owns(_ node: Int, _ address: AddressBits) -> Bool {
    for index in nodes[node].interfaces where interfaces[index].address == address {
      return true
    }
    return false
  }
}

/// A machine that packets come from, go to or pass.
struct FabricNode: Sendable {
  enum Kind: Hashable, Sendable {
    /// By index in `Lab.machines`.
    case machine(Int)
    case host
    case lanPeer
    case internet
    /// A machine behind a router of the LAN.
    case site
    case lanRouter
    /// A router of the LAN that leads to the site.
    case siteRouter
    case natRouter(NATRouter)
  }

  let kind: Kind
  /// In `Fabric.interfaces`.
  let interfaces: Range<Int>
  /// In `Fabric.routes`.
  let routes: Range<Int>
  /// Whether it passes on packets that are not for it.
  let forwards: Bool
  /// Whether it is attached to anything, with or without an address.
  let isAttached: Bool
}

/// An engine (`EngineProfile`): a process on the host that takes whatever its guests send
/// out and does it again with ordinary sockets of the host (libslirp; VBoxNetSlirpNAT.cpp).
struct NATRouter: Hashable, Sendable {
  /// By index in `Lab.networks`.
  let network: Int
  /// The only guest of a private segment; nil on a segment of several.
  let guest: AdapterReference?
  let gateway: AddressBits
  /// Where guests find the host's loopback; nil where that is switched off.
  let hostLoopback: AddressBits?
  /// Whether its guest has the host's own address, so that it answers for every other
  /// (`EngineProfile.lendsHostAddress`).
  let lendsHostAddress: Bool
}

/// An adapter of a lab by index.
struct AdapterReference: Hashable, Sendable {
  let machine: Int
  let adapter: Int
}

/// A node's foot on a segment, with its address there.
struct FabricInterface: Sendable {
  let node: Int
  let segment: Int
  let address: AddressBits
  let prefix: FabricPrefix
  let mac: MACAddress?
  /// Whether the address stands in for one that nobody can know before boot; never shown.
  let isStandIn: Bool
  /// The VM's adapter that it is.
  let adapter: AdapterReference?
  /// Whether what its node forwards out of it leaves with its address.
  var masquerades = false
  /// Whose frames the switch delivers to it.
  var delivery = Delivery.everybody
  /// Whether it is within its VM: nobody dials its address.
  var isInner = false
  /// With whom it exchanges no frames.
  var port = SwitchPort.plain

  /// Whose frames reach an address whose hardware address the switch may not know.
  enum Delivery: Hashable, Sendable {
    case everybody, machinesOnly, nobody
  }
}

/// A line of a routing table.
struct FabricRoute: Hashable, Sendable {
  let prefix: FabricPrefix
  /// In `Fabric.interfaces`.
  let interface: Int
  /// Nil on the link itself.
  let nextHop: AddressBits?
  /// Whether it leads out of the lab, as that of a VPN.
  var leadsAway = false
}

/// Adapters that hear each other's broadcasts.
struct Segment: Hashable, Sendable {
  enum Kind: Hashable, Sendable {
    /// A network's switch, by index in `Lab.networks`.
    case network(Int)
    /// The private network of one adapter on NAT.
    case privateNAT(network: Int, guest: AdapterReference)
    case lan
    /// Another VLAN of the LAN, by its number.
    case vlan(Int)
    case internet
    /// Behind a router of the LAN.
    case site(router: AddressBits)
    /// Within a VM.
    case inner(machine: Int)
  }

  let kind: Kind
}

/// A port forward as the host listens for it.
struct Listener: Sendable {
  /// By index in `Lab.portForwards`.
  let forward: Int
  let transport: PortForward.Transport
  let hostPort: Int
  let guestPort: Int
  /// Nil for all of the host's addresses.
  let hostAddress: AddressBits?
  let router: Int
  let machine: Int
  /// The guest's interface, in `Fabric.interfaces`.
  let interface: Int

  /// Whether a connection to one of the host's addresses comes to it.
  func accepts(_ address: AddressBits) -> Bool {
    hostAddress == nil || hostAddress == address
  }
}
