/// Sends packets through a fabric, and their answers back.
///
/// A connection is a chain of legs. Within a leg addresses stay as they are; each NAT on the way
/// ends a leg and begins the next one in its own name. A connection is made when every leg's
/// packet arrives and its answer finds the way back to whoever began the leg.
struct Simulator {
  private static let maximumHops = 32
  private static let maximumLegs = 8

  let fabric: Fabric
  /// Collected where somebody wants to read them.
  private(set) var hops: [Hop]?
  private var isTranslated = false
  private var isRouted = false

  init(_ fabric: Fabric, recordsHops: Bool = false) {
    self.fabric = fabric
    hops = recordsHops ? [] : nil
  }

  /// Opens a connection from a node to an address.
  mutating func connect(from origin: Int, to address: AddressBits, port: TargetPort) -> Flow {
    isTranslated = false
    isRouted = false
    if hops != nil { hops = [] }
    let end = run(Leg(initiator: origin, destination: address), port: port)
    return Flow(end: end, isTranslated: isTranslated, isRouted: isRouted)
  }

  private mutating func run(_ first: Leg, port: TargetPort) -> Flow.End {
    var leg = first
    for _ in 0..<Self.maximumLegs {
      switch send(leg) {
      case .stopped(let stop): return .stopped(stop)
      case .accepted(let node, let seenFrom):
        switch next(at: node, leg: leg, seenFrom: seenFrom, port: port) {
        case .arrived: return .arrived(node)
        case .stopped(let stop): return .stopped(stop)
        case .continues(let next): leg = next
        }
      }
    }
    return .stopped(Stop(node: leg.initiator, cause: .loop))
  }

  // MARK: Legs

  private struct Leg {
    let initiator: Int
    let destination: AddressBits
    /// The sender's address where the initiator speaks in another's name; nil for its own.
    var sender: AddressBits?
    /// The interface it has to leave by; nil for what the routing table says.
    var egress: Int?
    /// What the initiator writes anew as it begins.
    var translation: Hop.Translation?
  }

  private enum LegEnd {
    /// A node took the packet, and its answer came back.
    case accepted(node: Int, seenFrom: AddressBits)
    case stopped(Stop)
  }

  private enum Continuation {
    case arrived
    case stopped(Stop)
    case continues(Leg)
  }

  private mutating func send(_ leg: Leg) -> LegEnd {
    let loopback = fabric.family.loopback
    if leg.egress == nil, leg.destination == loopback || fabric.owns(leg.initiator, leg.destination)
    {
      record(Hop(node: leg.initiator, interface: nil, translation: nil))
      return .accepted(node: leg.initiator, seenFrom: leg.sender ?? leg.destination)
    }
    var line: FabricRoute
    if let egress = leg.egress {
      line = FabricRoute(prefix: .all, interface: egress, nextHop: leg.destination)
    } else if let found = fabric.route(from: leg.initiator, to: leg.destination) {
      line = found
    } else {
      record(Hop(node: leg.initiator, interface: nil, translation: nil))
      return .stopped(Stop(node: leg.initiator, cause: .noRoute))
    }
    let source = leg.sender ?? fabric.interfaces[line.interface].address
    record(Hop(node: leg.initiator, interface: line.interface, translation: leg.translation))
    let walk = walk(from: leg.initiator, by: line, to: leg.destination, answering: nil)
    guard case .taken(let node) = walk else { return .stopped(stop(walk, taker: nil)) }
    let answer = answerWalk(from: node, to: source, initiator: leg.initiator)
    guard case .taken = answer else { return .stopped(stop(answer, taker: node)) }
    return .accepted(node: node, seenFrom: source)
  }

  // MARK: Walks

  private enum Walk {
    case taken(Int)
    case stopped(Int, Stop.Cause)
  }

  private func stop(_ walk: Walk, taker: Int?) -> Stop {
    switch walk {
    case .taken(let node): Stop(node: node, cause: .nothingListens, taker: taker)
    case .stopped(let node, let cause): Stop(node: node, cause: cause, taker: taker)
    }
  }

