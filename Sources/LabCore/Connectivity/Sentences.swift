/// Says why a cell of the matrix is what it is.
struct Sentences {
  let lab: Lab
  let fabric: Fabric
  let names: FabricNames
  let query: ConnectivityQuery

  func explain(
    _ outcome: Outcome, from source: Int, to target: Int, attempt: PairSolver.Attempt?,
    hops: [Hop]
  ) -> String {
    let from = names.spokenNode(source)
    let to = names.spokenNode(target)
    switch outcome {
    case .itself: return "\(from) is one machine; it reaches itself."
    case .direct:
      let link = hops.first?.interface.map(names.spokenSegment(of:)) ?? "one network"
      return "\(from) and \(to) are on \(link) and talk directly."
    case .routed:
      return "\(from) reaches \(to) through \(passed(hops)), which passes packets on unchanged."
    case .translated: return translated(from, to, hops)
    case .forwarded: return forwarded(from, to, attempt)
    case .notAttached: return notAttached(source, target)
    case .noAddress: return noAddress(source, target)
    case .offline:
      return
        "The host's LAN has no internet (\"internet\": false), so nothing gets \(target == fabric.internetNode ? "there" : "in from there")."
    case .noRoute, .isolatedByNAT, .notForwarded, .noReturnRoute, .addressConflict, .filtered:
      return blocked(outcome, source, target, attempt)
    }
  }

  // MARK: Reachable

  private func passed(_ hops: [Hop]) -> String {
    let between = hops.dropFirst().dropLast().map { names.spokenNode($0.node) }
    return between.isEmpty ? "a router" : between.joined(separator: " and ")
  }

  private func translated(_ from: String, _ to: String, _ hops: [Hop]) -> String {
    let translators = hops.filter { $0.translation != nil }
    let names = translators.map { self.names.spokenNode($0.node) }.joined(separator: " and ")
    let seen = translators.last?.translation.flatMap { translation -> String? in
      guard case .sender(let change) = translation else { return nil }
      return self.names.shown(change.to)
    }
    let verb = translators.count > 1 ? "each open" : "opens"
    let asWhom = seen.map { "; \(to) sees \($0) as the sender" } ?? ""
    return "\(from) reaches \(to) through \(names.isEmpty ? "a NAT" : names), which \(verb) the "
      + "connection in \(translators.count > 1 ? "their" : "its") own name\(asWhom)."
  }

  private func forwarded(_ from: String, _ to: String, _ attempt: PairSolver.Attempt?) -> String {
    if let dial = attempt?.dial, case .entrance(let index) = dial.port {
      return throughRouter(from, to, dial, fabric.entrances[index])
    }
    guard let dial = attempt?.dial, case .forwarded(let index) = dial.port else {
      return "\(from) reaches \(to) through a port forward."
    }
    let listener = fabric.listeners[index]
    let address = names.shown(dial.address).map { "\($0) port" } ?? "the host's LAN address, port"
    return "\(from) reaches \(to) only through a port forward of the host: it dials \(address) "
      + "\(listener.hostPort), and the host hands the connection to port \(listener.guestPort)."
  }

  private func throughRouter(
    _ from: String, _ to: String, _ dial: PairSolver.Dial, _ entrance: Entrance
  ) -> String {
    let router = names.spokenNode(entrance.node)
    let address = names.shown(dial.address).map { "\($0) port" } ?? "its outer address, port"
    let target = names.shown(entrance.target).map { "\($0) port" } ?? "port"
    return "\(from) reaches \(to) only through a port of \(router): it dials \(address) "
      + "\(entrance.port), and \(router) hands the connection to \(target) \(entrance.targetPort)."
  }

  // MARK: Blocked before the first packet

  private func notAttached(_ source: Int, _ target: Int) -> String {
    let names = [source, target].filter { !fabric.nodes[$0].isAttached }
      .map(self.names.spokenNode)
    let verb = names.count == 1 ? "has" : "have"
    return "\(names.joined(separator: " and ")) \(verb) no adapter that is attached and plugged in."
  }

