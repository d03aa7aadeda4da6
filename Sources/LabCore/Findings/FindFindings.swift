/// Everything wrong or risky in a lab, in one pass.
///
/// Worst first; then by place, in the order in which a document is read; then by rule.
///
/// - Parameters:
///   - plan: the lab's own address plan.
///   - others: the other labs whose host has the same name, with their plans.
public func findings(
  in lab: Lab, plan: AddressPlan, sharingHost others: [(Lab, AddressPlan)] = []
) -> [Finding] {
  let survey = LabSurvey(lab: lab, plan: plan, sharingHost: others)
  var report = FindingReport(survey)
  for rule in FindingRule.all { report.run(rule, on: survey) }
  return inReadingOrder(report.findings)
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