  /// Follows a packet until somebody takes it: its owner, or a NAT that passes it on itself.
  ///
  /// - Parameter answering: for an answer, the node that waits for it.
  private mutating func walk(
    from start: Int, by first: FabricRoute, to destination: AddressBits, answering: Int?
  ) -> Walk {
    var node = start
    var line = first
    for _ in 0..<Self.maximumHops {
      let segment = fabric.interfaces[line.interface].segment
      let nextHop = line.nextHop ?? destination
      switch fabric.owners.answer(for: nextHop, on: segment) {
      case .nobody: return .stopped(node, .nobodyAnswers(nextHop))
      case .conflict: return .stopped(node, .conflict(nextHop))
      case .node(let next):
        if let own = addressInDispute(between: line.interface, and: next) {
          return .stopped(node, .conflict(own))
        }
        node = next
      }
      if answering == nil { recordArrival(at: node, on: segment, of: destination) }
      if let answering {
        if node == answering { return .taken(node) }
        if case .natRouter = fabric.nodes[node].kind { return .stopped(node, .unknownToNAT) }
      } else if case .natRouter = fabric.nodes[node].kind {
        return .taken(node)
      }
      if fabric.owns(node, destination) { return .taken(node) }
      guard fabric.nodes[node].forwards else { return .stopped(node, .doesNotForward) }
      guard let next = fabric.route(from: node, to: destination) else {
        return .stopped(node, .noRoute)
      }
      line = next
      if let end = atLANRouter(node, from: segment, by: line, answering: answering) { return end }
      isRouted = true
    }
    return .stopped(node, .loop)
  }

  /// The address of an interface that the machine it asks for a hardware address has too: the asker
  /// names itself by it, and nobody answers a question that seems to come from itself (Linux,
  /// `arp_process`, which takes the asker for a martian). IPv6 asks by link-local addresses.
  private func addressInDispute(between interface: Int, and other: Int) -> AddressBits? {
    let address = fabric.interfaces[interface].address
    guard fabric.family == .ipv4, other != fabric.interfaces[interface].node,
      fabric.owns(other, address)
    else { return nil }
    return address
  }

  /// The LAN's router takes what goes out to translate it, where its family is translated at all,
  /// and lets nothing in.
  private func atLANRouter(
    _ node: Int, from segment: Int, by line: FabricRoute, answering: Int?
  ) -> Walk? {
    guard node == fabric.lanRouterNode, answering == nil else { return nil }
    if fabric.segments[segment].kind == .internet { return .stopped(node, .doesNotForward) }
    guard fabric.segments[fabric.interfaces[line.interface].segment].kind == .internet else {
      return nil
    }
    guard fabric.hasInternet else { return .stopped(node, .offline) }
    return fabric.family == .ipv4 ? .taken(node) : nil
  }

  private mutating func answerWalk(
    from node: Int, to source: AddressBits, initiator: Int
  ) -> Walk {
    if node == initiator { return .taken(node) }
    if case .natRouter = fabric.nodes[node].kind { return natAnswer(node, to: source, initiator) }
    guard !fabric.owns(node, source) else { return .stopped(node, .conflict(source)) }
    guard let line = fabric.route(from: node, to: source) else {
      return .stopped(node, .noRoute)
    }
    let walk = walk(from: node, by: line, to: source, answering: initiator)
    guard case .taken(let receiver) = walk, receiver != initiator else { return walk }
    return .stopped(receiver, .conflict(source))
  }

  /// A NAT router looks for its guests on the link itself, whatever their addresses are.
  private func natAnswer(_ node: Int, to source: AddressBits, _ initiator: Int) -> Walk {
    let segment = fabric.interfaces[fabric.nodes[node].interfaces.lowerBound].segment
    switch fabric.owners.answer(for: source, on: segment) {
    case .nobody: return .stopped(node, .nobodyAnswers(source))
    case .conflict: return .stopped(node, .conflict(source))
    case .node(let owner):
      return owner == initiator ? .taken(owner) : .stopped(node, .conflict(source))
    }
  }

  // MARK: From leg to leg