  private func noAddress(_ source: Int, _ target: Int) -> String {
    let family = fabric.family == .ipv4 ? "IPv4" : "IPv6"
    let names = [source, target].filter { fabric.nodes[$0].interfaces.isEmpty }
      .map(self.names.spokenNode)
    let verb = names.count == 1 ? "has" : "have"
    return "\(names.joined(separator: " and ")) \(verb) no \(family) address."
  }

  // MARK: Blocked on the way

  private func blocked(
    _ outcome: Outcome, _ source: Int, _ target: Int, _ attempt: PairSolver.Attempt?
  ) -> String {
    let from = names.spokenNode(source)
    let to = names.spokenNode(target)
    guard let attempt else { return withoutAttempt(outcome, from, to) }
    let address = names.shown(attempt.dial.address)
    let place = address.map { " at \($0)" } ?? ""
    switch outcome {
    case .isolatedByNAT: return isolated(from, to, attempt)
    case .noReturnRoute:
      return "The packet of \(from) arrives, but the answer does not come back: "
        + reason(attempt, address: nil)
    case .filtered:
      return "\(from) cannot reach \(to)\(place): " + reason(attempt, address: address)
    case .addressConflict:
      return "\(from) does not reliably reach \(to)\(place): " + conflict(attempt)
    default:
      return "\(from) cannot reach \(to)\(place): " + reason(attempt, address: address)
    }
  }

  private func withoutAttempt(_ outcome: Outcome, _ from: String, _ to: String) -> String {
    guard query.transport == .multicast else { return "\(from) does not reach \(to)." }
    return outcome == .filtered
      ? "\(from) and \(to) share a network, but a firewall or the access point keeps multicast out."
      : "\(from) and \(to) share no network, and no router passes multicast on."
  }

  private func isolated(_ from: String, _ to: String, _ attempt: PairSolver.Attempt) -> String {
    guard let interface = attempt.dial.interface else {
      return "\(from) cannot reach \(to): no port forward serves \(from)."
    }
    let segment = fabric.interfaces[interface].segment
    let router: String
    switch fabric.segments[segment].kind {
    case .privateNAT: router = "a NAT router of its own"
    case .network where fabric.isTranslatedByHost(segment):
      return insideHost(from, to, attempt, segment)
    case .network(let network): router = "the router of \"\(lab.networks[network].name)\""
    case .lan, .vlan, .internet, .site, .inner: router = "the LAN's router"
    }
    let isListening = fabric.listeners.contains { $0.machine == fabric.interfaces[interface].node }
    return
      "\(from) cannot reach \(to): \(to) is behind \(router), which lets nothing in by itself; "
      + (isListening
        ? "its port forward does not serve \(from)." : "there is no port forward to it.")
  }

  /// A target on a network whose router is the host itself.
  private func insideHost(
    _ from: String, _ to: String, _ attempt: PairSolver.Attempt, _ segment: Int
  ) -> String {
    let address = names.shown(attempt.dial.address)
    let advice =
      fabric.entrances.contains { $0.node == fabric.hostNode && $0.target == attempt.dial.address }
      ? " Its port forward does not serve \(from)." : ""
    return "\(from) cannot reach \(to)\(address.map { " at \($0)" } ?? ""): "
      + reason(attempt, address: address) + advice
  }

  /// What the host's gate of a segment says, as the end of a sentence.
  private func refusal(ofGate segment: Int, _ direction: Stop.Direction) -> String {
    let keeper = lab.product.facts.gatekeeper
    guard case .network(let index) = fabric.segments[segment].kind else {
      return "\(keeper) does not pass it on."
    }
    let name = lab.networks[index].name
    if direction == .out { return "\(keeper) lets nothing out of \"\(name)\" but to the host." }
    return fabric.gates?[segment].inward == .replies
      ? "\(keeper) rejects what did not begin inside \"\(name)\"."
      : "\(keeper) lets nothing into \"\(name)\"."
  }

  /// What a guarded port of a switch says, as the end of a sentence.
  private func refusal(ofPort interface: Int) -> String {
    let adapter = fabric.interfaces[interface].adapter
    let network = adapter.flatMap { lab.machines[$0.machine].adapters[$0.adapter].network }
    guard let adapter, let network else { return "the switch passes no frames between them." }
    let profile = lab.networks[network].profile
    let machine = lab.machines[adapter.machine].name
    return profile.port.missesHost
      ? "\"\(lab.networks[network].name)\" (\(profile.native.name)) hands the frames of "
        + "\(machine) to the wire alone."
      : "the ports of \"\(lab.networks[network].name)\" (\(profile.native.name)) are isolated "
        + "from each other."
  }

