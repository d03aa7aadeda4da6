extension PairSolver {
  /// Whether a datagram to a group gets there: only where both are on one segment, since no router
  /// passes on what is for a group of one link (RFC 5771 section 4, RFC 6762 section 11).
  func multicastOutcome(from source: Int, to target: Int) -> Outcome {
    let shared = fabric.interfaces(of: source).filter {
      !$0.isInner && fabric.isOn($0.segment, target)
    }
    guard !shared.isEmpty else { return .noRoute }
    let simulator = Simulator(fabric, query)
    let isHeard = shared.contains { own in
      let packet = Simulator.Question(
        source: own.address, destination: fabric.family.multicastGroup, port: query.port)
      return !simulator.isKeptApart(source, target, on: own.segment)
        && simulator.guardedPort(between: source, and: target, on: own.segment) == nil
        && simulator.filter(.inbound, at: target, packet, from: own.segment) == nil
    }
    return isHeard ? .direct : .filtered
  }
}

extension AddressFamily {
  /// That of multicast DNS (RFC 6762), which stands for any.
  fileprivate var multicastGroup: AddressBits {
    switch self {
    case .ipv4: 0xe000_00fb
    case .ipv6: 0xff02 << 112 | 0xfb
    }
  }
}