  private mutating func next(
    at node: Int, leg: Leg, seenFrom: AddressBits, port: TargetPort
  ) -> Continuation {
    switch fabric.nodes[node].kind {
    case .machine, .lanPeer, .internet: return .arrived
    case .natRouter(let router): return natNext(router, at: node, leg: leg, seenFrom: seenFrom)
    case .lanRouter: return lanRouterNext(at: node, leg: leg, seenFrom: seenFrom)
    case .host: return hostNext(leg: leg, seenFrom: seenFrom, port: port)
    }
  }

  /// Does the connection again with a socket of the host.
  private mutating func natNext(
    _ router: NATRouter, at node: Int, leg: Leg, seenFrom: AddressBits
  ) -> Continuation {
    isTranslated = true
    if leg.destination == router.hostLoopback {
      let loopback = fabric.family.loopback
      translate(at: node, from: seenFrom, to: loopback)
      return .continues(
        Leg(initiator: fabric.hostNode, destination: loopback, sender: loopback))
    }
    guard !fabric.owns(node, leg.destination) else {
      return .stopped(Stop(node: node, cause: .nothingListens))
    }
    let egress = fabric.route(from: fabric.hostNode, to: leg.destination)?.interface
    translate(
      at: node, from: seenFrom,
      to: egress.map { fabric.interfaces[$0].address } ?? leg.destination)
    return .continues(Leg(initiator: fabric.hostNode, destination: leg.destination))
  }

  private mutating func lanRouterNext(
    at node: Int, leg: Leg, seenFrom: AddressBits
  ) -> Continuation {
    guard !fabric.owns(node, leg.destination) else {
      return .stopped(Stop(node: node, cause: .nothingListens))
    }
    isTranslated = true
    if let line = fabric.route(from: node, to: leg.destination) {
      translate(at: node, from: seenFrom, to: fabric.interfaces[line.interface].address)
    }
    return .continues(Leg(initiator: node, destination: leg.destination))
  }

  /// Hands a connection to a port forward over to the NAT router that listens, which keeps the
  /// client's address unless it is the host's loopback (pxremap.c, `sotranslate_accept`).
  private mutating func hostNext(
    leg: Leg, seenFrom: AddressBits, port: TargetPort
  ) -> Continuation {
    guard case .forwarded(let index) = port else { return .arrived }
    let listener = fabric.listeners[index]
    guard listener.accepts(leg.destination),
      case .natRouter(let router) = fabric.nodes[listener.router].kind
    else {
      return .stopped(Stop(node: fabric.hostNode, cause: .nothingListens))
    }
    isTranslated = true
    let sender = seenFrom == fabric.family.loopback ? router.gateway : seenFrom
    let guest = fabric.interfaces[listener.interface].address
    return .continues(
      Leg(
        initiator: listener.router, destination: guest, sender: sender,
        egress: fabric.nodes[listener.router].interfaces.lowerBound,
        translation: .target(
          Hop.AddressChange(from: leg.destination, to: guest), listener: index,
          sender: sender == seenFrom ? nil : Hop.AddressChange(from: seenFrom, to: sender))))
  }

  // MARK: Hops

  /// A node that begins a leg where it ended one stays as it was reached.
  private mutating func record(_ hop: Hop) {
    guard hops != nil, hops?.last?.node != hop.node else { return }
    hops?.append(hop)
  }

  private mutating func recordArrival(
    at node: Int, on segment: Int, of destination: AddressBits
  ) {
    guard hops != nil else { return }
    let there = fabric.nodes[node].interfaces.filter { fabric.interfaces[$0].segment == segment }
    let interface = there.first { fabric.interfaces[$0].address == destination } ?? there.first
    hops?.append(Hop(node: node, interface: interface, translation: nil))
  }

  private mutating func translate(at node: Int, from old: AddressBits, to new: AddressBits) {
    guard let last = hops?.last, last.node == node else { return }
    hops?.removeLast()
    hops?.append(
      Hop(
        node: node, interface: last.interface,
        translation: .sender(Hop.AddressChange(from: old, to: new))))
  }
}
