/// What gateways, firewalls and prefixes that are there could do otherwise.
extension RemedySearch {
  /// The attempt that tells most of why the pair is blocked.
  var bestAttempt: PairSolver.Attempt? {
    let solver = PairSolver(fabric: fabric, query: query)
    let (from, to) = (fabric.node(of: source), fabric.node(of: target))
    guard solver.missingLink(from, to) == nil else { return nil }
    return solver.attempts(from: from, to: to).min { $0.outcome.isBetter(than: $1.outcome) }
  }

  /// Routers that are VMs of the design, and that the connection passes or either of the two is
  /// beside, translate what they pass on; the host too.
  func translations() -> [RemedyCandidate] {
    let near = Set(machines.flatMap { lab.machines[$0].adapters.compactMap(\.network) })
    let passed = passedNodes
    let routers = lab.machines.indices.filter { machine in
      lab.machines[machine].forwards
        && (passed.contains(machine)
          || lab.machines[machine].adapters.contains { $0.network.map(near.contains) ?? false })
    }.prefix(16)
    let byMachines = routers.flatMap { machine in
      lab.machines[machine].adapters.indices.compactMap { adapter -> RemedyCandidate? in
        let card = lab.machines[machine].adapters[adapter]
        guard !card.masquerades, let network = card.network else { return nil }
        return RemedyCandidate(
          [.masquerade(machine: machine, adapter: adapter)],
          "Let \(name(machine)) translate what it sends out on \"\(lab.networks[network].name)\"",
          isWelcome: true)
      }
    }
    return byMachines + translationByHost()
  }

  /// The nodes that the attempt which tells most gets to.
  private var passedNodes: Set<Int> {
    guard let attempt = bestAttempt else { return [] }
    var simulator = Simulator(fabric, query, recordsHops: true)
    _ = simulator.connect(
      from: fabric.node(of: source), to: attempt.dial.address, port: attempt.dial.port)
    return Set((simulator.hops ?? []).map(\.node))
  }

  private func translationByHost() -> [RemedyCandidate] {
    guard !lab.host.masquerades, query.family == .ipv4, case .machine(let machine) = source else {
      return []
    }
    var changes: [LabChange] = [.hostMasquerade]
    if !lab.host.forwards { changes.insert(.hostForwarding, at: 0) }
    let summary = "Let the host route and translate what leaves by its uplink"
    let links = hostLinks(meeting: .machine(machine)) as [Link<IPv4Address>]
    return [RemedyCandidate(changes, summary)]
      + links.map {
        RemedyCandidate(
          changes + [.setGateway(machine: machine, .ipv4($0.router))],
          "\(summary), as the gateway of \(name(machine))")
      }
  }

  /// Lets a firewall that stops the pair pass it, and nothing else.
  func firewalls() -> [RemedyCandidate] {
    guard let attempt = bestAttempt, case .stopped(let stop) = attempt.flow.end,
      case .filtered(let filter) = stop.cause
    else { return [] }
    let machine = stop.node
    if case .exception(let index) = filter.refusal {
      return [
        RemedyCandidate(
          [.dropException(machine: machine, filter.chain, index)],
          "Remove exception \(index + 1) of the \(filter.chain.key) rules of \(name(machine))")
      ]
    }
    var rule = FirewallRuleDraft(transport: transport, port: query.port)
    if !attempt.flow.isTranslated { rule.from = peer(source) }
    if filter.chain == .forward { rule.to = peer(target) }
    guard rule != FirewallRuleDraft() else { return [] }
    let port = query.port.map { " port \($0)" } ?? ""
    return [
      RemedyCandidate(
        [.letThrough(machine: machine, filter.chain, rule)],
        "Let the firewall of \(name(machine)) pass \(query.transport.rawValue)\(port) from "
          + "\(lab.name(of: source)) to \(lab.name(of: target))")
    ]
  }

  private var transport: FirewallRule.Transport? {
    switch query.transport {
    case .tcp: .tcp
    case .udp, .multicast: .udp
    case .icmp: .icmp
    }
  }

  private func peer(_ endpoint: Endpoint) -> FirewallPeerDraft {
    switch endpoint {
    case .machine(let index): .endpoints(.vm(name(index)))
    case .host: .endpoints(.host)
    case .lan: .endpoints(.lan)
    case .internet: .endpoints(.internet)
    // Documents write it as they write a VM's name; none is called so where there is a site.
    case .site: .endpoints((try? EndpointSelector(parsing: siteName)) ?? .site)
    }
  }

