/// A lab's requirements and constraints, as the search wants them.
struct RecommendationQuestion {
  let lab: Lab
  /// Which of the lab's requirements count.
  let requirements: [Int]
  let services: AskedServices
  /// Whether no candidate can meet the requirements, because they speak of endpoints that are no
  /// VMs, or say and deny the same.
  private(set) var isContradictory = false
  /// By VM: how many adapters it may have.
  let adapterLimits: [Int]
  let offer: ModeOffer
  /// By VM: the number of its symmetry class: VMs that no requirement and no constraint tells apart.
  private(set) var symmetryClasses: [Int] = []
  private var demands: [PairDemand]
  let machineCount: Int

  /// The places of the endpoints that are no VMs, after the VMs.
  var host: Int { machineCount }
  var lan: Int { machineCount + 1 }
  var internet: Int { machineCount + 2 }

  let kept: KeptParts
  /// Whether ports of the host may lead to VMs.
  let allowsForwards: Bool
  /// Whether VMs of one symmetry class get the same role.
  let treatsAlike: Bool
  /// Whether a VM may have a service that is forwarded from the host's loopback alone.
  private(set) var mayListenOnLoopback = false

  init(
    _ lab: Lab, _ restriction: SearchRestriction = SearchRestriction(), requirements: [Int]? = nil
  ) {
    self.lab = lab
    kept = KeptParts(lab)
    machineCount = lab.machines.count
    let requirements = requirements ?? Array(lab.requirements.indices)
    self.requirements = requirements
    services = AskedServices(lab, requirements: requirements)
    let constraints = lab.draft.constraints
    offer = ModeOffer(
      lab.product.modes.filter {
        constraints.reasonAgainst($0) == nil && !restriction.excludedModes.contains($0.mode)
      })
    allowsForwards = restriction.allowsForwards
    treatsAlike = restriction.treatsAlike
    let limit = constraints.maximumAdapters ?? lab.product.usualAdapterCount
    adapterLimits = zip(lab.draft.vms, kept.adapters).map { machine, kept in
      max(kept.count, min(machine.maximumAdapters ?? limit, restriction.maximumAdapters))
    }
    demands = Array(repeating: PairDemand(), count: (machineCount + 3) * (machineCount + 3))
    for index in requirements { add(lab.requirements[index]) }
    symmetryClasses = machineClasses()
    mayListenOnLoopback = findWhetherLoopbackMatters()
  }

  /// What is asked of a pair of endpoints, VMs by index and then host, LAN and internet.
  subscript(source: Int, target: Int) -> PairDemand {
    demands[source * (machineCount + 3) + target]
  }

  private func place(of endpoint: Endpoint) -> Int {
    switch endpoint {
    case .machine(let index): index
    case .host: host
    case .lan: lan
    case .internet: internet
    case .site: lan
    }
  }

  private mutating func add(_ requirement: Requirement) {
    let targets = lab.endpoints(of: requirement.to).map { target in
      let target = place(of: target)
      return (target, services(requirement, of: target))
    }
    for source in lab.endpoints(of: requirement.from).map(place) {
      for (target, services) in targets where target != source {
        if source >= machineCount, target >= machineCount {
          if requirement.allow != isOpenOutside(source, target) { isContradictory = true }
        } else {
          add(requirement, source, target, services)
        }
      }
    }
  }

  /// The target's services that a requirement speaks of, by bit.
  private func services(_ requirement: Requirement, of target: Int) -> UInt64 {
    // Ports of the host and of others are all open or all closed.
    guard target < machineCount else { return requirement.service == nil ? 0 : 1 }
    if let service = requirement.service { return services.bit(service, of: target) }
    guard !requirement.allow else { return 0 }
    switch requirement.transport {
    case .tcp: return services.bits(.tcp, of: target)
    case .udp: return services.bits(.udp, of: target)
    case .icmp, .multicast: return 0
    }
  }

  /// Whether an endpoint that is no VM reaches another, which no candidate changes: the LAN's router
  /// lets nothing in.
  private func isOpenOutside(_ source: Int, _ target: Int) -> Bool {
    if source == internet { return false }
    return target != internet || lab.host.hasInternet
  }

  private mutating func add(
    _ requirement: Requirement, _ source: Int, _ target: Int, _ services: UInt64
  ) {
    let index = source * (machineCount + 3) + target
    var demand = demands[index]
    if !requirement.allow {
      demand.forbidsEveryPort = true
      if target < machineCount { demand.forbiddenServices |= services }
    } else if requirement.service != nil {
      demand.services |= services
    } else {
      demand.needsEveryPort = true
      demand.asksEveryPort = true
    }
    demands[index] = demand
    if demand.needsEveryPort && demand.forbidsEveryPort
      || demand.services & demand.forbiddenServices != 0
    {
      isContradictory = true
    }
  }

  // MARK: Symmetry classes

  private func machineClasses() -> [Int] {
    var symmetryClasses: [Int] = []
    var first: [Int] = []
    // VMs that are alike have as many pairs of which something is said.
    let degrees = (0..<machineCount).map { machine in
      (0..<machineCount + 3).count { self[machine, $0] != PairDemand() } << 16
        + (0..<machineCount + 3).count { self[$0, machine] != PairDemand() }
    }
    for machine in 0..<machineCount {
      let known = first.firstIndex {
        degrees[$0] == degrees[machine] && areAlike($0, machine)
      }
      symmetryClasses.append(known ?? first.count)
      if known == nil { first.append(machine) }
    }
    return symmetryClasses
  }

  /// Whether the question stays the same when two VMs change places.
  private func areAlike(_ left: Int, _ right: Int) -> Bool {
    guard adapterLimits[left] == adapterLimits[right],
      !lab.machines[left].forwards, !lab.machines[right].forwards,
      kept.adapters[left].isEmpty, kept.adapters[right].isEmpty,
      services.ofMachine[left] == services.ofMachine[right],
      self[left, right] == self[right, left]
    else { return false }
    return (0..<machineCount + 3).allSatisfy { other in
      other == left || other == right
        || self[left, other] == self[right, other] && self[other, left] == self[other, right]
    }
  }
}
