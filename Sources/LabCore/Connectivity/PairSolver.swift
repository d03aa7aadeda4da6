/// Finds out whether one endpoint reaches another, by dialling every address the target has.
struct PairSolver {
  let fabric: Fabric
  let query: ConnectivityQuery
  /// By machine: the listeners that lead to it and carry what the query asks for.
  private let listeners: [Int: [Int]]
  private let hostAddresses: Set<AddressBits>
  /// By node: the entrances that lead to it at last and carry what the query asks for.
  private let entrances: [Int: [Int]]

  init(fabric: Fabric, query: ConnectivityQuery) {
    self.fabric = fabric
    self.query = query
    var listeners: [Int: [Int]] = [:]
    for (index, listener) in fabric.listeners.enumerated()
    where listener.transport.carries(query)
      && (query.port ?? listener.guestPort) == listener.guestPort
    {
      listeners[listener.machine, default: []].append(index)
    }
    hostAddresses = Set(fabric.interfaces(of: fabric.hostNode).map(\.address))
    let ways = ForwardedWays(fabric, query)
    self.entrances = ways.entrances
    for (machine, indices) in ways.listeners { listeners[machine, default: []] += indices }
    self.listeners = listeners
  }

  /// One way to dial a target.
  struct Dial: Hashable {
    let address: AddressBits
    let port: TargetPort
    /// The target's interface that has the address or is forwarded to; nil on a loopback.
    let interface: Int?

    /// Whether it is a router's port that is dialled.
    var isAtRouter: Bool {
      if case .entrance = port { true } else { false }
    }
  }

  /// One way that was tried, and what came of it.
  struct Attempt {
    let dial: Dial
    let outcome: Outcome
    let flow: Flow
  }

  /// The machines that forwards lead to, in ascending order.
  var forwardedMachines: [Int] { listeners.keys.sorted() }

  /// The listeners that lead to a machine, by index in `Fabric.listeners`.
  func listeners(to machine: Int) -> [Int] { listeners[machine] ?? [] }

  /// How the source reaches the target, or why not.
  func outcome(from source: Int, to target: Int, includingForwards: Bool = true) -> Outcome {
    if source == target { return .itself }
    if let missing = missingLink(source, target) { return missing }
    if query.transport == .multicast { return multicastOutcome(from: source, to: target) }
    var best: Outcome?
    for dial in ownDials(from: source, to: target) where best != .direct {
      keepBetter(&best, attempt(dial, from: source, to: target).outcome)
    }
    if includingForwards { tryForwards(&best, from: source, to: target) }
    return best ?? .noAddress
  }

  /// The same by port forwards alone.
  func forwardOutcome(from source: Int, to target: Int) -> Outcome {
    if let missing = missingLink(source, target) { return missing }
    var best: Outcome?
    tryForwards(&best, from: source, to: target)
    return best ?? .noAddress
  }

  /// No forward is better than a way that works without.
  private func tryForwards(_ best: inout Outcome?, from source: Int, to target: Int) {
    for dial in entranceDials(from: source, to: target) where best?.isReachable != true {
      keepBetter(&best, attempt(dial, from: source, to: target).outcome)
    }
    guard let indices = listeners[target] else { return }
    let addresses = hostAddresses(from: source)
    var tries = 0
    for index in indices where tries < Self.maximumTries {
      for dial in dials(listener: index, at: addresses) where best?.isReachable != true {
        keepBetter(&best, attempt(dial, from: source, to: target).outcome)
        tries += 1
      }
    }
  }

  /// Ways by forwards that are tried before a pair counts as blocked. A host has as many addresses
  /// as host-only networks, and a VM as many forwards as there are ports.
  private static let maximumTries = 4096

  private func keepBetter(_ best: inout Outcome?, _ outcome: Outcome) {
    if let known = best, !outcome.isBetter(than: known) { return }
    best = outcome
  }

  /// Every way to dial the target, with what comes of it, in the order in which they are tried.
  func attempts(from source: Int, to target: Int) -> [Attempt] {
    guard query.transport != .multicast else { return [] }
    var dials = ownDials(from: source, to: target) + entranceDials(from: source, to: target)
    let addresses = listeners[target] == nil ? [] : hostAddresses(from: source)
    for index in listeners(to: target) where dials.count < Self.maximumTries {
      dials += self.dials(listener: index, at: addresses)
    }
    return dials.map { attempt($0, from: source, to: target) }
  }

  /// Why two nodes cannot talk whatever lies between them; nil when they may.
  func missingLink(_ source: Int, _ target: Int) -> Outcome? {
    let from = fabric.nodes[source]
    let to = fabric.nodes[target]
    if !from.isAttached || !to.isAttached { return .notAttached }
    if !hasAddress(source) { return .noAddress }
    // Every host has a loopback, also where it has no address of the family besides.
    let hasAlias = target == fabric.hostNode && !loopbackAliases(of: source).isEmpty
    return !hasAddress(target) && !hasAlias ? .noAddress : nil
  }

