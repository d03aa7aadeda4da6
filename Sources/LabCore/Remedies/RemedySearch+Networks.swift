extension RemedySearch {
  // MARK: Modes and forwards

  func modes() -> [RemedyCandidate] {
    let touched = Set(
      machines.flatMap { lab.machines[$0].adapters.compactMap(\.network) })
    return touched.sorted().filter { !isUsedByDesign($0) }.flatMap { network in
      let now = lab.networks[network].mode
      let product = lab.product
      let others = product.sharedNAT + product.withHost + product.onLAN + product.privateNAT
      return others.map(\.mode).filter { $0 != now }.map { mode in
        RemedyCandidate(
          [.setMode(network: network, mode)],
          "Change \"\(lab.networks[network].name)\" from \(now.displayName) to "
            + "\(mode.displayName)")
      }
    }
  }

  /// Whether a VM that routes, filters or serves is on a network: another mode would take its place
  /// away.
  private func isUsedByDesign(_ network: Int) -> Bool {
    lab.networks[network].gatewayMachine != nil || lab.networks[network].dhcpMachine != nil
      || lab.machines.indices.contains { machine in
        (lab.machines[machine].firewall != nil || !lab.machines[machine].portForwards.isEmpty
          || lab.machines[machine].adapters.contains(where: \.masquerades))
          && lab.machines[machine].adapters.contains { $0.network == network }
      }
  }

  /// A forward to a target behind a NAT, or one that is there and listens for too few.
  func forwards() -> [RemedyCandidate] {
    guard case .machine(let machine) = target, query.transport != .icmp, query.family == .ipv4
    else { return [] }
    let bound = lab.portForwards.indices.filter {
      lab.portForwards[$0].machine == machine && lab.portForwards[$0].hostAddress != nil
    }.map { index in
      RemedyCandidate(
        [.unbindPortForward(index)],
        "Let the forward of port \(lab.portForwards[index].hostPort) to \(name(machine)) listen on "
          + "all of the host's addresses")
    }
    return bound + newForwards(to: machine)
  }

  private func newForwards(to machine: Int) -> [RemedyCandidate] {
    let transport: PortForward.Transport = query.transport == .udp ? .udp : .tcp
    let guestPort = query.port ?? 22
    let hostPort = freeHostPort(for: guestPort, transport)
    return lab.machines[machine].adapters.compactMap { adapter in
      guard let network = adapter.network,
        lab.networks[lab.switches[network]].profile.forwards != .nobody
      else { return nil }
      let forward = PortForwardDraft(
        transport: transport, hostPort: hostPort, vm: name(machine), slot: adapter.slot,
        guestPort: guestPort)
      return RemedyCandidate(
        [.addPortForward(forward)],
        "Forward port \(hostPort) of the host to port \(guestPort) of \(name(machine))")
    }
  }

  /// An unprivileged port that no forward has yet, as like the guest's as can be.
  private func freeHostPort(for guestPort: Int, _ transport: PortForward.Transport) -> Int {
    let taken = Set(
      lab.portForwards.filter { $0.transport == transport }.map(\.hostPort))
    let preferred = guestPort == 22 ? 2222 : guestPort < 1024 ? 8000 + guestPort : guestPort
    return (preferred...65535).first { !taken.contains($0) } ?? preferred
  }

  // MARK: Prefixes

  /// An IPv6 prefix for networks that have none.
  func prefixes() -> [RemedyCandidate] {
    guard query.family == .ipv6 else { return [] }
    let touched = Set(machines.flatMap { lab.machines[$0].adapters.compactMap(\.network) })
    let candidates = touched.sorted().filter {
      addresses.networks[lab.switches[$0]].ipv6 == nil
        && lab.networks[$0].profile.segment == .network
    }
    return candidates.compactMap { network in
      freeIPv6Prefix.map {
        RemedyCandidate(
          [.setIPv6Prefix(network: network, $0)],
          "Give \"\(lab.networks[network].name)\" the IPv6 prefix \($0)")
      }
    }
  }

  /// A unique local prefix (RFC 4193) that no network has; the same for the same lab.
  private var freeIPv6Prefix: IPv6Prefix? {
    let taken = lab.networks.compactMap(\.ipv6) + addresses.networks.compactMap { $0.ipv6?.prefix }
    return (0..<256).lazy.map { number in
      IPv6Prefix(
        containing: IPv6Address(bits: 0xfd6c_6162_706c << 80 | UInt128(number) << 64), length: 64)
    }.first { prefix in !taken.contains { $0.overlaps(prefix) } }
  }

  // MARK: Adapters

  /// A further adapter, or one that is not attached, on a network that the other is on already, or
  /// that leads where it is.
  func sharedNetworks() -> [RemedyCandidate] {
    machines.flatMap { machine in
      lab.networks.indices.filter { network in
        !lab.machines[machine].adapters.contains { $0.network == network }
          && (machines.count < 2 || leads(network, to: machine))
      }
      .map { attach(machine, to: lab.networks[$0].name) }
    }
  }

  /// The only adapter of one on a network of the other; routers and servers keep theirs.
  func moves() -> [RemedyCandidate] {
    guard machines.count == 2 else { return [] }
    return machines.filter { !lab.isPartOfDesign($0) }.flatMap { machine -> [RemedyCandidate] in
      let adapters = lab.machines[machine].adapters
      guard adapters.count == 1, let own = adapters[0].network else { return [] }
      return lab.networks.indices.filter { $0 != own && leads($0, to: machine) }.map { network in
        RemedyCandidate(
          [.moveAdapter(machine: machine, adapter: 0, network: lab.networks[network].name)],
          "Move \(name(machine)) from \"\(lab.networks[own].name)\" to "
            + "\"\(lab.networks[network].name)\"")
      }
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
        [.attachAdapter(machine: machine, adapter: spare, network: network)],
        "Attach the free adapter of \(name(machine)) to \"\(network)\"")
    }
    let article = draftAdapters(machine).isEmpty ? "an" : "a further"
    return RemedyCandidate(
      [.attach(machine: machine, network: network)],
      "Give \(name(machine)) \(article) adapter on \"\(network)\"")
  }

  /// A network of a mode that the lab does not have yet, with everyone concerned on it.
  func newNetworks() -> [RemedyCandidate] {
    let product = lab.product
    let modes =
      machines.count == 2
      ? product.cutOff + product.withHost + product.sharedNAT : modesTowards(source, target)
    return modes.compactMap { profile in
      let mode = profile.mode
      guard let network = freeName(profile) else { return nil }
      let attachments = machines.map { attach($0, to: network) }
      let names = machines.map { name($0).text }.joined(separator: " and ")
      let hasOwnPrefix = query.family == .ipv6 && profile.segment == .network
      return RemedyCandidate(
        [.addNetwork(network, mode, ipv6: hasOwnPrefix ? freeIPv6Prefix : nil)]
          + attachments.flatMap(\.changes),
        "Give \(names) an adapter on a new \(mode.noun)")
    }
  }

  private func modesTowards(_ source: Endpoint, _ target: Endpoint) -> [ModeProfile] {
    let product = lab.product
    return switch (source, target) {
    case (.host, _): product.withHost + product.onLAN
    case (_, .host): product.withHost + product.privateNAT + product.onLAN
    case (_, .lan), (_, .internet): product.privateNAT + product.onLAN
    case (.lan, _), (.internet, _): product.onLAN
    default: []
    }
  }

  private func freeName(_ profile: ModeProfile) -> DNSLabel? {
    let taken = Set(lab.networks.map(\.name))
    return (1...99).lazy.compactMap(profile.inventedName).first { !taken.contains($0) }
  }
}
