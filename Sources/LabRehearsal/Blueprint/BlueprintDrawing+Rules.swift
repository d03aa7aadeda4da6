internal import LabCore

/// Masquerading, firewalls and ports that lead elsewhere, once everybody has an address.
extension BlueprintDrawing {
  mutating func drawRules() {
    for index in lab.machines.indices {
      guard let node = blueprint.node(of: .machine(index)) else { continue }
      blueprint.nodes[node].rules = rules(of: lab.machines[index], index, node: node)
    }
    if lab.host.masquerades {
      blueprint.nodes[blueprint.host].rules.masquerading = [Self.uplinkName]
    }
    guard Address.family == .ipv4, let router = blueprint.lanRouter else { return }
    blueprint.nodes[router].rules.redirections = lab.host.lanForwards.compactMap { forward in
      redirection(forward, of: router, interface: outsideName)
    }
  }

  private func rules(of machine: VirtualMachine, _ index: Int, node: Int) -> BlueprintRules {
    var rules = BlueprintRules()
    rules.masquerading = machine.adapters.enumerated()
      .filter { $1.masquerades && has(interface: name(of: $0), node) }.map { name(of: $0.offset) }
    rules.inbound = machine.firewall.flatMap { chain($0.inbound, of: node) }
    rules.forward = machine.firewall.flatMap { chain($0.forward, of: node) }
    guard Address.family == .ipv4 else { return rules }
    rules.redirections = machine.portForwards.compactMap { forward in
      let interface = forward.adapter.map(name)
      if let interface, !has(interface: interface, node) { return nil }
      return redirection(forward, of: node, interface: interface)
    }
    return rules
  }

  func name(of adapter: Int) -> String { "eth\(adapter)" }

  private func has(interface name: String, _ node: Int) -> Bool {
    blueprint.nodes[node].interfaces.contains { $0.name == name }
  }

  // MARK: Ports

  private func redirection(
    _ forward: DestinationForward, of node: Int, interface: String?
  ) -> BlueprintRedirection? {
    let own = blueprint.nodes[node].interfaces.filter { $0.name == interface ?? $0.name }
    guard let target = address(of: forward.target, near: node) else { return nil }
    return BlueprintRedirection(
      interface: interface,
      addresses: own.filter { !$0.isInner }.flatMap { $0.addresses.map(\.address) },
      transport: forward.transport, port: UInt16(clamping: forward.port), target: target,
      targetPort: UInt16(clamping: forward.targetPort))
  }

  /// A target's address on a network of the router's, where it has one there.
  private func address(of target: DestinationForward.Target, near node: Int) -> AnyAddress? {
    let station: Station
    switch target {
    case .address(let address): return .ipv4(address)
    case .machine(let machine): station = .machine(machine)
    case .host: station = .host
    }
    guard let other = blueprint.node(of: station) else { return nil }
    let near = Set(
      blueprint.nodes[node].interfaces.filter { $0.name != outsideName }.map(\.segment))
    let feet = blueprint.nodes[other].interfaces.filter { !$0.isInner && !$0.addresses.isEmpty }
    return (feet.first { near.contains($0.segment) } ?? feet.first)?.addresses.first?.address
  }

  // MARK: Firewalls

  private func chain(_ chain: FirewallChain, of node: Int) -> BlueprintChain? {
    if chain.policy == .accept, chain.exceptions.isEmpty { return nil }
    return BlueprintChain(
      accepts: chain.policy == .accept,
      exceptions: chain.exceptions.flatMap { rule in
        matches(rule, on: rule.adapter.map(name), of: node)
      })
  }

  private func matches(
    _ rule: FirewallRule, on interface: String?, of node: Int
  ) -> [BlueprintMatch] {
    if let interface, !has(interface: interface, node) { return [] }
    guard rule.from == .sameLink else {
      return [match(rule, on: interface, from: rule.from.map(peers))]
    }
    return blueprint.nodes[node].interfaces.filter { $0.name == interface ?? $0.name }.map { link in
      match(rule, on: link.name, from: BlueprintPeers(prefixes: link.addresses.map(\.prefix)))
    }
  }

  private func match(
    _ rule: FirewallRule, on interface: String?, from source: BlueprintPeers?
  ) -> BlueprintMatch {
    BlueprintMatch(
      interface: interface, source: source, target: rule.to.map(peers), transport: rule.transport,
      port: rule.port.map { UInt16(clamping: $0) })
  }

  private func peers(_ peer: FirewallPeer) -> BlueprintPeers {
    let lan = standIns.lan.map { [Address.ofEitherFamily($0)] } ?? []
    let site = lab.host.siteRoutes.compactMap(Address.route)
      .map { Address.ofEitherFamily($0.destination) }
    switch peer {
    case .machine(let index): return machines([index])
    case .tag(let tag):
      return machines(lab.machines.indices.filter { lab.machines[$0].tags.contains(tag) })
    case .machines: return machines(Array(lab.machines.indices))
    case .host: return everyAddress(of: [.host])
    case .lan: return BlueprintPeers(prefixes: lan)
    case .site: return BlueprintPeers(prefixes: site)
    case .prefix(let prefix): return BlueprintPeers(prefixes: [prefix])
    case .sameLink: return BlueprintPeers(prefixes: [])
    case .internet:
      return BlueprintPeers(prefixes: lan + site + labPrefixes, isInverted: true)
    }
  }

  private func machines(_ indices: [Int]) -> BlueprintPeers {
    everyAddress(of: indices.map(Station.machine))
  }

  private func everyAddress(of stations: [Station]) -> BlueprintPeers {
    let nodes = stations.compactMap { blueprint.node(of: $0) }.map { blueprint.nodes[$0] }
    let addresses = nodes.flatMap(\.interfaces).flatMap(\.addresses).map(\.address)
    return BlueprintPeers(prefixes: addresses.map(\.alone))
  }

  /// Every prefix that is in use within the lab: what VMs, the host's own switches and engines have.
  private var labPrefixes: [AnyPrefix] {
    let planned = plan.networks.compactMap { Address.addresses($0)?.prefix }
    let private4 = blueprint.engines.map(\.inside)
    let inside = lab.machines.flatMap(\.inside).compactMap { Address.prefix($0.prefix) }
    let routed = lab.machines.flatMap(\.routes).compactMap(Address.route).map(\.destination)
      .filter { $0.length > 0 }
    return private4 + (planned + inside + routed).map(Address.ofEitherFamily)
  }
}

extension AnyAddress {
  /// The prefix of this address alone.
  fileprivate var alone: AnyPrefix {
    switch self {
    case .ipv4(let address): .ipv4(Prefix(containing: address, length: 32))
    case .ipv6(let address): .ipv6(Prefix(containing: address, length: 128))
    }
  }
}
