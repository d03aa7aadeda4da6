/// A packet's way to whoever takes it, and its answer's way back.
extension Simulator {
  enum Walk {
    /// By whom, and the segment by which it came.
    case taken(Int, segment: Int?)
    case stopped(Int, Stop.Cause)
  }

  /// A leg's packet as its first node sends it.
  struct Question {
    let source: AddressBits
    let destination: AddressBits
    let port: Int?

    /// The packet that comes back.
    var answer: Question { Question(source: destination, destination: source, port: nil) }
  }

  func stop(_ walk: Walk, taker: Int?) -> Stop {
    switch walk {
    case .taken(let node, _): Stop(node: node, cause: .nothingListens, taker: taker)
    case .stopped(let node, let cause): Stop(node: node, cause: cause, taker: taker)
    }
  }

  /// Follows a packet until somebody takes it: its owner, or a NAT that passes it on itself.
  ///
  /// - Parameter answering: for an answer, the node that waits for it.
  mutating func walk(
    from start: Int, by first: FabricRoute, _ packet: Question, answering: Int?
  ) -> Walk {
    let destination = packet.destination
    var node = start
    var line = first
    for _ in 0..<Self.maximumHops {
      let segment = fabric.interfaces[line.interface].segment
      switch neighbour(of: node, by: line, to: destination) {
      case .failure(let failure): return .stopped(node, failure.cause)
      case .success(let next): node = next
      }
      if answering == nil { recordArrival(at: node, on: segment, of: destination) }
      if let answering {
        if node == answering { return .taken(node, segment: segment) }
        if case .natRouter = fabric.nodes[node].kind { return .stopped(node, .unknownToNAT) }
      } else if case .natRouter = fabric.nodes[node].kind {
        return .taken(node, segment: segment)
      }
      if fabric.owns(node, destination) { return .taken(node, segment: segment) }
      guard fabric.nodes[node].forwards else { return .stopped(node, .doesNotForward) }
      guard let next = fabric.route(from: node, to: destination) else {
        return .stopped(node, .noRoute)
      }
      line = next
      if let end = atLANRouter(node, from: segment, by: line, answering: answering) { return end }
      if let end = inTransit(packet, at: node, from: segment, by: line, answering: answering) {
        return end
      }
      isRouted = true
    }
    return .stopped(node, .loop)
  }

  private struct Failure: Error {
    let cause: Stop.Cause
  }

  /// Who takes up what a node sends by a line of its routing table.
  private func neighbour(
    of node: Int, by line: FabricRoute, to destination: AddressBits
  ) -> Result<Int, Failure> {
    if line.leadsAway { return .failure(Failure(cause: .ledAway(line.prefix))) }
    let segment = fabric.interfaces[line.interface].segment
    let nextHop = line.nextHop ?? destination
    switch fabric.owners.answer(for: nextHop, on: segment) {
    case .nobody:
      if let engine = lender(on: segment), engine != node { return .success(engine) }
      return .failure(Failure(cause: .nobodyAnswers(nextHop)))
    case .conflict: return .failure(Failure(cause: .conflict(nextHop)))
    case .node(let next):
      if let own = addressInDispute(between: line.interface, and: next) {
        return .failure(Failure(cause: .conflict(own)))
      }
      if let port = guardedPort(between: node, and: next, on: segment) {
        return .failure(Failure(cause: .guardedPort(port)))
      }
      if isKeptApart(node, next, on: segment) { return .failure(Failure(cause: .isolatedClient)) }
      guard isDelivered(nextHop, from: node, to: next, on: segment) else {
        return .failure(Failure(cause: .undelivered(nextHop)))
      }
      return .success(next)
    }
  }

  /// The engine that answers for every address of a segment, because its guest has the host's.
  private func lender(on segment: Int) -> Int? {
    guard let node = fabric.natRouters[segment],
      case .natRouter(let router) = fabric.nodes[node].kind, router.lendsHostAddress
    else { return nil }
    return node
  }

