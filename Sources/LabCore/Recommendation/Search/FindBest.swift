/// A planned lab with what it costs.
struct JudgedLab {
  let plan: Plan
  let cost: LabCost

  var lab: Lab { plan.lab }

  init(_ lab: Lab, budget: Budget) throws(BudgetExhausted) {
    let plan = Plan(lab)
    var check = RequirementCheck(lab: lab, fabric: plan.fabric, budget: budget)
    try self.init(plan, check: &check)
  }

  /// The same with a check of the plan's requirements that has begun.
  init(_ plan: Plan, check: inout RequirementCheck) throws(BudgetExhausted) {
    self.plan = plan
    cost = try LabCost(of: plan.lab, plan: plan.addresses, check: &check)
  }

  /// Judges what a search found. The time of the search does not count, or what it found would be
  /// lost; nil where that takes too many steps.
  static func judged(_ lab: Lab) -> JudgedLab? {
    try? JudgedLab(lab, budget: Budget(steps: stepsOfJudgement))
  }

  /// Some tenths of a second.
  private static let stepsOfJudgement = 5_000_000
}

/// The best lab that the search found, and how good it is known to be.
struct FoundLab {
  var best: JudgedLab?
  var proof: RecommendationProof
}

/// Labs of more VMs get the modes alone.
let maximumSearchedMachines = 200

/// Searches for the lab that costs least; the fabric judges what the search takes for better.
func findBest(
  for lab: Lab, _ rules: ReachRules, _ restriction: SearchRestriction? = nil, effort: SearchEffort,
  budget: Budget
) -> FoundLab {
  let count = lab.machines.count
  guard effort.steps > 0, count <= maximumSearchedMachines, !lab.requirements.isEmpty else {
    return FoundLab(best: nil, proof: .bound(LabCost()))
  }
  let question = RecommendationQuestion(lab, restriction ?? SearchRestriction())
  guard !question.kept.isTooMany else { return FoundLab(best: nil, proof: .bound(LabCost())) }
  if question.isContradictory, restriction == nil {
    let core = unmeetableCore(of: lab, rules, effort: effort, budget: budget)
    return FoundLab(best: nil, proof: .unmeetable(core))
  }
  let writer = CandidateWriter(question)
  let progress = SearchProgress(decisions: effort.steps(forMachines: count), within: budget)
  var found: [(design: CandidateDesign, weight: Weight)] = []
  var search = CandidateSearch(question, rules, progress: progress) { design, weight in
    found.append((design, weight))
    return weight
  }
  search.run()
  // The last is the cheapest; those before it count where the fabric does not bear it out.
  var best: JudgedLab?
  var isBorneOut = true
  while let last = found.popLast() {
    let judged = writer.lab(of: last.design).flatMap(JudgedLab.judged)
    if let judged, judged.cost.unmet == 0, best.map({ judged.cost < $0.cost }) ?? true {
      best = judged
    }
    if judged?.cost == last.weight.cost { break }
    isBorneOut = false
  }
  guard progress.isComplete, isBorneOut else {
    var bound = isBorneOut ? min(progress.leastLeftOut, search.rootBound).cost : LabCost()
    if let best { bound = min(bound, best.cost) }
    return FoundLab(best: best, proof: .bound(bound))
  }
  if best != nil { return FoundLab(best: best, proof: .optimal) }
  guard restriction == nil else { return FoundLab(best: nil, proof: .bound(LabCost())) }
  let core = unmeetableCore(of: lab, rules, effort: effort, budget: budget)
  return FoundLab(best: nil, proof: .unmeetable(core))
}
