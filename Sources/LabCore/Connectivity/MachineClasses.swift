/// Groups VMs that the fabric cannot tell apart, so that each group is solved once.
///
/// A VM is *plain* when it forwards and filters nothing, no port of a router leads to it, nobody else
/// claims its addresses, and no two prefixes compete for them. Between plain VMs on one segment a connection is direct. Between others it
/// depends only on
///
/// - the source's *departure*: its default and static routes, and the NAT networks with a router VM
///   that it is on: there it hears an answer that is meant for another of its addresses;
/// - the target's *arrival*: the segments it is on that anything but plain VMs is on too, and its
///   own routes, by which it answers;
/// - what the firewalls of others say of either's addresses;
/// - for port forwards: the source's arrival (which of the host's addresses it can dial) and which
///   forwards the target has.
///
/// VMs that are not plain are solved one by one.
struct MachineClasses {
  /// By machine: nil where it is not plain.
  let departure: [Int?]
  /// By machine: which segments and routes it has.
  let arrival: [Int]
  let departureCount: Int
  let arrivalCount: Int
  /// By segment: its plain VMs.
  let plainMembers: [[Int]]

  init(_ fabric: Fabric) {
    let terrain = Terrain(fabric)
    let peers = FirewallPeers(fabric)
    let isLedTo = Set(fabric.entrances.map(\.target))
    var departures: [[UInt64]: Int] = [:]
    var arrivals: [[UInt64]: Int] = [:]
    var departure: [Int?] = []
    var arrival: [Int] = []
    var plainMembers = [[Int]](repeating: [], count: fabric.segments.count)
    for machine in 0..<fabric.machineCount {
      let routes =
        terrain.routeSignature(of: machine)
        + fabric.interfaces(of: machine).flatMap { peers.memberships(of: $0.address) }
      let isPlain =
        terrain.isPlain(machine)
        && !fabric.interfaces(of: machine).contains { isLedTo.contains($0.address) }
      departure.append(
        isPlain ? intern(routes + terrain.hearingSignature(of: machine), in: &departures) : nil)
      let key = terrain.linkSignature(of: machine) + routes
      arrival.append(intern(key, in: &arrivals))
      guard isPlain else { continue }
      for interface in fabric.interfaces(of: machine) {
        plainMembers[interface.segment].append(machine)
      }
    }
    self.departure = departure
    self.arrival = arrival
    departureCount = departures.count
    arrivalCount = arrivals.count
    self.plainMembers = plainMembers
  }
}

private func intern(_ key: [UInt64], in known: inout [[UInt64]: Int]) -> Int {
  if let index = known[key] { return index }
  known[key] = known.count
  return known.count - 1
}

/// What of a fabric decides which VMs are alike.
private struct Terrain {
  let fabric: Fabric
  /// By segment: whether anything but plain VMs is on it.
  private let isTransit: [Bool]
  /// By segment: whether a VM forwards packets from and to it.
  private let hasForwardingMachine: [Bool]
  /// By segment: whether another prefix competes for its addresses.
  private let isContested: [Bool]

  init(_ fabric: Fabric) {
    self.fabric = fabric
    var isTransit = [Bool](repeating: false, count: fabric.segments.count)
    var hasForwardingMachine = isTransit
    for (index, node) in fabric.nodes.enumerated() {
      guard index >= fabric.machineCount || node.forwards else { continue }
      for interface in node.interfaces {
        isTransit[fabric.interfaces[interface].segment] = true
        if index < fabric.machineCount {
          hasForwardingMachine[fabric.interfaces[interface].segment] = true
        }
      }
    }
    self.isTransit = isTransit
    self.hasForwardingMachine = hasForwardingMachine
    isContested = Self.contested(fabric, hasForwardingMachine: hasForwardingMachine)
  }

