/// What a node does with a connection that it took: it is its target, or begins the next leg.
extension Simulator {
  mutating func next(_ arrival: Arrival, of leg: Leg) -> Continuation {
    let node = arrival.node
    if let index = entrance(at: arrival, leg) { return redirect(arrival, of: leg, by: index) }
    if fabric.nodes[node].kind != .lanRouter, isTransit(arrival, leg) {
      return masquerade(arrival, of: leg)
    }
    switch fabric.nodes[node].kind {
    case .machine, .lanPeer, .internet, .site, .siteRouter: return .arrived
    case .natRouter(let router):
      return natNext(router, at: node, leg: leg, seenFrom: arrival.sender)
    case .lanRouter: return lanRouterNext(at: node, leg: leg, seenFrom: arrival.sender)
    case .host: return hostNext(leg: leg, seenFrom: arrival.sender)
    }
  }

  /// Does the connection again with a socket of the host.
  mutating func natNext(
    _ router: NATRouter, at node: Int, leg: Leg, seenFrom: AddressBits
  ) -> Continuation {
    isTranslated = true
    if leg.destination == router.hostLoopback {
      let loopback = fabric.family.loopback
      translate(at: node, from: seenFrom, to: loopback)
      return .continues(
        Leg(
          initiator: fabric.hostNode, destination: loopback, port: leg.port, sender: loopback))
    }
    guard !fabric.owns(node, leg.destination) else {
      return .stopped(Stop(node: node, cause: .nothingListens))
    }
    let egress = fabric.route(from: fabric.hostNode, to: leg.destination)?.interface
    translate(
      at: node, from: seenFrom,
      to: egress.map { fabric.interfaces[$0].address } ?? leg.destination)
    return .continues(
      Leg(initiator: fabric.hostNode, destination: leg.destination, port: leg.port))
  }

  mutating func lanRouterNext(
    at node: Int, leg: Leg, seenFrom: AddressBits
  ) -> Continuation {
    guard !fabric.owns(node, leg.destination) else {
      return .stopped(Stop(node: node, cause: .nothingListens))
    }
    isTranslated = true
    if let line = fabric.route(from: node, to: leg.destination) {
      translate(at: node, from: seenFrom, to: fabric.interfaces[line.interface].address)
    }
    return .continues(Leg(initiator: node, destination: leg.destination, port: leg.port))
  }

  /// Hands a connection to a port forward over to the NAT router that listens, which keeps the
  /// client's address unless it is the host's loopback (pxremap.c, `sotranslate_accept`).
  mutating func hostNext(
    leg: Leg, seenFrom: AddressBits
  ) -> Continuation {
    guard let index = listener(for: leg) else {
      return isTaken(leg.port)
        ? .stopped(Stop(node: fabric.hostNode, cause: .nothingListens)) : .arrived
    }
    let listener = fabric.listeners[index]
    guard listener.accepts(leg.destination),
      case .natRouter(let router) = fabric.nodes[listener.router].kind
    else {
      return .stopped(Stop(node: fabric.hostNode, cause: .nothingListens))
    }
    isTranslated = true
    let guest = fabric.interfaces[listener.interface].address
    // A client with the guest's own address, as the host's is where the engine lends it.
    let isGuests = router.lendsHostAddress && seenFrom == guest
    let sender = seenFrom == fabric.family.loopback || isGuests ? router.gateway : seenFrom
    return .continues(
      Leg(
        initiator: listener.router, destination: guest, port: .redirected(listener.guestPort),
        sender: sender,
        egress: fabric.nodes[listener.router].interfaces.lowerBound,
        translation: .target(
          Hop.AddressChange(from: leg.destination, to: guest), listener: index,
          sender: sender == seenFrom ? nil : Hop.AddressChange(from: seenFrom, to: sender))))
  }

  /// Whether a port that a router leads to is one at which the host listens elsewhere for a VM.
  private func isTaken(_ port: TargetPort) -> Bool {
    guard case .redirected(let number) = port else { return false }
    return PortForward.Transport.allCases.contains {
      $0.carries(query) && fabric.takenPorts.contains(PortService(transport: $0, port: number))
    }
  }

  /// The listener of the host that a connection is for; nil for the host itself.
  private func listener(for leg: Leg) -> Int? {
    switch leg.port {
    case .own, .entrance: nil
    case .forwarded(let index): index
    case .redirected(let port):
      fabric.listeners.firstIndex {
        $0.transport.carries(query) && $0.hostPort == port && $0.accepts(leg.destination)
      }
    }
  }
}
