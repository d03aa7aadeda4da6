/// One pair of endpoints, explained: how the source reaches the target, or what stops it.
public struct PairExplanation: Hashable, Sendable {
  /// Who dials.
  public let source: Endpoint
  /// Who is dialled.
  public let target: Endpoint
  /// The matrix's cell.
  public let outcome: Outcome
  /// Every address that works, in the order in which the target has them.
  public let dials: [DialAddress]
  /// The nodes that the best of them passes, or, when none works, those up to the one that stops
  /// the connection that got farthest.
  public let path: [PathHop]
  /// The exact node that stops a blocked pair; nil for one that is open.
  public let stop: PathStop?
  /// Sentences that a student understands.
  public let explanation: String
  /// On what that no document says it hangs whether an open pair works; nil where it is sure.
  public let doubt: String?
}

/// An address to dial.
public struct DialAddress: Hashable, Sendable {
  /// Nil where it is not known before boot.
  public let address: String?
  /// The port to dial where it is a forwarded one; nil for the target's own.
  public let port: Int?
  /// The adapter that answers; nil for endpoints that are no VMs.
  public let adapter: AdapterName?

  /// A VM's adapter as documents name it.
  public struct AdapterName: Hashable, Sendable {
    /// The VM's name.
    public let machine: String
    /// Its slot.
    public let slot: Int
  }
}

/// A node that a connection passes.
public struct PathHop: Hashable, Sendable {
  /// A VM's name, `host`, `lan`, `internet`, or `router:` and the network that it serves.
  public let node: String
  /// The network by which it leaves the first node, or by which it reached any other; nil within a
  /// node.
  public let via: String?
  /// The node's address there; nil where it is not known before boot.
  public let address: String?
  /// What a NAT here writes anew, as `10.0.2.15 becomes 192.168.56.1`; nil where all stays.
  public let translation: String?
}

/// Where a connection ends that is not made.
public struct PathStop: Hashable, Sendable {
  /// As in a path.
  public let node: String
  /// Which of the connection's packets gets no farther.
  public let packet: Packet

  /// One of the two that make a connection.
  public enum Packet: String, CaseIterable, Hashable, Sendable {
    case question, answer
  }
}

/// Explains how a source reaches a target, or what stops it.
///
/// - Parameter address: the only address that the source dials; nil for all that the target has.
public func explain(
  from source: Endpoint, to target: Endpoint, of lab: Lab, in fabric: Fabric,
  query: ConnectivityQuery, at address: AnyAddress? = nil
) -> PairExplanation {
  Explainer(lab: lab, fabric: fabric, query: query)
    .explain(from: source, to: target, at: address)
}

private struct Explainer {
  let lab: Lab
  let fabric: Fabric
  let query: ConnectivityQuery
  let names: FabricNames
  let solver: PairSolver

  init(lab: Lab, fabric: Fabric, query: ConnectivityQuery) {
    self.lab = lab
    self.fabric = fabric
    self.query = query
    names = FabricNames(lab: lab, fabric: fabric)
    solver = PairSolver(fabric: fabric, query: query)
  }

  func explain(
    from source: Endpoint, to target: Endpoint, at address: AnyAddress?
  ) -> PairExplanation {
    let sourceNode = fabric.node(of: source)
    let targetNode = fabric.node(of: target)
    let isSettled =
      sourceNode == targetNode || solver.missingLink(sourceNode, targetNode) != nil
    let attempts =
      isSettled ? [] : attempts(from: sourceNode, to: targetNode, at: address)
    let outcome =
      address == nil || isSettled
      ? solver.outcome(from: sourceNode, to: targetNode) : attempts.first?.outcome ?? .noAddress
    let best = attempts.first { $0.outcome == outcome }
    let hops = best.map { trace($0, from: sourceNode) } ?? []
    let sentences = Sentences(lab: lab, fabric: fabric, names: names, query: query)
    let doubt =
      outcome.isReachable ? Doubts(lab: lab, fabric: fabric).reason(along: hops) : nil
    let text = sentences.explain(
      outcome, from: sourceNode, to: targetNode, attempt: best, hops: hops)
    return PairExplanation(
      source: source, target: target, outcome: outcome,
      dials: attempts.filter { $0.outcome.isReachable }.map(dialAddress),
      path: hops.map(pathHop), stop: stop(outcome, from: sourceNode, to: targetNode, best),
      explanation: doubt.map { "\(text) This depends: \($0)." } ?? text, doubt: doubt)
  }