  private static func contested(_ fabric: Fabric, hasForwardingMachine: [Bool]) -> [Bool] {
    var claims: Set<PrefixClaim> = []
    for interface in fabric.interfaces {
      let isEnclosed =
        fabric.natRouters[interface.segment] != nil && !hasForwardingMachine[interface.segment]
      let isPrivate = fabric.segments[interface.segment].isPrivateNAT
      claims.insert(
        PrefixClaim(
          segment: isPrivate && isEnclosed ? nil : interface.segment, prefix: interface.prefix,
          isEnclosed: isEnclosed))
    }
    let partial = fabric.routes.filter { $0.nextHop != nil && $0.prefix.length > 0 }
      .map(\.prefix)
    var contested = [Bool](repeating: false, count: fabric.segments.count)
    var contestedPrivate: Set<FabricPrefix> = []
    for claim in contestedClaims(claims, partialRoutes: partial) {
      if let segment = claim.segment {
        contested[segment] = true
      } else {
        contestedPrivate.insert(claim.prefix)
      }
    }
    guard !contestedPrivate.isEmpty else { return contested }
    for interface in fabric.interfaces where fabric.segments[interface.segment].isPrivateNAT {
      if contestedPrivate.contains(interface.prefix) { contested[interface.segment] = true }
    }
    return contested
  }

  func isPlain(_ machine: Int) -> Bool {
    let node = fabric.nodes[machine]
    guard !node.forwards, fabric.firewalls[machine]?.inbound.isOpen ?? true,
      fabric.entrancesOfNode[machine] == nil
    else { return false }
    let interfaces = fabric.interfaces(of: machine)
    return interfaces.allSatisfy { interface in
      !isContested[interface.segment] && interface.delivery == .everybody && !interface.isInner
        && interface.port == .plain
        && fabric.owners.answer(for: interface.address, on: interface.segment) == .node(machine)
        && hasNoRival(interface, in: node)
    }
  }

  /// Whether the machine's own table leaves the interface's whole prefix to its segment; a second
  /// card on the same segment does.
  private func hasNoRival(_ interface: FabricInterface, in node: FabricNode) -> Bool {
    fabric.routes[node.routes].allSatisfy { route in
      guard route.prefix.length >= interface.prefix.length,
        route.prefix.overlaps(interface.prefix)
      else { return true }
      return route.nextHop == nil && route.prefix == interface.prefix
        && fabric.interfaces[route.interface].segment == interface.segment
    }
  }

  // MARK: Signatures

  /// Whether it is on any link, with or without an address, and the routes that lead off them.
  func routeSignature(of machine: Int) -> [UInt64] {
    let node = fabric.nodes[machine]
    var signature: [UInt64] = [node.isAttached ? 1 : 0, node.interfaces.isEmpty ? 0 : 1]
    for route in fabric.routes[fabric.nodes[machine].routes] {
      guard let nextHop = route.nextHop else { continue }
      signature += [
        UInt64(route.prefix.length), UInt64(truncatingIfNeeded: route.prefix.network >> 64),
        UInt64(truncatingIfNeeded: route.prefix.network), name(of: route.interface),
        UInt64(truncatingIfNeeded: nextHop >> 64), UInt64(truncatingIfNeeded: nextHop),
      ]
    }
    return signature
  }

  /// The links on which a NAT router looks for whoever sent what a router VM brought it.
  func hearingSignature(of machine: Int) -> [UInt64] {
    fabric.nodes[machine].interfaces.compactMap { index in
      let segment = fabric.interfaces[index].segment
      return fabric.natRouters[segment] != nil && hasForwardingMachine[segment]
        ? name(of: index) : nil
    }
  }

  /// The links it has that matter to others.
  func linkSignature(of machine: Int) -> [UInt64] {
    var signature: [UInt64] = []
    for index in fabric.nodes[machine].interfaces {
      let interface = fabric.interfaces[index]
      signature.append(isTransit[interface.segment] ? name(of: index) : 0)
    }
    signature.append(.max)
    return signature
  }

  /// Names an interface's segment; private segments of NAT that are alike have one name.
  private func name(of interface: Int) -> UInt64 {
    let interface = fabric.interfaces[interface]
    guard case .privateNAT(let network, _) = fabric.segments[interface.segment].kind else {
      return UInt64(interface.segment) + 1
    }
    let prefix =
      UInt64(truncatingIfNeeded: interface.prefix.network >> 64) &* 31
      &+ UInt64(truncatingIfNeeded: interface.prefix.network)
    return 1 << 63 | prefix << 16 ^ UInt64(network)
  }
}

extension Segment {
  /// Whether it is the private network of one adapter on NAT.
  var isPrivateNAT: Bool {
    if case .privateNAT = kind { true } else { false }
  }
}