  /// Whether a node has an address that others may dial.
  private func hasAddress(_ node: Int) -> Bool {
    fabric.interfaces(of: node).contains { !$0.isInner }
  }

  // MARK: Dialling

  /// The target's own addresses, in slot order.
  private func ownDials(from source: Int, to target: Int) -> [Dial] {
    var dials = fabric.nodes[target].interfaces.filter { !fabric.interfaces[$0].isInner }.map {
      Dial(address: fabric.interfaces[$0].address, port: .own, interface: $0)
    }
    if target == fabric.hostNode, query.transport != .icmp {
      dials += loopbackAliases(of: source).map { Dial(address: $0, port: .own, interface: nil) }
    }
    return dials
  }

  /// The ports of routers that lead to the target.
  private func entranceDials(from source: Int, to target: Int) -> [Dial] {
    guard let indices = entrances[target] else { return [] }
    let dials = indices.flatMap { index in
      let entrance = fabric.entrances[index]
      // The LAN router's are for the internet alone.
      guard entrance.node != source,
        entrance.node != fabric.lanRouterNode || source == fabric.internetNode
      else { return [Dial]() }
      return entrance.addresses.map {
        Dial(address: $0, port: .entrance(index), interface: nil)
      }
    }
    return Array(dials.prefix(Self.maximumTries))
  }

  /// The host's addresses at which a forward listens.
  private func dials(listener index: Int, at addresses: [AddressBits]) -> [Dial] {
    let listener = fabric.listeners[index]
    return addresses.filter { address in
      // An alias of the loopback counts as the loopback.
      listener.accepts(hostAddresses.contains(address) ? address : fabric.family.loopback)
    }
    .map { Dial(address: $0, port: .forwarded(index), interface: listener.interface) }
  }

  /// Whether a source gets through by one forward.
  func reaches(listener index: Int, from source: Int) -> Bool {
    let target = fabric.listeners[index].machine
    guard missingLink(source, target) == nil else { return false }
    return dials(listener: index, at: hostAddresses(from: source)).contains {
      attempt($0, from: source, to: target).outcome.isReachable
    }
  }

  /// The host's addresses as a source may dial them: its loopback first, where it can.
  private func hostAddresses(from source: Int) -> [AddressBits] {
    let own = fabric.interfaces(of: fabric.hostNode).map(\.address)
    if source == fabric.hostNode { return [fabric.family.loopback] + own }
    return own + loopbackAliases(of: source)
  }

  /// What the source's NAT routers have for the host's loopback.
  private func loopbackAliases(of source: Int) -> [AddressBits] {
    fabric.interfaces(of: source).compactMap { interface in
      guard let node = fabric.natRouters[interface.segment],
        case .natRouter(let router) = fabric.nodes[node].kind
      else { return nil }
      return router.hostLoopback
    }
  }

  // MARK: Judging

  /// What comes of dialling one address of the target's, or of anybody's.
  func attempt(
    at address: AddressBits, from source: Int, to target: Int
  ) -> Attempt {
    let interface = fabric.nodes[target].interfaces.first {
      fabric.interfaces[$0].address == address
    }
    return attempt(
      Dial(address: address, port: .own, interface: interface), from: source, to: target)
  }

  private func attempt(_ dial: Dial, from source: Int, to target: Int) -> Attempt {
    var simulator = Simulator(fabric, query)
    let flow = simulator.connect(from: source, to: dial.address, port: dial.port)
    return Attempt(
      dial: dial, outcome: judge(flow, dial, from: source, to: target), flow: flow)
  }

  private func judge(_ flow: Flow, _ dial: Dial, from source: Int, to target: Int) -> Outcome {
    switch flow.end {
    case .arrived(let node) where node == target:
      if dial.port != .own { return .forwarded }
      if flow.isTranslated { return .translated }
      return flow.isRouted ? .routed : .direct
    case .arrived:
      return isLedElsewhere(dial) ? .noRoute : wrongMachine(dial, from: source, to: target)
    case .stopped(let stop): return blocked(by: stop, dial, from: source, to: target)
    }
  }

  /// Whether a router's port leads elsewhere than what was asked for.
  private func isLedElsewhere(_ dial: Dial) -> Bool {
    switch dial.port {
    case .entrance: true
    case .own:
      fabric.entrances.contains {
        $0.transport.carries(query) && $0.port == query.port && $0.addresses.contains(dial.address)
      }
    case .forwarded, .redirected: false
    }
  }