  private func attempts(
    from source: Int, to target: Int, at address: AnyAddress?
  ) -> [PairSolver.Attempt] {
    guard let address else { return solver.attempts(from: source, to: target) }
    guard address.family == fabric.family else { return [] }
    return [solver.attempt(at: AddressBits(address), from: source, to: target)]
  }

  private func trace(_ attempt: PairSolver.Attempt, from source: Int) -> [Hop] {
    var simulator = Simulator(fabric, query, recordsHops: true)
    _ = simulator.connect(from: source, to: attempt.dial.address, port: attempt.dial.port)
    return simulator.hops ?? []
  }

  private func dialAddress(_ attempt: PairSolver.Attempt) -> DialAddress {
    var port: Int?
    switch attempt.dial.port {
    case .own, .redirected: break
    case .forwarded(let index): port = fabric.listeners[index].hostPort
    case .entrance(let index): port = fabric.entrances[index].port
    }
    let adapter = attempt.dial.interface.flatMap { fabric.interfaces[$0].adapter }
    return DialAddress(
      address: names.shown(attempt.dial.address), port: port,
      adapter: adapter.map {
        DialAddress.AdapterName(
          machine: lab.machines[$0.machine].name.text,
          slot: lab.machines[$0.machine].adapters[$0.adapter].slot)
      })
  }

  private func pathHop(_ hop: Hop) -> PathHop {
    PathHop(
      node: names.node(hop.node), via: hop.interface.map(names.segment(of:)),
      address: hop.interface.flatMap { names.shown(fabric.interfaces[$0].address) },
      translation: hop.translation.map { text($0, at: hop.node) })
  }

  private func text(_ translation: Hop.Translation, at node: Int) -> String {
    switch translation {
    case .sender(let change):
      let own: String
      switch fabric.nodes[node].kind {
      case .lanRouter: own = "the LAN router's outer address"
      case .machine(let index): own = "the address of \(lab.machines[index].name)"
      default: own = "the host's address"
      }
      return "\(names.shown(change.from) ?? "the sender") becomes \(names.shown(change.to) ?? own)"
    case .target(let change, let index, let sender):
      let listener = fabric.listeners[index]
      let target =
        "\(names.shown(change.from) ?? "the host's LAN address") port \(listener.hostPort) becomes "
        + "\(names.shown(change.to) ?? "the guest's address") port \(listener.guestPort)"
      return target + (sender.map { ", " + text(.sender($0), at: node) } ?? "")
    case .entrance(let change, let index, let sender):
      let entrance = fabric.entrances[index]
      let target =
        "\(names.shown(change.from) ?? "the router's address") port \(entrance.port) becomes "
        + "\(names.shown(change.to) ?? "the target's address") port \(entrance.targetPort)"
      return target + (sender.map { ", " + text(.sender($0), at: node) } ?? "")
    }
  }

  private func stop(
    _ outcome: Outcome, from source: Int, to target: Int, _ attempt: PairSolver.Attempt?
  ) -> PathStop? {
    guard outcome != .itself, !outcome.isReachable else { return nil }
    switch attempt?.flow.end {
    case .arrived(let node): return PathStop(node: names.node(node), packet: .question)
    case .stopped(let stop):
      return PathStop(node: names.node(stop.node), packet: stop.isAnswer ? .answer : .question)
    case nil:
      let isSourceReady =
        fabric.nodes[source].isAttached && !fabric.nodes[source].interfaces.isEmpty
      return PathStop(node: names.node(isSourceReady ? target : source), packet: .question)
    }
  }
}
