extension RemedySearch {
  /// Changes worth trying, in the order in which a person would think of them.
  func candidates() -> [RemedyCandidate] {
    var candidates =
      cables() + routers() + conflicts() + modes() + forwards() + sharedNetworks()
      + newNetworks()
    var seen: Set<[LabChange]> = []
    candidates.removeAll { !seen.insert($0.changes).inserted }
    for index in candidates.indices { candidates[index].order = index }
    return candidates
  }

  private var machines: [Int] {
    [source, target].compactMap { endpoint in
      if case .machine(let index) = endpoint { index } else { nil }
    }
  }

  private func name(_ machine: Int) -> DNSLabel { lab.machines[machine].name }

  private func draftAdapters(_ machine: Int) -> [AdapterDraft] { lab.draft.vms[machine].adapters }

  // MARK: What is there but off

  private func cables() -> [RemedyCandidate] {
    machines.flatMap { machine in
      draftAdapters(machine).enumerated().compactMap { position, adapter in
        guard adapter.cableConnected == false, let network = adapter.network else { return nil }
        return RemedyCandidate(
          changes: [.plugCable(machine: machine, adapter: position)],
          summary: "Plug in the cable of \(name(machine)) on \"\(network)\"")
      }
    }
  }

  /// Two machines of one address: let the planner choose one of them anew.
  private func conflicts() -> [RemedyCandidate] {
    machines.flatMap { machine in
      draftAdapters(machine).enumerated().compactMap { position, adapter in
        guard adapter.address != nil, let network = adapter.network else { return nil }
        return RemedyCandidate(
          changes: [.freeAddress(machine: machine, adapter: position)],
          summary: "Let the planner choose the address of \(name(machine)) on \"\(network)\"")
      }
    }
  }

  // MARK: Routers

  /// Routers that have a foot on a network of each: turn them on, and tell both sides of them.
  private func routers() -> [RemedyCandidate] {
    guard query.family == .ipv4 else { return [] }
    var candidates: [RemedyCandidate] = []
    for router in lab.machines.indices where !machines.contains(router) {
      let on: [LabChange] = lab.machines[router].forwards ? [] : [.forwardOn(machine: router)]
      let routes = routesThrough { links(of: router, meeting: $0) }
      candidates += combine(
        on, routes, verb: on.isEmpty ? "Route" : "Let \(name(router)) route", by: "\(name(router))")
    }
    let on: [LabChange] = lab.host.forwards ? [] : [.hostForwarding]
    let routes = routesThrough(hostLinks(meeting:))
    candidates += combine(
      on, routes, verb: on.isEmpty ? "Route" : "Let the host route", by: "the host")
    return candidates
  }

  private struct Link {
    let router: IPv4Address
    let prefix: IPv4Prefix
  }

  private struct RouterRoutes {
    let forth: [LabChange]
    let back: [LabChange]
  }

  private func combine(
    _ on: [LabChange], _ routes: RouterRoutes?, verb: String, by router: String
  ) -> [RemedyCandidate] {
    guard let routes else { return [] }
    let through = "\(verb) between them through \(router)"
    return [on, on + routes.forth, on + routes.back, on + routes.forth + routes.back]
      .filter { !$0.isEmpty }
      .map { RemedyCandidate(changes: $0, summary: through) }
  }

  /// The routes that lead from source to target and back by a router's links; nil where it does
  /// not touch both.
  private func routesThrough(_ links: (Endpoint) -> [Link]) -> RouterRoutes? {
    guard let near = links(source).first, let far = links(target).first,
      near.prefix != far.prefix
    else { return nil }
    return RouterRoutes(
      forth: route(on: source, to: far.prefix, via: near.router),
      back: route(on: target, to: near.prefix, via: far.router))
  }

  private func route(
    on endpoint: Endpoint, to prefix: IPv4Prefix, via router: IPv4Address
  ) -> [LabChange] {
    guard case .machine(let machine) = endpoint else { return [] }
    return [.addRoute(machine: machine, to: prefix, via: router)]
  }

  private func links(of router: Int, meeting endpoint: Endpoint) -> [Link] {
    guard case .machine(let machine) = endpoint else { return [] }
    let near = Set(lab.machines[machine].adapters.compactMap(\.network).map { lab.switches[$0] })
    return lab.machines[router].adapters.enumerated().compactMap { position, adapter in
      guard let network = adapter.network, near.contains(lab.switches[network]) else { return nil }
      let assignment = before.addresses.adapters[router][position].ipv4
      guard let address = assignment.address, let length = assignment.prefixLength else {
        return nil
      }
      return Link(router: address, prefix: IPv4Prefix(containing: address, length: length))
    }
  }

