/// Labs with gateway VMs beside those of the document: they translate what goes out, and let pass
/// what the requirements ask for and nothing else.
///
/// First the VMs that have to reach each other share networks, then all that may; a lab that
/// another is better than in everything is left out. None for labs of which parts are to stay.
///
/// - Parameter budget: they are not tried past its end.
func gatewayProposals(for lab: Lab, budget: Budget) -> [Proposal] {
  guard lab.draft.constraints.mayAddGateways != false,
    lab.machines.count <= maximumSearchedMachines
  else { return [] }
  let question = RecommendationQuestion(lab)
  guard !question.isContradictory, question.kept.isEmpty else { return [] }
  var proposals: [Proposal] = []
  for isTogether in [false, true] where budget.allows(1000) {
    let zones = GatewayZones(question, isTogether: isTogether)
    guard let proposal = GatewayWriter(question, zones)?.proposal() else { continue }
    let isWorse = proposals.contains { $0.judged.cost.isAsGood(as: proposal.judged.cost) }
    if !isWorse { proposals.append(proposal) }
  }
  return proposals.sorted { $0.judged.cost < $1.judged.cost }
}
