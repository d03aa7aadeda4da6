/// What routers with a firewall, with masquerading and with ports that lead elsewhere do, as a Linux
/// kernel does it: first the target is changed, then the firewall asked, then the sender changed.
extension Simulator {
  /// What becomes of a packet that a router passes on; nil where it goes on unchanged.
  mutating func inTransit(
    _ packet: Question, at node: Int, from segment: Int, by line: FabricRoute, answering: Int?
  ) -> Walk? {
    // A router that saw the question knows its answer, and changes nothing of it.
    if answering != nil, passed.contains(node) { return knownAnswer(at: node, leaving: line) }
    if answering == nil { passed.append(node) }
    if let end = atGates(of: node, from: segment, by: line, answering: answering) { return end }
    if let filter = filter(.forward, at: node, packet, from: segment) {
      return .stopped(node, .filtered(filter))
    }
    guard fabric.interfaces[line.interface].masquerades else { return nil }
    guard answering != nil else { return .taken(node, segment: segment) }
    // To a router that did not see the question a datagram is new, and so is TCP from the answer's
    // second packet on: either leaves as its own. Answers to a ping it knows not it leaves alone
    // (nf_conntrack_proto_tcp.c, `tcp_new`; nf_conntrack_proto_icmp.c).
    return query.transport == .icmp ? nil : .stopped(node, .unknownToNAT)
  }

  /// The host lets an answer in that it saw the question to, unless the asker's network is closed.
  private func knownAnswer(at node: Int, leaving line: FabricRoute) -> Walk? {
    let segment = fabric.interfaces[line.interface].segment
    guard node == fabric.hostNode, let gates = fabric.gates, gates[segment].inward == .closed
    else { return nil }
    return .stopped(node, .closedGate(segment, .inward))
  }

  /// What the host makes of a packet that is new to it; nil where it goes on unchanged.
  private func atGates(
    of node: Int, from segment: Int, by line: FabricRoute, answering: Int?
  ) -> Walk? {
    let next = fabric.interfaces[line.interface].segment
    guard node == fabric.hostNode, segment != next, let gates = fabric.gates else { return nil }
    guard gates[segment].letsOut else { return .stopped(node, .closedGate(segment, .out)) }
    guard gates[next].inward == .open else { return .stopped(node, .closedGate(next, .inward)) }
    let isTranslated =
      switch gates[segment].translation {
      case .never: false
      case .uplink: fabric.segments[next].kind == .lan
      case .always: true
      }
    guard isTranslated else { return nil }
    guard answering != nil else { return .taken(node, segment: segment) }
    return query.transport == .icmp ? nil : .stopped(node, .unknownToNAT)
  }

  /// What a firewall refuses a packet by; nil where it passes.
  func filter(
    _ chain: Stop.Filter.Chain, at node: Int, _ packet: Question, from segment: Int
  ) -> Stop.Filter? {
    guard node < fabric.machineCount, let firewall = fabric.firewalls[node] else { return nil }
    let rules = chain == .inbound ? firewall.inbound : firewall.forward
    guard !rules.isOpen else { return nil }
    let seen = FabricPacket(
      source: packet.source, target: packet.destination, transport: query.transport,
      port: packet.port, segment: segment,
      isFromSameLink: fabric.interfaces(of: node).contains {
        $0.segment == segment && $0.prefix.contains(packet.source)
      })
    return rules.refusal(of: seen).map { Stop.Filter(chain: chain, refusal: $0) }
  }

  /// What the machine that a leg ends at refuses it by: what is for itself by its inbound rules,
  /// what leads elsewhere by those for forwarding.
  func filter(_ arrival: Arrival, _ leg: Leg) -> Stop.Filter? {
    guard let segment = arrival.segment, !isTransit(arrival, leg) else { return nil }
    var packet = Question(
      source: arrival.sender, destination: leg.destination, port: number(leg.port))
    if let index = entrance(at: arrival, leg) {
      let entrance = fabric.entrances[index]
      packet = Question(
        source: arrival.sender, destination: entrance.target, port: entrance.targetPort)
      if !fabric.owns(arrival.node, entrance.target) {
        return filter(.forward, at: arrival.node, packet, from: segment)
      }
    }
    return filter(.inbound, at: arrival.node, packet, from: segment)
  }

  /// Whether a node took a packet that is not for itself, to translate it.
  func isTransit(_ arrival: Arrival, _ leg: Leg) -> Bool {
    if case .natRouter = fabric.nodes[arrival.node].kind { return false }
    return arrival.segment != nil && !fabric.owns(arrival.node, leg.destination)
  }

  /// The entrance that a connection comes to, by index in `Fabric.entrances`; the first of several.
  func entrance(at arrival: Arrival, _ leg: Leg) -> Int? {
    guard let segment = arrival.segment, let own = fabric.entrancesOfNode[arrival.node] else {
      return nil
    }
    let port = number(leg.port)
    return own.first {
      fabric.entrances[$0].transport.carries(query)
        && fabric.entrances[$0].accepts(leg.destination, port: port, by: segment)
    }
  }

  /// Sends a connection on in the router's own name.
  mutating func masquerade(_ arrival: Arrival, of leg: Leg) -> Continuation {
    isTranslated = true
    if let line = fabric.route(from: arrival.node, to: leg.destination) {
      translate(
        at: arrival.node, from: arrival.sender, to: fabric.interfaces[line.interface].address)
    }
    return .continues(
      Leg(initiator: arrival.node, destination: leg.destination, port: leg.port))
  }

  /// Sends a connection on to where an entrance leads: in the client's name, or the router's where
  /// it goes out of an adapter that masquerades.
  mutating func redirect(
    _ arrival: Arrival, of leg: Leg, by index: Int
  ) -> Continuation {
    let entrance = fabric.entrances[index]
    let node = arrival.node
    isTranslated = true
    let isForItself = fabric.owns(node, entrance.target)
    guard isForItself || fabric.nodes[node].forwards else {
      return .stopped(Stop(node: node, cause: .doesNotForward))
    }
    guard node != fabric.lanRouterNode || fabric.hasInternet else {
      return .stopped(Stop(node: node, cause: .offline))
    }
    let line = fabric.route(from: node, to: entrance.target)
    let own = line.map { fabric.interfaces[$0.interface] }
    let sender = own?.masquerades == true ? own?.address ?? arrival.sender : arrival.sender
    translate(
      at: node,
      .entrance(
        Hop.AddressChange(from: leg.destination, to: entrance.target), entrance: index,
        sender: sender == arrival.sender
          ? nil : Hop.AddressChange(from: arrival.sender, to: sender)))
    return .continues(
      Leg(
        initiator: node, destination: entrance.target, port: .redirected(entrance.targetPort),
        sender: isForItself ? nil : sender))
  }
}
