/// What a lab costs, held against its requirements: the smaller, the better. The first difference
/// decides, in the order of the properties.
public struct LabCost: Hashable, Comparable, Sendable {
  /// How many requirements are not met.
  public var unmet: Int
  /// How many ordered pairs of endpoints, at least one of them a VM, can talk beyond what the
  /// requirements ask for.
  public var exposure: Int
  /// How many adapters the VMs have.
  public var adapters: Int
  /// How many networks there are.
  public var networks: Int
  /// How many things a person has to set by hand: addresses in guests, port forwards, networks'
  /// gateways, and a step with administrator rights for each host-only and bridged network.
  public var handConfiguration: Int

  /// A cost of the given parts.
  public init(
    unmet: Int = 0, exposure: Int = 0, adapters: Int = 0, networks: Int = 0,
    handConfiguration: Int = 0
  ) {
    self.unmet = unmet
    self.exposure = exposure
    self.adapters = adapters
    self.networks = networks
    self.handConfiguration = handConfiguration
  }

  /// By the first part that differs.
  public static func < (left: LabCost, right: LabCost) -> Bool {
    (left.unmet, left.exposure, left.adapters, left.networks, left.handConfiguration)
      < (right.unmet, right.exposure, right.adapters, right.networks, right.handConfiguration)
  }

  /// What one costs more than another, part by part; negative where it is less.
  public static func - (left: LabCost, right: LabCost) -> LabCost {
    LabCost(
      unmet: left.unmet - right.unmet, exposure: left.exposure - right.exposure,
      adapters: left.adapters - right.adapters, networks: left.networks - right.networks,
      handConfiguration: left.handConfiguration - right.handConfiguration)
  }

  /// Whether another cost is smaller in no part.
  func isAsGood(as other: LabCost) -> Bool {
    unmet <= other.unmet && zip(weighed, other.weighed).allSatisfy { $0 <= $1 }
  }

  private var weighed: [Int] { [exposure, adapters, networks, handConfiguration] }
}

extension LabCost {
  /// What a lab costs by its own requirements, over IPv4, with the addresses that it gets when they
  /// are assigned for the first time. The fabric decides who reaches whom.
  public init(of lab: Lab, budget: Budget) throws(BudgetExhausted) {
    let plan = assignAddresses(in: lab)
    try self.init(
      of: lab, plan: plan, fabric: compileFabric(lab: lab, plan: plan, family: .ipv4),
      budget: budget)
  }

  /// The same with a plan and a fabric that are there already.
  init(
    of lab: Lab, plan: AddressPlan, fabric: Fabric, budget: Budget
  ) throws(BudgetExhausted) {
    var check = RequirementCheck(lab: lab, fabric: fabric, budget: budget)
    try self.init(of: lab, plan: plan, check: &check)
  }

  /// The same with matrices that are there already.
  init(
    of lab: Lab, plan: AddressPlan, check: inout RequirementCheck
  ) throws(BudgetExhausted) {
    self.init(
      unmet: try check.failures().count, exposure: try check.exposure(),
      adapters: lab.machines.reduce(0) { $0 + $1.adapters.count },
      networks: lab.networks.count, handConfiguration: lab.handConfiguration(plan))
  }
}

extension Lab {
  fileprivate func handConfiguration(_ plan: AddressPlan) -> Int {
    let typed = plan.adapters.joined().count {
      $0.ipv4.source == .planned || $0.ipv4.source == .static
    }
    let gateways = networks.count { $0.gateway != nil }
    let privileged = networks.count { $0.profile.needsAdministrator }
    return typed + portForwards.count + gateways + privileged
  }
}