  /// The interface whose port passes no frames between two nodes, by index in `Fabric.interfaces`.
  func guardedPort(between first: Int, and second: Int, on segment: Int) -> Int? {
    guard fabric.hasGuardedPorts else { return nil }
    let ends = [first, second].map { node in
      fabric.nodes[node].interfaces.first { fabric.interfaces[$0].segment == segment }
    }
    guard let near = ends[0], let far = ends[1] else { return nil }
    if keepsApart(near, second, far) { return near }
    return keepsApart(far, first, near) ? far : nil
  }

  private func keepsApart(_ interface: Int, _ other: Int, _ end: Int) -> Bool {
    let port = fabric.interfaces[interface].port
    if other == fabric.hostNode { return port.missesHost }
    return port.isIsolated && other < fabric.machineCount
      && fabric.interfaces[end].port != .plain
  }

  /// Whether the access point passes no frames between two nodes: one of them is another of its
  /// clients, and the other the host, by whose radio its VMs send too.
  func isKeptApart(_ first: Int, _ second: Int, on segment: Int) -> Bool {
    guard fabric.isolatesClients, fabric.segments[segment].kind == .lan else { return false }
    let peer = fabric.lanPeerNode
    return first == peer && second <= fabric.hostNode || second == peer && first <= fabric.hostNode
  }

  /// Whether the switch passes on what is for an address with a hardware address of its own.
  private func isDelivered(
    _ address: AddressBits, from sender: Int, to node: Int, on segment: Int
  ) -> Bool {
    let interface = fabric.interfaces(of: node).first {
      $0.address == address && $0.segment == segment
    }
    switch interface?.delivery ?? .everybody {
    case .everybody: return true
    case .machinesOnly: return sender < fabric.machineCount
    case .nobody: return false
    }
  }

  /// The address of an interface that the machine it asks for a hardware address has too: the asker
  /// names itself by it, and nobody answers a question that seems to come from itself (Linux,
  /// `arp_process`, which takes the asker for a martian). IPv6 asks by link-local addresses.
  func addressInDispute(between interface: Int, and other: Int) -> AddressBits? {
    let address = fabric.interfaces[interface].address
    guard fabric.family == .ipv4, other != fabric.interfaces[interface].node,
      fabric.owns(other, address)
    else { return nil }
    return address
  }

  /// The LAN's router takes what goes out to translate it, where its family is translated at all,
  /// and lets nothing in.
  func atLANRouter(
    _ node: Int, from segment: Int, by line: FabricRoute, answering: Int?
  ) -> Walk? {
    guard node == fabric.lanRouterNode, answering == nil else { return nil }
    if fabric.segments[segment].kind == .internet { return .stopped(node, .doesNotForward) }
    guard fabric.segments[fabric.interfaces[line.interface].segment].kind == .internet else {
      return nil
    }
    guard fabric.hasInternet else { return .stopped(node, .offline) }
    return fabric.family == .ipv4 ? .taken(node, segment: segment) : nil
  }

  mutating func answerWalk(
    from node: Int, _ question: Question, initiator: Int
  ) -> Walk {
    let source = question.source
    if node == initiator { return .taken(node, segment: nil) }
    if case .natRouter = fabric.nodes[node].kind { return natAnswer(node, to: source, initiator) }
    guard !fabric.owns(node, source) else { return .stopped(node, .conflict(source)) }
    guard let line = fabric.route(from: node, to: source) else {
      return .stopped(node, .noRoute)
    }
    let walk = walk(from: node, by: line, question.answer, answering: initiator)
    guard case .taken(let receiver, _) = walk, receiver != initiator else { return walk }
    return fabric.owns(initiator, source)
      ? .stopped(receiver, .conflict(source))
      : .stopped(receiver, .answersPastRouter(router: initiator))
  }

  /// A NAT router looks for its guests on the link itself, whatever their addresses are.
  func natAnswer(_ node: Int, to source: AddressBits, _ initiator: Int) -> Walk {
    let segment = fabric.interfaces[fabric.nodes[node].interfaces.lowerBound].segment
    switch fabric.owners.answer(for: source, on: segment) {
    case .nobody: return .stopped(node, .nobodyAnswers(source))
    case .conflict: return .stopped(node, .conflict(source))
    case .node(let owner):
      guard owner == initiator else { return .stopped(node, .conflict(source)) }
      return .taken(owner, segment: segment)
    }
  }
}
