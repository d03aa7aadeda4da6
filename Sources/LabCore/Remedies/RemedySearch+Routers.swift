extension RemedySearch {
  /// Routers that have a foot on a network of each: turn them on, and tell either side of them, by
  /// a route or as its gateway.
  func routers() -> [RemedyCandidate] {
    switch query.family {
    case .ipv4: routers(IPv4Address.self)
    case .ipv6: routers(IPv6Address.self)
    }
  }

  /// Another default router for either side: one that an adapter offers, or one that a neighbour
  /// is.
  func gateways() -> [RemedyCandidate] {
    switch query.family {
    case .ipv4: gateways(IPv4Address.self)
    case .ipv6: gateways(IPv6Address.self)
    }
  }

  struct Link<Address: FabricFamily> {
    let router: Address
    let prefix: Prefix<Address>
  }

  /// What one side can be told of a router.
  private enum Telling: CaseIterable {
    case nothing, route, gateway
  }

  private func routers<Address: FabricFamily>(_: Address.Type) -> [RemedyCandidate] {
    var candidates: [RemedyCandidate] = []
    for router in lab.machines.indices where !machines.contains(router) {
      let on: [LabChange] = lab.machines[router].forwards ? [] : [.forwardOn(machine: router)]
      candidates += ways(on, by: name(router).text) {
        links(of: router, meeting: $0) as [Link<Address>]
      }
    }
    let on: [LabChange] = lab.host.forwards ? [] : [.hostForwarding]
    return candidates + ways(on, by: "the host") { hostLinks(meeting: $0) as [Link<Address>] }
  }

  /// Every way to tell both sides of a router, those that say least first; none where it does not
  /// touch both.
  private func ways<Address: FabricFamily>(
    _ on: [LabChange], by router: String, links: (Endpoint) -> [Link<Address>]
  ) -> [RemedyCandidate] {
    guard let near = links(source).first, let far = links(target).first,
      near.prefix != far.prefix
    else { return [] }
    let verb = on.isEmpty ? "Route" : "Let \(router) route"
    var candidates: [RemedyCandidate] = []
    for forth in Telling.allCases {
      for back in Telling.allCases {
        let changes =
          tell(source, forth, of: near, to: far.prefix)
          + tell(target, back, of: far, to: near.prefix)
        let told = [(source, forth), (target, back)]
          .filter { $0.1 == .gateway && $0.0.isMachine }
          .map { lab.name(of: $0.0) }
        let asGateway =
          told.isEmpty ? "" : ", the gateway of \(told.joined(separator: " and "))"
        candidates.append(
          RemedyCandidate(on + changes, "\(verb) between them through \(router)\(asGateway)"))
      }
    }
    return candidates
  }

  private func tell<Address: FabricFamily>(
    _ endpoint: Endpoint, _ telling: Telling, of link: Link<Address>, to prefix: Prefix<Address>
  ) -> [LabChange] {
    let router = link.router.ofEitherFamily
    guard case .machine(let machine) = endpoint else {
      guard endpoint == .host, telling == .route else { return [] }
      return [.addHostRoute(to: Address.ofEitherFamily(prefix), via: router)]
    }
    switch telling {
    case .nothing: return []
    case .route:
      return [.addRoute(machine: machine, to: Address.ofEitherFamily(prefix), via: router)]
    case .gateway: return [.setGateway(machine: machine, router)]
    }
  }

  private func gateways<Address: FabricFamily>(_: Address.Type) -> [RemedyCandidate] {
    machines.flatMap { machine in
      let offered = addresses.adapters[machine].compactMap { Address.assignment($0)?.gateway }
      let neighbours = lab.machines.indices.filter { $0 != machine && lab.machines[$0].forwards }
        .flatMap { links(of: $0, meeting: .machine(machine)) as [Link<Address>] }.map(\.router)
      let host =
        lab.host.forwards
        ? (hostLinks(meeting: .machine(machine)) as [Link<Address>]).map(\.router) : []
      return (offered + neighbours + host).filter { $0 != Address.gateway(lab.machines[machine]) }
        .map { gateway in
          RemedyCandidate(
            [.setGateway(machine: machine, gateway.ofEitherFamily)],
            "Make \(gateway) the gateway of \(name(machine))")
        }
    }
  }

  // MARK: Links

  private func links<Address: FabricFamily>(
    of router: Int, meeting endpoint: Endpoint
  ) -> [Link<Address>] {
    guard let near = switches(of: endpoint) else { return [] }
    return lab.machines[router].adapters.enumerated().compactMap { position, adapter in
      guard let network = adapter.network, near.contains(lab.switches[network]),
        let assignment = Address.assignment(addresses.adapters[router][position]),
        let address = assignment.address, let length = assignment.prefixLength
      else { return nil }
      return Link(router: address, prefix: Prefix(containing: address, length: length))
    }
  }

  /// The networks that a VM, or the host, is on; nil for who is on none of the lab's.
  private func switches(of endpoint: Endpoint) -> Set<Int>? {
    switch endpoint {
    case .machine(let machine):
      Set(lab.machines[machine].adapters.compactMap(\.network).map { lab.switches[$0] })
    case .host:
      Set(
        lab.networks.indices.filter { lab.networks[$0].profile.host.isOnSwitch }
          .map { lab.switches[$0] })
    case .lan, .site, .internet: nil
    }
  }

  func hostLinks<Address: FabricFamily>(meeting endpoint: Endpoint) -> [Link<Address>] {
    guard case .machine(let machine) = endpoint else { return [] }
    return lab.machines[machine].adapters.compactMap { adapter in
      guard let network = adapter.network else { return nil }
      switch lab.networks[network].profile.host {
      case .at, .first:
        let planned = addresses.networks[lab.switches[network]]
        guard let addresses = Address.addresses(planned), let host = addresses.host else {
          return nil
        }
        return Link(router: host, prefix: addresses.prefix)
      case .uplink:
        return Address.uplink(lab.host.uplink).map {
          Link(router: $0.address, prefix: $0.prefix)
        }
      case .absent: return nil
      }
    }
  }
}
