/// The five modes, each tried alone: one network for all VMs.
struct ModesAlone {
  /// Those that do, the cheapest first.
  private(set) var fitting: [JudgedLab] = []
  /// Those that do not.
  private(set) var ruledOut: [RuledOutMode] = []

  /// - Parameter budget: modes that are not tried by its end are in neither list.
  init(_ lab: Lab, budget: Budget) {
    for profile in lab.product.modes where budget.allows(lab.machines.count) {
      try? judge(profile, for: lab, budget)
    }
    fitting.sort { $0.cost < $1.cost }
  }

  private mutating func judge(
    _ profile: ModeProfile, for lab: Lab, _ budget: Budget
  ) throws(BudgetExhausted) {
    let mode = profile.mode
    if let reason = lab.draft.constraints.reasonAgainst(profile) {
      ruledOut.append(RuledOutMode(mode: mode, cause: .constraint, because: reason.asSentence))
      return
    }
    let kept = lab.draft.constraints.kept.map {
      "A single network for all leaves out \($0), which is to stay."
    }
    if let reason = kept ?? lab.standing {
      ruledOut.append(RuledOutMode(mode: mode, cause: .constraint, because: reason))
      return
    }
    guard case .success(let candidate) = resolve(lab.draft.withAllMachines(on: profile)) else {
      return
    }
    let plan = Plan(candidate)
    try budget.spend(16 * lab.machines.count)
    var check = RequirementCheck(lab: candidate, fabric: plan.fabric, budget: budget)
    if let failure = try check.firstFailure() {
      ruledOut.append(ruledOutMode(mode, failure, plan))
    } else {
      fitting.append(try JudgedLab(plan, check: &check))
    }
  }
}

private func ruledOutMode(
  _ mode: NetworkMode, _ failure: RequirementCheck.Failure, _ plan: Plan
) -> RuledOutMode {
  let query = ConnectivityQuery(
    transport: failure.requirement.transport, port: failure.requirement.port)
  let explanation = explain(
    from: failure.source, to: failure.target, of: plan.lab, in: plan.fabric, query: query)
  let because =
    failure.requirement.allow
    ? explanation.explanation
    : "It must not be possible, but: \(explanation.explanation)"
  return RuledOutMode(
    mode: mode,
    cause: .requirement(plan.lab.draft.requirements[failure.index], failure.outcome),
    because: because)
}

extension Constraints {
  /// The first part that stays as it is, as people call it; nil where none has to.
  fileprivate var kept: String? {
    if let network = keptNetworks.first { return "\"\(network)\"" }
    guard let adapter = keptAdapters.first, let vm = adapter.vm, let slot = adapter.slot else {
      return nil
    }
    return "adapter \(slot) of \"\(vm)\""
  }
}

extension Lab {
  /// Why no single network does where a VM keeps its adapters; nil where none does.
  fileprivate var standing: String? {
    standingMachines.first.map {
      "\(machines[$0].name) keeps its adapters, so that no single network does for all."
    }
  }
}

extension String {
  /// With a capital first letter and a full stop.
  fileprivate var asSentence: String {
    guard let first else { return self }
    let text = String(first).uppercased() + dropFirst()
    return text.hasSuffix(".") ? text : text + "."
  }
}

extension LabDraft {
  /// The same lab with one network of a mode and every VM attached to it by its only adapter.
  fileprivate func withAllMachines(on profile: ModeProfile) -> LabDraft {
    var draft = withoutNetworks()
    guard let name = profile.inventedName(1) else { return draft }
    draft.networks = [NetworkDraft(name: name, mode: profile.mode)]
    for index in draft.vms.indices {
      let first = vms[index].adapters.first
      draft.vms[index].adapters = [
        AdapterDraft(network: name, mac: first?.mac, model: first?.model)
      ]
    }
    return draft
  }
}
