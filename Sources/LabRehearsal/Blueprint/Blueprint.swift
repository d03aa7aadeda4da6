internal import LabCore

/// A lab as it is to be rebuilt: which network namespaces there are, what each consists of, and
/// which of their interfaces hear each other.
struct Blueprint {
  /// Each becomes a namespace.
  var nodes: [BlueprintNode] = []
  /// How many broadcast domains there are; interfaces name theirs by number.
  var segmentCount = 0
  /// Where the stations are in `nodes`; an internet that is offline is nowhere.
  var stations: [(station: Station, node: Int)] = []
  /// The hypervisor's NAT engines.
  var engines: [BlueprintEngine] = []
  /// The ports that engines listen on, in document order: of two that clash the first exists.
  var forwards: [BlueprintForward] = []
  /// Where the host is in `nodes`.
  var host = 0
  /// Where the LAN's router is in `nodes`, where it leads to the internet.
  var lanRouter: Int?
  /// Cables between two switches, by segment.
  var trunks: [BlueprintTrunk] = []

  /// Where a station is in `nodes`.
  func node(of station: Station) -> Int? {
    stations.first { $0.station == station }?.node
  }
}

/// A machine to be.
struct BlueprintNode {
  /// What it stands for.
  let title: String
  /// Whether it routes.
  var forwards = false
  var filter = BlueprintFilter.none
  var rules = BlueprintRules()
  var interfaces: [BlueprintInterface] = []
  /// Added one after the other; the kernel refuses those that make no sense.
  var routes: [BlueprintRoute] = []

  /// The addresses of all of its interfaces that lead out of it.
  var addresses: [AnyAddress] {
    interfaces.filter { !$0.isInner }.flatMap { $0.addresses.map(\.address) }
  }

  /// Whether it needs no router to send to an address.
  func isOnLink(_ address: AnyAddress) -> Bool {
    interfaces.contains { $0.addresses.contains { $0.isOnLink(address) } }
  }
}

/// What a machine does with packets but to route them.
enum BlueprintFilter {
  case none
  /// Translates what leaves by an interface, and lets in there only what answers that.
  case homeRouter(outside: String)
  /// Says of whatever it is to route that there is no way.
  case deadEnd
}

/// A network card to be.
struct BlueprintInterface {
  /// At most 15 bytes, unique in its node.
  let name: String
  /// The broadcast domain it is plugged into.
  let segment: Int
  /// The kernel chooses one where this is nil.
  var mac: MACAddress?
  var addresses: [BlueprintAddress] = []
  /// Whether it is on a network within its machine, at which nobody dials it.
  var isInner = false
  /// Whether its switch passes nothing from it to others of this kind, or to a trunk.
  var isKeptApart = false
}

/// A cable between two switches, whose end in the second is kept apart there.
struct BlueprintTrunk {
  let segment: Int
  let apart: Int
}

/// An address as an interface is to have it.
struct BlueprintAddress {
  let address: AnyAddress
  let prefixLength: Int
  /// Whether another route has taken the place of that to its link.
  var lacksRoute = false

  init(_ address: some LabAddress, prefixLength: Int) {
    self.address = address.ofEitherFamily
    self.prefixLength = prefixLength
  }

  /// What is on its link.
  var prefix: AnyPrefix {
    switch address {
    case .ipv4(let address): .ipv4(Prefix(containing: address, length: prefixLength))
    case .ipv6(let address): .ipv6(Prefix(containing: address, length: prefixLength))
    }
  }

  /// Whether another address is on the same prefix, or on every link.
  func isOnLink(_ other: AnyAddress) -> Bool {
    switch (address, other) {
    case (.ipv4(let own), .ipv4(let other)):
      IPv4Prefix(containing: own, length: prefixLength).contains(other)
    case (.ipv6(let own), .ipv6(let other)):
      other.isLinkLocal || IPv6Prefix(containing: own, length: prefixLength).contains(other)
    default: false
    }
  }
}

/// A route to be.
struct BlueprintRoute {
  /// Where it leads to; interfaces are named by their index in the node.
  enum Way {
    case router(AnyAddress, interface: Int?)
    case onLink(interface: Int)
    /// Out of the lab.
    case away
  }

  let destination: AnyPrefix
  let way: Way
}

/// A NAT engine to be: a node on its inside, sockets in the host on its outside.
struct BlueprintEngine {
  /// The node whose only interface is the engine's inside.
  let node: Int
  /// What is inside; the engine sends nothing there for a guest but to the alias below.
  let inside: AnyPrefix
  /// As whom a connection from the host's loopback appears to the guest.
  let gateway: AnyAddress
  /// The address at which guests reach the host's loopback, where they do.
  let loopbackAlias: AnyAddress?
}

/// A port forward to be.
struct BlueprintForward {
  /// The index in `Blueprint.engines` of the engine that listens.
  let engine: Int
  let transport: PortForward.Transport
  /// The host's address it listens on; the unspecified address stands for all.
  let hostAddress: AnyAddress
  let hostPort: UInt16
  let guestAddress: AnyAddress
  let guestPort: UInt16
}