  private func conflict(_ attempt: PairSolver.Attempt) -> String {
    switch attempt.flow.end {
    case .arrived(let node):
      return "\(names.spokenNode(node)) has the same address."
    case .stopped(let stop):
      switch stop.cause {
      case .conflict(let clash):
        return "more than one machine claims \(names.shown(clash) ?? "the address")."
      case .ledAway:
        return "on \(names.spokenNode(stop.node)), " + reason(attempt, address: nil)
      default:
        return
          "\(names.spokenNode(stop.node)) looks for it on another network that uses the same prefix."
      }
    }
  }

  /// What stopped an attempt, as the end of a sentence.
  private func reason(_ attempt: PairSolver.Attempt, address: String?) -> String {
    guard case .stopped(let stop) = attempt.flow.end else { return "another machine answers." }
    let node = names.spokenNode(stop.node)
    let there = address ?? (stop.isAnswer ? "the sender's address" : "there")
    switch stop.cause {
    case .noRoute where address == nil && !stop.isAnswer:
      return "no network of \(node) has a router that leads there."
    case .noRoute:
      return "\(node) has no route to \(there)."
    case .nobodyAnswers(let hop):
      guard let shown = names.shown(hop) else {
        return "nobody answers for the address on the network of \(node)."
      }
      let isOnLink = hop == attempt.dial.address || isNATRouter(stop.node)
      return isOnLink
        ? "\(node) looks for \(shown) on its own network, and nobody there has that address."
        : "\(node) sends it to \(shown), and nobody there has that address."
    case .conflict(let clash):
      return "more than one machine claims \(names.shown(clash) ?? "an address on the way")."
    case .doesNotForward:
      return stop.node == fabric.internetNode
        ? "the packet ends up on the internet, which knows no way to \(address ?? "that address")."
        : "the packet reaches \(node), which does not pass on packets for others."
    case .nothingListens: return "nothing listens there on \(node)."
    case .offline: return "the LAN has no internet."
    case .loop: return "the packet goes round in circles at \(node)."
    case .unknownToNAT: return "the answer goes to \(node), which never saw the question."
    case .answersPastRouter(let router):
      return "it reaches \(node) past \(names.spokenNode(router)), from an address that \(node) "
        + "did not dial."
    case .filtered(let filter): return refusal(filter, by: stop.node)
    case .isolatedClient:
      return "the access point keeps its clients apart (\"client_isolation\")."
    case .guardedPort(let interface): return refusal(ofPort: interface)
    case .closedGate(let segment, let direction):
      return refusal(ofGate: segment, direction)
    case .undelivered(let clash):
      return "\(names.shown(clash) ?? "the address") has a hardware address of its own, which the "
        + "switch delivers to nobody from \(node) while the adapter's promiscuous mode is closed."
    case .ledAway(let prefix):
      return "the route to \(fabric.text(of: prefix)) (\"occupied\") leads out of the lab."
    }
  }

  /// What a firewall says, as the end of a sentence.
  private func refusal(_ filter: Stop.Filter, by machine: Int) -> String {
    let name = lab.machines[machine].name
    let chain = filter.chain == .inbound ? "inbound" : "forward"
    let does = filter.chain == .inbound ? "does not let it in" : "does not let it through"
    if case .preset(let preset) = lab.draft.vms[machine].firewall {
      return "the firewall of \(name) (\(preset.rawValue)) \(does)."
    }
    switch filter.refusal {
    case .policy:
      return "the firewall of \(name) \(does): its \(chain) policy is deny, and no exception "
        + "matches."
    case .exception(let rule):
      return "the firewall of \(name) \(does): exception \(rule + 1) of its \(chain) rules matches."
    }
  }

  private func isNATRouter(_ node: Int) -> Bool {
    if case .natRouter = fabric.nodes[node].kind { true } else { false }
  }
}