  private func wrongMachine(_ dial: Dial, from source: Int, to target: Int) -> Outcome {
    isBehindNAT(dial, from: source, to: target) ? .isolatedByNAT : .addressConflict
  }

  private func blocked(
    by stop: Stop, _ dial: Dial, from source: Int, to target: Int
  ) -> Outcome {
    if source == fabric.internetNode, !fabric.hasInternet { return .offline }
    switch stop.cause {
    case .filtered, .isolatedClient, .undelivered, .guardedPort:
      if !stop.isAnswer { return .filtered }
    default: break
    }
    if isBehindNAT(dial, from: source, to: target) {
      return stop.isAnswer && stop.taker == target ? .noReturnRoute : .isolatedByNAT
    }
    if stop.isAnswer, let taker = stop.taker, isElsewhere(taker, dial, target) {
      return .addressConflict
    }
    switch stop.cause {
    case .offline: return .offline
    case .conflict: return .addressConflict
    case .ledAway where isOnLink(of: stop.node, stop.isAnswer ? source : target):
      return .addressConflict
    case _ where stop.isAnswer: return .noReturnRoute
    case _ where dial.isAtRouter: return .noRoute
    case _ where dial.port != .own: return .isolatedByNAT
    case .nobodyAnswers where looksOnLink(dial.address, from: stop.node, insteadOf: target),
      .nothingListens
    where dial.interface != nil
      && looksOnLink(dial.address, from: stop.node, insteadOf: target):
      return .addressConflict
    case .noRoute, .nobodyAnswers, .nothingListens, .unknownToNAT, .loop, .answersPastRouter,
      .ledAway, .filtered, .isolatedClient, .undelivered, .guardedPort:
      return .noRoute
    case .closedGate: return .notForwarded
    case .doesNotForward: return stop.node == fabric.internetNode ? .noRoute : .notForwarded
    }
  }

  /// Whether a machine took the packet that it was not meant for.
  private func isElsewhere(_ taker: Int, _ dial: Dial, _ target: Int) -> Bool {
    guard taker != target else { return false }
    switch fabric.nodes[taker].kind {
    case .machine(let machine): return dial.port == .own || !fabric.nodes[machine].forwards
    case .lanPeer, .internet, .site: return true
    case .host: return dial.port == .own
    case .lanRouter, .siteRouter, .natRouter: return false
    }
  }

  /// Whether the address that is dialled is inside a NAT that the source is outside of: behind a
  /// router of NAT or a NAT network, or, seen from the internet, on the LAN.
  private func isBehindNAT(_ dial: Dial, from source: Int, to target: Int) -> Bool {
    guard dial.port == .own, let interface = dial.interface else { return false }
    let segment = fabric.interfaces[interface].segment
    switch fabric.segments[segment].kind {
    case _ where fabric.isOn(segment, source): return false
    case .privateNAT: return true
    case .network:
      return fabric.natRouters[segment] != nil || fabric.isTranslatedByHost(segment)
    case .lan, .vlan: return source == fabric.internetNode && fabric.family == .ipv4
    case .internet, .site, .inner: return false
    }
  }

  /// Whether two nodes have a segment in common.
  private func isOnLink(of node: Int, _ other: Int) -> Bool {
    fabric.interfaces(of: node).contains { fabric.isOn($0.segment, other) }
  }

  /// Whether the stopping node takes the address for a neighbour's, while the target is elsewhere:
  /// two networks claim one prefix.
  private func looksOnLink(
    _ address: AddressBits, from node: Int, insteadOf target: Int
  ) -> Bool {
    guard let line = fabric.route(from: node, to: address), line.nextHop == nil else {
      return false
    }
    return !fabric.isOn(fabric.interfaces[line.interface].segment, target)
  }
}

extension PortForward.Transport {
  /// Whether forwards of this transport serve a query; none carries ICMP.
  func carries(_ query: ConnectivityQuery) -> Bool {
    switch (self, query.transport) {
    case (.tcp, .tcp), (.udp, .udp): true
    case (.tcp, _), (.udp, _): false
    }
  }
}

extension Outcome {
  /// Which of two ways to keep: the plainest that works, or else the failure that got farthest.
  func isBetter(than other: Outcome) -> Bool { rank < other.rank }

  private var rank: Int {
    switch self {
    case .itself: 0
    case .direct: 1
    case .routed: 2
    case .translated: 3
    case .forwarded: 4
    case .addressConflict: 5
    case .noReturnRoute: 6
    case .filtered: 7
    case .notForwarded: 8
    case .offline: 9
    case .isolatedByNAT: 10
    case .noRoute: 11
    case .noAddress: 12
    case .notAttached: 13
    }
  }
}
