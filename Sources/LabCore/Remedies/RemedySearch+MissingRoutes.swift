/// The routes that a chain of router VMs lacks.
extension RemedySearch {
  /// All the routes, there and back, that the shortest chain of routers between the two lacks, each
  /// on the machine that lacks it.
  func missingRoutes() -> [RemedyCandidate] {
    let (from, to) = (fabric.node(of: source), fabric.node(of: target))
    guard from < fabric.machineCount, to < fabric.machineCount,
      let chain = shortestChain(from: from, to: to), chain.count > 2
    else { return [] }
    let there = routes(along: chain)
    let back = routes(along: Array(chain.reversed()))
    let lacking = there + back
    guard !lacking.isEmpty, lacking.count <= 12 else { return [] }
    let told = lacking.map {
      "\(name($0.machine)) to \(text($0.prefix)) via \(fabric.family.text(of: $0.router))"
    }
    return [
      RemedyCandidate(
        lacking.map(change),
        "Add the missing \(lacking.count == 1 ? "route" : "routes"): "
          + told.joined(separator: ", "), isWelcome: true)
    ]
  }

  private struct MissingRoute {
    let machine: Int
    let prefix: FabricPrefix
    let router: AddressBits
  }

  private func text(_ prefix: FabricPrefix) -> String { fabric.text(of: prefix) }

  private func change(_ route: MissingRoute) -> LabChange {
    switch fabric.family {
    case .ipv4:
      let network = IPv4Address(bits: UInt32(truncatingIfNeeded: route.prefix.network))
      return .addRoute(
        machine: route.machine,
        to: .ipv4(Prefix(containing: network, length: route.prefix.length)),
        via: .ipv4(IPv4Address(bits: UInt32(truncatingIfNeeded: route.router))))
    case .ipv6:
      return .addRoute(
        machine: route.machine,
        to: .ipv6(
          Prefix(
            containing: IPv6Address(bits: route.prefix.network), length: route.prefix.length)),
        via: .ipv6(IPv6Address(bits: route.router)))
    }
  }

  /// What each of a chain's machines but the last two needs to know to send on to the last.
  private func routes(along chain: [Int]) -> [MissingRoute] {
    guard let end = chain.last, let arrival = foot(of: end, near: chain[chain.count - 2]) else {
      return []
    }
    return zip(chain, chain.dropFirst()).dropLast().compactMap { machine, next in
      guard fabric.route(from: machine, to: arrival.address) == nil,
        let router = foot(of: next, near: machine)
      else { return nil }
      return MissingRoute(machine: machine, prefix: arrival.prefix, router: router.address)
    }
  }

  /// A node's foot on a network that another is on too.
  private func foot(of node: Int, near other: Int) -> FabricInterface? {
    fabric.interfaces(of: node).first { !$0.isInner && fabric.isOn($0.segment, other) }
  }

  /// The machines from one to the other, all between them routers; nil where there is no chain.
  private func shortestChain(from start: Int, to end: Int) -> [Int]? {
    var before: [Int: Int] = [start: start]
    var open = [start]
    var next = 0
    while next < open.count, next < 256 {
      let node = open[next]
      next += 1
      if node == end { break }
      guard node == start || fabric.nodes[node].forwards else { continue }
      for other in 0..<fabric.machineCount
      where before[other] == nil && (other == end || fabric.nodes[other].forwards)
        && foot(of: other, near: node) != nil
      {
        before[other] = node
        open.append(other)
      }
    }
    guard before[end] != nil else { return nil }
    var chain = [end]
    while let last = chain.last, last != start, let previous = before[last] {
      chain.append(previous)
    }
    return chain.reversed()
  }
}
