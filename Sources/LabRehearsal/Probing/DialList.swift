internal import LabCore

/// The ports that a rehearsal uses.
struct ProbePorts {
  /// On which every station answers.
  let own: UInt16
  /// Those of the host that are forwarded, in order.
  let forwarded: [UInt16]
  /// By station, where else it answers: on the ports that forwards lead to.
  let guests: [Station: Set<UInt16>]
  /// Those of the host that its engines take.
  private let taken: Set<UInt16>
  /// Where everybody answers too: where ports of routers lead.
  let beyondRouters: Set<UInt16>

  /// The ports for probing a lab. Forwards of another transport or
  /// family than the probe's play no part.
  init(lab: Lab, blueprint: Blueprint, probe: Probe, family: AddressFamily) {
    let forwards = lab.portForwards.filter {
      family == .ipv4 && $0.transport.rawValue == probe.rawValue
    }
    forwarded = Set(forwards.map { UInt16(clamping: $0.hostPort) }).sorted()
    var guests: [Station: Set<UInt16>] = [:]
    for forward in forwards {
      guests[.machine(forward.machine), default: []].insert(UInt16(clamping: forward.guestPort))
    }
    self.guests = guests
    taken = Set(
      blueprint.forwards.filter { $0.transport.rawValue == probe.rawValue }.map(\.hostPort))
    let routed = (lab.machines.flatMap(\.portForwards) + lab.host.lanForwards).filter {
      family == .ipv4 && $0.transport.rawValue == probe.rawValue
    }
    beyondRouters = Set(routed.map { UInt16(clamping: $0.targetPort) })
    let used = Set(forwarded).union(guests.values.joined()).union(beyondRouters)
      .union(routed.map { UInt16(clamping: $0.port) })
    own = (7777...UInt16.max).first { !used.contains($0) } ?? 7777
  }

  /// Where a station answers.
  func ofService(at station: Station) -> Set<UInt16> {
    let others = guests[station, default: []].union(beyondRouters).union([own])
    return station == .host ? others.subtracting(taken) : others
  }
}

/// Everything that every station can dial: each address of each other station, and the forwarded
/// ports at each address of the host, its loopback where the dialler is the host or has an alias
/// for it, and those of routers at theirs.
func dialList(
  for blueprint: Blueprint, ports: ProbePorts, probe: Probe, family: AddressFamily
) -> [Dial] {
  let hostAddresses = blueprint.nodes[blueprint.host].addresses
  var dials: [Dial] = []
  for (source, node) in blueprint.stations {
    let own = Set(blueprint.nodes[node].addresses)
    let aliases = loopbackAliases(of: node, in: blueprint)
    var seen: Set<AnyAddress> = []
    let others = blueprint.stations.filter { $0.node != node }
    for address in others.flatMap({ blueprint.nodes[$0.node].addresses }) + aliases
    where seen.insert(address).inserted && !own.contains(address) {
      dials.append(
        Dial(
          source: source, address: address, port: probe == .icmp ? nil : ports.own,
          isForwardedPort: false))
    }
    let loopback: [AnyAddress] =
      source == .host ? [family.loopback] : aliases
    seen = []
    for address in hostAddresses + loopback where seen.insert(address).inserted {
      for port in ports.forwarded {
        dials.append(Dial(source: source, address: address, port: port, isForwardedPort: true))
      }
    }
    dials += routerDials(from: source, in: blueprint, probe: probe)
  }
  return dials
}

/// The ports of other routers; those of the LAN's are for the internet.
private func routerDials(
  from source: Station, in blueprint: Blueprint, probe: Probe
) -> [Dial] {
  let own = blueprint.node(of: source)
  return blueprint.nodes.enumerated().flatMap { index, node -> [Dial] in
    guard index != own, index != blueprint.lanRouter || source == .internet else { return [] }
    return node.rules.redirections.filter { $0.transport.rawValue == probe.rawValue }
      .flatMap { redirection in
        redirection.addresses.map {
          Dial(source: source, address: $0, port: redirection.port, isForwardedPort: true)
        }
      }
  }
}

/// The addresses at which a node finds the host's loopback behind an engine it is plugged into.
private func loopbackAliases(of node: Int, in blueprint: Blueprint) -> [AnyAddress] {
  let segments = Set(blueprint.nodes[node].interfaces.map(\.segment))
  return blueprint.engines.compactMap { engine in
    let isOwn = blueprint.nodes[engine.node].interfaces.contains { segments.contains($0.segment) }
    return isOwn ? engine.loopbackAlias : nil
  }
}
