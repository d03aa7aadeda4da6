/// A lab with what the fabric says of it.
struct JudgedLab {
  let lab: Lab
  let fabric: Fabric
  let cost: LabCost

  init(_ lab: Lab) {
    self.lab = lab
    let plan = assignAddresses(in: lab)
    fabric = compileFabric(lab: lab, plan: plan, family: .ipv4)
    cost = LabCost(of: lab, plan: plan, fabric: fabric)
  }
}

/// The best lab that the search found, and how good it is known to be.
struct FoundLab {
  var best: JudgedLab?
  var proof: RecommendationProof
}

/// Labs of more VMs get the modes alone.
private let maximumSearchedMachines = 200

/// Searches for the lab that costs least; the fabric judges what the search takes for better.
func findBest(
  for lab: Lab, effort: SearchEffort, mayContinue: @escaping () -> Bool
) -> FoundLab {
  guard effort.steps > 0, lab.machines.count <= maximumSearchedMachines else {
    return FoundLab(best: nil, proof: .bound(LabCost()))
  }
  let question = RecommendationQuestion(lab)
  let writer = CandidateWriter(question)
  var best: JudgedLab?
  // Whether the fabric has borne out what the search took each candidate to cost.
  var isBorneOut = true
  var search = CandidateSearch(
    question, rules: ReachRules(lab), effort: effort.steps, limit: .impossible,
    mayContinue: mayContinue
  ) { design, weight in
    guard let candidate = writer.lab(of: design) else {
      isBorneOut = false
      return .limit(.impossible)
    }
    let judged = JudgedLab(candidate)
    if judged.cost != weight.cost { isBorneOut = false }
    guard judged.cost.unmet == 0 else { return .limit(.impossible) }
    if best.map({ judged.cost < $0.cost }) ?? true { best = judged }
    return .limit(weight)
  }
  search.run()
  guard search.isComplete, isBorneOut else {
    let bound = isBorneOut ? min(search.leastOpen, search.rootBound) : .zero
    return FoundLab(best: best, proof: .bound(bound.cost))
  }
  if best != nil { return FoundLab(best: best, proof: .optimal) }
  return FoundLab(best: nil, proof: .unmeetable(core(of: question)))
}

private func core(of question: RecommendationQuestion) -> UnmeetableCore {
  UnmeetableCore(
    requirements: question.requirements, isSmallest: false,
    because: "No lab meets all of them.")
}