  private func hostLinks(meeting endpoint: Endpoint) -> [Link] {
    guard case .machine(let machine) = endpoint else { return [] }
    return lab.machines[machine].adapters.compactMap { adapter in
      guard let network = adapter.network,
        lab.networks[network].mode == .hostOnly || lab.networks[network].mode == .bridged,
        let addresses = before.addresses.networks[network].ipv4, let host = addresses.host
      else { return nil }
      return Link(router: host, prefix: addresses.prefix)
    }
  }

  // MARK: Modes and forwards

  private func modes() -> [RemedyCandidate] {
    let touched = Set(
      machines.flatMap { lab.machines[$0].adapters.compactMap(\.network) })
    return touched.sorted().flatMap { network in
      let now = lab.networks[network].mode
      return [NetworkMode.natNetwork, .hostOnly, .bridged].filter { $0 != now }.map { mode in
        RemedyCandidate(
          changes: [.setMode(network: network, mode)],
          summary: "Change \"\(lab.networks[network].name)\" from \(now.displayName) to "
            + "\(mode.displayName)")
      }
    }
  }

  /// A forward to a target behind a NAT.
  private func forwards() -> [RemedyCandidate] {
    guard case .machine(let machine) = target, query.transport != .icmp else { return [] }
    let transport: PortForward.Transport = query.transport == .udp ? .udp : .tcp
    let guestPort = query.port ?? 22
    let hostPort = freeHostPort(for: guestPort, transport)
    return lab.machines[machine].adapters.compactMap { adapter in
      guard let network = lab.network(of: adapter),
        network.mode == .nat || network.mode == .natNetwork
      else { return nil }
      let forward = PortForwardDraft(
        transport: transport, hostPort: hostPort, vm: name(machine), slot: adapter.slot,
        guestPort: guestPort)
      return RemedyCandidate(
        changes: [.addPortForward(forward)],
        summary: "Forward port \(hostPort) of the host to port \(guestPort) of \(name(machine))")
    }
  }

  /// An unprivileged port that no forward has yet, as like the guest's as can be.
  private func freeHostPort(for guestPort: Int, _ transport: PortForward.Transport) -> Int {
    let taken = Set(
      lab.portForwards.filter { $0.transport == transport }.map(\.hostPort))
    let preferred = guestPort == 22 ? 2222 : guestPort < 1024 ? 8000 + guestPort : guestPort
    return (preferred...65535).first { !taken.contains($0) } ?? preferred
  }

  // MARK: Networks

  /// A further adapter, or one that is not attached, on a network that the other is on already, or
  /// that leads where it is.
  private func sharedNetworks() -> [RemedyCandidate] {
    machines.flatMap { machine in
      lab.networks.indices.filter { network in
        !lab.machines[machine].adapters.contains { $0.network == network }
          && (machines.count < 2 || leads(network, to: machine))
      }
      .map { attach(machine, to: lab.networks[$0].name) }
    }
  }

  private func leads(_ network: Int, to machine: Int) -> Bool {
    machines.contains { other in
      other != machine && lab.machines[other].adapters.contains { $0.network == network }
    }
  }

  private func attach(_ machine: Int, to network: DNSLabel) -> RemedyCandidate {
    if let spare = draftAdapters(machine).firstIndex(where: { $0.network == nil }) {
      return RemedyCandidate(
        changes: [.attachAdapter(machine: machine, adapter: spare, network: network)],
        summary: "Attach the free adapter of \(name(machine)) to \"\(network)\"")
    }
    return RemedyCandidate(
      changes: [.attach(machine: machine, network: network)],
      summary: "Give \(name(machine)) a further adapter on \"\(network)\"")
  }

  /// A network of a mode that the lab does not have yet, with everyone concerned on it.
  private func newNetworks() -> [RemedyCandidate] {
    let modes: [NetworkMode] =
      machines.count == 2 ? [.internal, .hostOnly, .natNetwork] : modesTowards(source, target)
    return modes.compactMap { mode in
      guard let network = freeName(mode) else { return nil }
      let attachments = machines.map { attach($0, to: network) }
      let names = machines.map { name($0).text }.joined(separator: " and ")
      return RemedyCandidate(
        changes: [.addNetwork(network, mode)] + attachments.flatMap(\.changes),
        summary: "Give \(names) an adapter on a new \(mode.displayName) network")
    }
  }

  private func modesTowards(_ source: Endpoint, _ target: Endpoint) -> [NetworkMode] {
    switch (source, target) {
    case (.host, _): [.hostOnly, .bridged]
    case (_, .host): [.hostOnly, .nat, .bridged]
    case (_, .lan), (_, .internet): [.nat, .bridged]
    case (.lan, _): [.bridged]
    default: []
    }
  }

  private func freeName(_ mode: NetworkMode) -> DNSLabel? {
    let taken = Set(lab.networks.map(\.name.text))
    let names = [mode.rawValue] + (2...99).map { "\(mode.rawValue)-\($0)" }
    return names.first { !taken.contains($0) }.flatMap { try? DNSLabel(parsing: $0) }
  }
}
