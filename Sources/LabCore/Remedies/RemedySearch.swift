/// Thinks of changes that might open a blocked pair; whether they do is for others to try.
struct RemedySearch {
  let lab: Lab
  let addresses: AddressPlan
  let fabric: Fabric
  let query: ConnectivityQuery
  let source: Endpoint
  let target: Endpoint

  /// Changes worth trying, in the order in which a person would think of them, each once.
  func candidates() -> [RemedyCandidate] {
    let all =
      cables() + internet() + firewalls() + translations() + misleading() + gateways()
      + missingRoutes() + routers() + otherPrefixes() + conflicts() + prefixes() + modes()
      + forwards() + entrances() + sharedNetworks() + moves()
      + removals() + newNetworks()
    var seen: Set<[LabChange]> = []
    return all.filter { !$0.changes.isEmpty && seen.insert($0.changes).inserted }
  }

  /// The VMs of the pair.
  var machines: [Int] {
    [source, target].compactMap { endpoint in
      if case .machine(let index) = endpoint { index } else { nil }
    }
  }

  func name(_ machine: Int) -> DNSLabel { lab.machines[machine].name }

  func draftAdapters(_ machine: Int) -> [AdapterDraft] { lab.draft.vms[machine].adapters }

  // MARK: What is there but off, or leads astray

  private func cables() -> [RemedyCandidate] {
    machines.flatMap { machine in
      draftAdapters(machine).enumerated().compactMap { position, adapter in
        guard adapter.cableConnected == false, let network = adapter.network else { return nil }
        return RemedyCandidate(
          [.plugCable(machine: machine, adapter: position)],
          "Plug in the cable of \(name(machine)) on \"\(network)\"")
      }
    }
  }

  private func internet() -> [RemedyCandidate] {
    guard !lab.host.hasInternet, source == .internet || target == .internet else { return [] }
    return [RemedyCandidate([.internetOn], "Connect the host's LAN to the internet")]
  }

  /// Routes and gateways of the VMs' own that may lead the wrong way.
  private func misleading() -> [RemedyCandidate] {
    machines.flatMap { machine in
      let routes = lab.draft.vms[machine].routes.enumerated().compactMap { index, route in
        route.to.map {
          RemedyCandidate(
            [.removeRoute(machine: machine, route: index)],
            "Remove the route of \(name(machine)) to \($0)")
        }
      }
      let hasGateway =
        switch query.family {
        case .ipv4: lab.machines[machine].gateway != nil
        case .ipv6: lab.machines[machine].gateway6 != nil
        }
      guard hasGateway else { return routes }
      return routes + [
        RemedyCandidate(
          [.removeGateway(machine: machine, query.family)],
          "Remove the gateway of \(name(machine)), so that its network's is used")
      ]
    }
  }

  /// Two machines of one address: let the planner choose one of them anew.
  private func conflicts() -> [RemedyCandidate] {
    machines.flatMap { machine in
      draftAdapters(machine).enumerated().flatMap { position, adapter -> [RemedyCandidate] in
        guard let network = adapter.network else { return [] }
        let hasAddress = query.family == .ipv4 ? adapter.address != nil : adapter.address6 != nil
        var candidates: [RemedyCandidate] = []
        if hasAddress {
          candidates.append(
            RemedyCandidate(
              [.freeAddress(machine: machine, adapter: position, query.family)],
              "Let the planner choose the address of \(name(machine)) on \"\(network)\""))
        }
        if adapter.mac != nil {
          candidates.append(
            RemedyCandidate(
              [.freeHardwareAddress(machine: machine, adapter: position)],
              "Let the planner choose the hardware address of \(name(machine)) on \"\(network)\""))
        }
        return candidates
      }
    }
  }
}

/// A change to be tried, and what it is called.
struct RemedyCandidate {
  let changes: [LabChange]
  let summary: String
  /// Whether pairs that it opens besides are what its user is after.
  let isWelcome: Bool

  init(_ changes: [LabChange], _ summary: String, isWelcome: Bool = false) {
    self.changes = changes
    self.summary = summary
    self.isWelcome = isWelcome
  }
}
