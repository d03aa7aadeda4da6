public import LabCore

/// Requirements and limits to find the best candidate for.
public struct Question: Hashable, Sendable {
  /// By VM: its tags.
  public var tags: [[String]]
  /// What is to be met.
  public var requirements: [RequirementDraft]
  /// What is allowed.
  public var limits: Limits

  /// A question of the given parts.
  public init(tags: [[String]], requirements: [RequirementDraft], limits: Limits) {
    self.tags = tags
    self.requirements = requirements
    self.limits = limits
  }

  /// The question as a document without networks but those that are to stay.
  public func document(in setting: Setting) -> LabDraft {
    var draft = setting.document
    for machine in draft.vms.indices { draft.vms[machine].tags = tags[machine].map(label) }
    draft.requirements = requirements
    draft.constraints = limits.constraints
    draft.constraints.keptNetworks = draft.networks.compactMap(\.name)
    for (machine, limit) in limits.adapters.enumerated() where limit != limits.adapters.max() {
      draft.vms[machine].maximumAdapters = limit
    }
    return draft
  }
}

extension Limits {
  /// The limits as a document says them: by their reason where there is one.
  var constraints: Constraints {
    var constraints = Constraints(maximumAdapters: adapters.max())
    switch Set(Hypervisor.Product.virtualbox.words).subtracting(modes) {
    case []: break
    case [.bridged]: constraints.hasPortSecurity = true
    case [.bridged, .hostOnly]: constraints.hasAdministrator = false
    case let excluded where excluded.count == 1:
      constraints.excluded = excluded.map { ExcludedMode(mode: $0) }
    default: constraints.modes = Hypervisor.Product.virtualbox.words.filter(modes.contains)
    }
    return constraints
  }
}

/// A requirement as sets of pairs.
struct Demand {
  let pairs: PairSet
  let transport: Requirement.Transport
  let port: Int?
  let allow: Bool
}

/// A port of a VM that some requirement asks for, so that a forward may lead there.
struct WantedPort: Hashable {
  let machine: Int
  let transport: Requirement.Transport
  let port: Int
}

/// A question read into sets.
struct Reading {
  let pairs: Pairs
  var demands: [Demand] = []
  var wanted: [WantedPort] = []
  /// Pairs that are asked for with every port.
  var askedWhole: PairSet = 0

  init(_ question: Question, machines: Int) {
    pairs = Pairs(machines: machines)
    for requirement in question.requirements {
      guard let from = requirement.from, let to = requirement.to else { continue }
      let sources = members(of: from, question)
      let targets = members(of: to, question)
      var set: PairSet = 0
      for source in sources {
        for target in targets where source != target { set |= pairs.bit(source, target) }
      }
      let transport = requirement.transport ?? .tcp
      let demand = Demand(
        pairs: set, transport: transport, port: requirement.port, allow: requirement.allow ?? true)
      demands.append(demand)
      guard demand.allow else { continue }
      guard let port = demand.port else {
        askedWhole |= set
        continue
      }
      for machine in targets where machine < machines {
        let port = WantedPort(machine: machine, transport: transport, port: port)
        if !wanted.contains(port) { wanted.append(port) }
      }
    }
  }

  private func members(of selector: EndpointSelector, _ question: Question) -> [Int] {
    switch selector {
    case .vms: Array(0..<pairs.machines)
    case .host: [pairs.machines]
    case .lan: [pairs.machines + 1]
    case .internet: [pairs.machines + 2]
    case .site: []
    case .vm(let name): (0..<pairs.machines).filter { Setting.names[$0] == name.text }
    case .tag(let tag): (0..<pairs.machines).filter { question.tags[$0].contains(tag.text) }
    }
  }

  /// Pairs that are asked for on this port.
  func asked(_ wanted: WantedPort) -> PairSet {
    var set: PairSet = 0
    for demand in demands
    where demand.allow && demand.transport == wanted.transport && demand.port == wanted.port {
      set |= demand.pairs
    }
    return set
  }

  /// What a candidate makes of the question: which demands it meets, a bit each, and its exposure.
  ///
  /// - Parameter forwards: by wanted port, the pairs that its forward opens.
  func judge(_ reach: Reach, forwards: [PairSet]) -> (met: UInt64, exposure: Int) {
    var met: UInt64 = 0
    for (index, demand) in demands.enumerated() {
      let open = reach.open[demand.transport.index]
      var forwarded: PairSet = 0
      for (port, set) in zip(wanted, forwards)
      where port.transport == demand.transport && (demand.port ?? port.port) == port.port {
        forwarded |= set
      }
      let isMet =
        switch (demand.allow, demand.port) {
        case (true, nil): demand.pairs & ~open == 0
        case (true, _): demand.pairs & ~(open | forwarded) == 0
        case (false, _): demand.pairs & (open | forwarded) == 0
        }
      if isMet { met |= 1 << UInt64(index) }
    }
    let open = reach.open[Requirement.Transport.tcp.index]
    var exceeding = open & ~askedWhole
    for (port, set) in zip(wanted, forwards) {
      exceeding |= set & ~open & ~askedWhole & ~asked(port)
    }
    return (met, (exceeding & pairs.withMachine).nonzeroBitCount)
  }
}
