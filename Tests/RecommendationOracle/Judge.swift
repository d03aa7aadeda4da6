public import LabCore

/// Judges one finished lab, word for word: each requirement by its own matrix, each pair's exposure
/// by what its forwards let through.
public struct Judge {
  private let lab: Lab
  private let plan: AddressPlan
  private let fabric: Fabric
  private let endpoints: [Endpoint]

  /// Plans a lab; nil for a document that is none.
  public init?(_ draft: LabDraft) {
    guard case .success(let lab) = resolve(draft) else { return nil }
    self.lab = lab
    plan = assignAddresses(in: lab)
    fabric = compileFabric(lab: lab, plan: plan, family: .ipv4)
    endpoints = lab.endpoints
  }

  /// What the lab is worth.
  public var objective: Objective {
    Objective(
      unmet: lab.requirements.filter { !isMet($0) }.count, exposure: exposure,
      adapters: lab.machines.reduce(0) { $0 + $1.adapters.count }, networks: lab.networks.count,
      handConfiguration: handConfiguration)
  }

  // MARK: Requirements

  private func matrix(_ transport: Requirement.Transport, _ port: Int?) -> ConnectivityMatrix {
    solveConnectivity(
      of: lab, in: fabric, query: ConnectivityQuery(transport: transport, port: port))
  }

  /// Whether every pair of a requirement is as it asks.
  func isMet(_ requirement: Requirement) -> Bool {
    let cells = matrix(requirement.transport, requirement.port)
    return pairs(of: requirement).allSatisfy { source, target in
      let outcome = cells[source, target]
      guard requirement.allow else { return !outcome.isReachable }
      if requirement.port == nil { return outcome.isReachable && outcome != .forwarded }
      return outcome.isReachable
    }
  }

  /// The pairs of different endpoints, by place in the matrix.
  private func pairs(of requirement: Requirement) -> [(Int, Int)] {
    members(of: requirement.from).flatMap { source in
      members(of: requirement.to).compactMap { source == $0 ? nil : (source, $0) }
    }
  }

  private func members(of selector: EndpointSelector) -> [Int] {
    endpoints.indices.filter { index in
      switch (selector, endpoints[index]) {
      case (.host, .host), (.lan, .lan), (.internet, .internet), (.vms, .machine): true
      case (.tag(let tag), .machine(let machine)): lab.machines[machine].tags.contains(tag)
      case (.vm(let name), .machine(let machine)): lab.machines[machine].name == name
      default: false
      }
    }
  }

  // MARK: Exposure

  private var exposure: Int {
    let tcp = matrix(.tcp, nil)
    let udp = matrix(.udp, nil)
    let asked = lab.requirements.filter(\.allow)
    var count = 0
    for source in endpoints.indices {
      for target in endpoints.indices where source != target {
        guard isMachine(source) || isMachine(target) else { continue }
        let wishes = asked.filter { pairs(of: $0).contains { $0 == (source, target) } }
        let isAskedWhole = wishes.contains { $0.port == nil }
        let exceeds =
          switch (tcp[source, target], udp[source, target]) {
          case (.direct, _), (.routed, _), (.translated, _): !isAskedWhole
          case (.forwarded, _), (_, .forwarded):
            !isAskedWhole
              && !forwardedPorts(source, target).allSatisfy { transport, port in
                wishes.contains { $0.transport == transport && $0.port == port }
              }
          default: false
          }
        if exceeds { count += 1 }
      }
    }
    return count
  }

  private func isMachine(_ index: Int) -> Bool {
    if case .machine = endpoints[index] { true } else { false }
  }

  /// The ports of a target that a source reaches by forwards.
  private func forwardedPorts(_ source: Int, _ target: Int) -> [(Requirement.Transport, Int)] {
    lab.portForwards.compactMap { forward in
      guard endpoints[target] == .machine(forward.machine) else { return nil }
      let transport: Requirement.Transport = forward.transport == .tcp ? .tcp : .udp
      let outcome = matrix(transport, forward.guestPort)[source, target]
      return outcome.isReachable ? (transport, forward.guestPort) : nil
    }
  }

  // MARK: Hand configuration

  private var handConfiguration: Int {
    handConfigurationOfAdapters + lab.portForwards.count
      + lab.networks.filter { [.internal, .hostOnly].contains($0.mode) && $0.gateway != nil }.count
      + lab.networks.filter { [.bridged, .hostOnly].contains($0.mode) }.count
  }

  private var handConfigurationOfAdapters: Int {
    plan.adapters.joined().filter { [.planned, .static].contains($0.ipv4.source) }.count
  }
}
