/// Sends packets through a fabric, and their answers back.
///
/// A connection is a chain of legs. Within a leg addresses stay as they are; each NAT on the way
/// ends a leg and begins the next one in its own name. A connection is made when every leg's
/// packet arrives and its answer finds the way back to whoever began the leg. A kernel's NAT is no
/// other: it knows an answer by what it sent, and by nothing else.
struct Simulator {
  static let maximumHops = 32
  private static let maximumLegs = 8

  let fabric: Fabric
  let query: ConnectivityQuery
  /// Collected where somebody wants to read them.
  var hops: [Hop]?
  var isTranslated = false
  var isRouted = false
  /// The nodes that the present leg's question has passed: their firewalls let its answer pass.
  var passed: [Int] = []

  init(_ fabric: Fabric, _ query: ConnectivityQuery, recordsHops: Bool = false) {
    self.fabric = fabric
    self.query = query
    hops = recordsHops ? [] : nil
  }

  /// Opens a connection from a node to an address.
  mutating func connect(from origin: Int, to address: AddressBits, port: TargetPort) -> Flow {
    isTranslated = false
    isRouted = false
    if hops != nil { hops = [] }
    let end = run(Leg(initiator: origin, destination: address, port: port))
    return Flow(end: end, isTranslated: isTranslated, isRouted: isRouted)
  }

  private mutating func run(_ first: Leg) -> Flow.End {
    var leg = first
    for _ in 0..<Self.maximumLegs {
      switch send(leg) {
      case .stopped(let stop): return .stopped(stop)
      case .accepted(let arrival):
        switch next(arrival, of: leg) {
        case .arrived: return .arrived(arrival.node)
        case .stopped(let stop): return .stopped(stop)
        case .continues(let next): leg = next
        }
      }
    }
    return .stopped(Stop(node: leg.initiator, cause: .loop))
  }

  // MARK: Legs

  struct Leg {
    let initiator: Int
    let destination: AddressBits
    var port = TargetPort.own
    /// The sender's address where the initiator speaks in another's name; nil for its own.
    var sender: AddressBits?
    /// The interface it has to leave by; nil for what the routing table says.
    var egress: Int?
    /// What the initiator writes anew as it begins.
    var translation: Hop.Translation?
  }

  /// Where a leg's packet got, as whose, and by which segment; nil within the node itself.
  struct Arrival {
    let node: Int
    let sender: AddressBits
    let segment: Int?
  }

  private enum LegEnd {
    /// A node took the packet, and its answer came back.
    case accepted(Arrival)
    case stopped(Stop)
  }

  enum Continuation {
    case arrived
    case stopped(Stop)
    case continues(Leg)
  }

  private mutating func send(_ leg: Leg) -> LegEnd {
    let loopback = fabric.family.loopback
    if leg.egress == nil, leg.destination == loopback || fabric.owns(leg.initiator, leg.destination)
    {
      record(Hop(node: leg.initiator, interface: nil, translation: nil))
      return .accepted(
        Arrival(node: leg.initiator, sender: leg.sender ?? leg.destination, segment: nil))
    }
    let line: FabricRoute
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
    passed = [leg.initiator]
    let question = Question(source: source, destination: leg.destination, port: number(leg.port))
    let walk = walk(from: leg.initiator, by: line, question, answering: nil)
    guard case .taken(let node, let segment) = walk else {
      return .stopped(stop(walk, taker: nil))
    }
    let arrival = Arrival(node: node, sender: source, segment: segment)
    if let filter = filter(arrival, leg) {
      return .stopped(Stop(node: node, cause: .filtered(filter)))
    }
    let answer = answerWalk(from: node, question, initiator: leg.initiator)
    guard case .taken = answer else { return .stopped(stop(answer, taker: node)) }
    return .accepted(arrival)
  }

  /// A port as a number; nil for any that nothing names.
  func number(_ port: TargetPort) -> Int? {
    switch port {
    case .own: query.port
    case .forwarded(let index): fabric.listeners[index].hostPort
    case .entrance(let index): fabric.entrances[index].port
    case .redirected(let number): number
    }
  }

  // MARK: Hops

  /// A node that begins a leg where it ended one stays as it was reached.
  mutating func record(_ hop: Hop) {
    guard hops != nil, hops?.last?.node != hop.node else { return }
    hops?.append(hop)
  }

  mutating func recordArrival(
    at node: Int, on segment: Int, of destination: AddressBits
  ) {
    guard hops != nil else { return }
    let there = fabric.nodes[node].interfaces.filter { fabric.interfaces[$0].segment == segment }
    let interface = there.first { fabric.interfaces[$0].address == destination } ?? there.first
    hops?.append(Hop(node: node, interface: interface, translation: nil))
  }

  mutating func translate(at node: Int, from old: AddressBits, to new: AddressBits) {
    translate(at: node, .sender(Hop.AddressChange(from: old, to: new)))
  }

  mutating func translate(at node: Int, _ translation: Hop.Translation) {
    guard let last = hops?.last, last.node == node else { return }
    hops?.removeLast()
    hops?.append(Hop(node: node, interface: last.interface, translation: translation))
  }
}