  /// A port of a gateway VM that leads to a target behind it.
  func entrances() -> [RemedyCandidate] {
    guard case .machine(let machine) = target, query.family == .ipv4,
      let transport = PortForward.Transport(rawValue: query.transport.rawValue)
    else { return [] }
    let near = Set(lab.machines[machine].adapters.compactMap(\.network).map { lab.switches[$0] })
    let gateways = lab.machines.indices.filter { router in
      router != machine && source != .machine(router) && lab.machines[router].forwards
        && lab.machines[router].adapters.contains {
          $0.network.map { near.contains(lab.switches[$0]) } ?? false
        }
    }
    return gateways.prefix(8).map { router in
      let port = query.port ?? 22
      let taken = Set(lab.machines[router].portForwards.map(\.port))
      let outer = ([port, 2222, 8443] + (10_000...10_100)).first { !taken.contains($0) } ?? port
      return RemedyCandidate(
        [
          .addEntrance(
            machine: router,
            DestinationForwardDraft(
              transport: transport, port: outer, target: .machine(name(machine)),
              targetPort: port))
        ], "Forward port \(outer) of \(name(router)) to port \(port) of \(name(machine))")
    }
  }

  /// Another prefix for a network that has addresses in common with others.
  func otherPrefixes() -> [RemedyCandidate] {
    guard query.family == .ipv4, let attempt = bestAttempt,
      [.addressConflict, .noRoute, .noReturnRoute].contains(attempt.outcome),
      let free = freePrefix
    else { return [] }
    let touched = Set(machines.flatMap { lab.machines[$0].adapters.compactMap(\.network) })
    return touched.sorted().compactMap { network in
      let summary = "Give \"\(lab.networks[network].name)\" the prefix \(free)"
      if let old = lab.networks[network].ipv4 {
        guard old.length == free.length, isContested(network, old) else { return nil }
        return RemedyCandidate([.renumber(network: network, free)], summary, isWelcome: true)
      }
      guard isPrivateAndContested(network) else { return nil }
      return RemedyCandidate(
        [.setIPv4Prefix(network: network, free)], summary, isWelcome: true)
    }
  }

  /// Whether a private prefix that the hypervisor chooses has addresses in common with the LAN, with
  /// another network or with what the host has besides.
  private func isPrivateAndContested(_ network: Int) -> Bool {
    let others = addresses.networks.compactMap { $0.ipv4?.prefix } + occupied
    return machines.contains { machine in
      lab.machines[machine].adapters.contains { adapter in
        guard adapter.network == network, lab.networks[network].profile.segment == .adapter,
          let link = IPv4Address.natLink(
            lab.networks[network], prefix: nil, slot: adapter.slot, in: lab)
        else { return false }
        return others.contains { $0.overlaps(link.prefix) }
      }
    }
  }

  private func isContested(_ network: Int, _ own: IPv4Prefix) -> Bool {
    let others = addresses.networks.indices.filter { lab.switches[$0] != lab.switches[network] }
      .compactMap { addresses.networks[$0].ipv4?.prefix }
    return (others + engines + occupied).contains { $0.overlaps(own) }
  }

  private var engines: [IPv4Prefix] {
    FabricCompiler<IPv4Address>.networkPrefixes(
      lab: lab, plan: AddressPlan(networks: [], adapters: []))
  }

  private var occupied: [IPv4Prefix] {
    lab.host.occupied.compactMap(IPv4Address.prefix)
      + (lab.host.uplink.ipv4.map { [$0.prefix] } ?? [])
      + lab.host.siteRoutes.compactMap { IPv4Address.route($0)?.to }
  }

  /// A /24 that nothing of the lab, its host or its LAN uses.
  private var freePrefix: IPv4Prefix? {
    let taken = addresses.networks.compactMap { $0.ipv4?.prefix } + engines + occupied
    let usual = (56..<64).map { IPv4Prefix(192, 168, $0, 0, length: 24) }
    let others = (10..<250).map { IPv4Prefix(10, 77, $0, 0, length: 24) }
    return (usual + others).first { prefix in !taken.contains { $0.overlaps(prefix) } }
  }

  /// Takes away an adapter that has addresses in common with another of its VM; routers and servers
  /// keep theirs.
  func removals() -> [RemedyCandidate] {
    machines.filter { !lab.isPartOfDesign($0) }.flatMap { machine in
      let own = fabric.interfaces(of: machine)
      return draftAdapters(machine).indices.compactMap { adapter -> RemedyCandidate? in
        let reference = AdapterReference(machine: machine, adapter: adapter)
        let isRival = own.contains { first in
          first.adapter == reference
            && own.contains { $0.adapter != reference && $0.prefix.overlaps(first.prefix) }
        }
        let slot = lab.machines[machine].adapters[adapter].slot
        // Slots of later adapters follow from those before.
        guard isRival, adapter == draftAdapters(machine).count - 1 else { return nil }
        return RemedyCandidate(
          [.removeAdapter(machine: machine, adapter: adapter)],
          "Remove adapter \(slot) of \(name(machine))")
      }
    }
  }
}
