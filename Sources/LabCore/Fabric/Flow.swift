/// What one connection attempt through the fabric came to.
struct Flow {
  /// Where it got, or what stopped it.
  enum End: Hashable {
    /// Answered by this node, and the answer came back.
    case arrived(Int)
    case stopped(Stop)
  }

  let end: End
  /// Whether a NAT passed it on under an address of its own.
  let isTranslated: Bool
  /// Whether a router passed it on unchanged.
  let isRouted: Bool
}

/// The node that stops a connection, and why.
struct Stop: Hashable {
  enum Cause: Hashable {
    /// Its routing table has no way there.
    case noRoute
    /// Nobody on the link answers for the next hop.
    case nobodyAnswers(AddressBits)
    /// More than one machine answers for the next hop.
    case conflict(AddressBits)
    /// The packet is not for it and it does not pass packets on.
    case doesNotForward
    /// The address is one of its own, but nothing listens there.
    case nothingListens
    /// The LAN has no way to the internet.
    case offline
    /// The packet went round in circles.
    case loop
    /// An answer that a NAT does not know the question to.
    case unknownToNAT
    /// An answer that reaches the asker past the router that changed the question's target.
    case answersPastRouter(router: Int)
    /// A question that its own firewall keeps out, or does not pass on.
    case filtered(Filter)
    /// The access point keeps its clients apart.
    case isolatedClient
    /// The switch passes no frames between a guarded port and who is at the other end, by index of
    /// the port's interface in `Fabric.interfaces`.
    case guardedPort(Int)
    /// The host's gate of a segment lets nothing out, or does not let this in.
    case closedGate(Int, Direction)
    /// The switch does not know the address's hardware address.
    case undelivered(AddressBits)
    /// Its way there leads out of the lab, by a route to this prefix.
    case ledAway(FabricPrefix)
  }

  enum Direction: Hashable {
    case out, inward
  }

  /// What a firewall refuses a packet by.
  struct Filter: Hashable {
    enum Chain: Hashable {
      case inbound, forward
    }

    let chain: Chain
    let refusal: FabricChain.Refusal
  }

  let node: Int
  let cause: Cause
  /// Who took the packet, where it is the answer that is stopped.
  var taker: Int?

  /// Whether it is the answer that is stopped.
  var isAnswer: Bool { taker != nil }
}

/// A place that a connection passes, for the explanation of a pair.
struct Hop: Hashable {
  let node: Int
  /// The interface by which it is passed, in `Fabric.interfaces`; nil on the host's loopback.
  let interface: Int?
  /// What a NAT here writes anew.
  let translation: Translation?

  enum Translation: Hashable {
    /// A NAT begins the next leg in its own name.
    case sender(AddressChange)
    /// A port forward hands the connection over to its guest, and speaks to it as the gateway where
    /// the client is the host's loopback.
    case target(AddressChange, listener: Int, sender: AddressChange?)
    /// A router hands the connection over to where one of its ports leads, in its own name where it
    /// masquerades.
    case entrance(AddressChange, entrance: Int, sender: AddressChange?)
  }

  struct AddressChange: Hashable {
    let from: AddressBits
    let to: AddressBits
  }
}

/// To which port a connection goes.
enum TargetPort: Hashable {
  /// The target's own, as the query names it; any that nothing leads away from where it names none.
  case own
  /// The host port of a listener, by index in `Fabric.listeners`.
  case forwarded(Int)
  /// The port of an entrance, by index in `Fabric.entrances`.
  case entrance(Int)
  /// The one that a router on the way leads to.
  case redirected(Int)
}
