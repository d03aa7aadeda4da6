/// Everything wrong or risky in a lab, in one pass.
///
/// Worst first; then by place, in the order in which a document is read; then by rule. Of a rule at
/// most `FindingReport.maximumFindings` are listed, and one more that counts the rest.
///
/// - Parameters:
///   - plan: the lab's own address plan.
///   - others: what the other labs whose host has the same name take of it.
/// - Throws: `BudgetExhausted` where that takes more than the budget has.
public func findings(
  in lab: Lab, plan: AddressPlan, sharingHost others: [HostShare] = [], budget: Budget
) throws(BudgetExhausted) -> [Finding] {
  let survey = try LabSurvey(lab: lab, plan: plan, sharingHost: others, budget: budget)
  var report = FindingReport(survey)
  for rule in FindingRule.all where rule.isAbout(lab.hypervisor.product) {
    try budget.spend(lab.machines.count + lab.networks.count + lab.portForwards.count)
    report.run(rule, on: survey)
  }
  return inReadingOrder(report.findings)
}

/// The same, however long it takes.
public func findings(
  in lab: Lab, plan: AddressPlan, sharingHost others: [HostShare] = []
) -> [Finding] {
  // An unlimited budget is never exhausted.
  (try? findings(in: lab, plan: plan, sharingHost: others, budget: .unlimited)) ?? []
}

/// The same beside labs that are at hand as a whole, each with its plan.
public func findings(
  in lab: Lab, plan: AddressPlan, sharingHost others: [(Lab, AddressPlan)]
) -> [Finding] {
  findings(in: lab, plan: plan, sharingHost: others.map { HostShare(of: $0.0, plan: $0.1) })
}

private func inReadingOrder(_ findings: [Finding]) -> [Finding] {
  let ranked = findings.map { (finding: $0, place: DocumentPlace($0.pointer)) }
  return ranked.sorted { left, right in
    if left.finding.severity != right.finding.severity {
      return left.finding.severity > right.finding.severity
    }
    if left.place != right.place { return left.place < right.place }
    return (left.finding.rule, left.finding.detail) < (right.finding.rule, right.finding.detail)
  }.map(\.finding)
}
