extension FindingRule {
  /// A requirement is met by a way that works or does not by something that no document says.
  ///
  /// The pair is among the `depends` of the matrix, for the same reason: bridging over Wi-Fi, a
  /// known fault of the hypervisor's version, a route of the host that may take a network's packets.
  /// The first such pair is named, over IPv4.
  ///
  /// Info. Try it before you rely on it, or choose a lab from the recommendations that does without.
  static let doubtfulRequirement = FindingRule("doubtful-requirement") { survey, report in
    let lab = survey.lab
    guard !lab.requirements.isEmpty else { return }
    let fabric = compileFabric(lab: lab, plan: survey.plan, family: .ipv4)
    let doubts = Doubts(lab: lab, fabric: fabric)
    guard !doubts.isEmpty else { return }
    let failed = Set(survey.verdicts.failures.map(\.requirement))
    for (index, requirement) in lab.requirements.enumerated()
    where requirement.allow && !failed.contains(index) {
      guard let doubt = firstDoubt(about: requirement, of: lab, fabric, doubts) else { continue }
      report.add(
        .info, at: survey.pointer(requirement: index),
        "that \(survey.title(doubt.source)) reaches \(survey.title(of: requirement, doubt.target)) "
          + "depends: \(doubt.reason)",
        related: [doubt.source, doubt.target].compactMap(survey.pointer))
    }
  }
}

/// How many pairs of a requirement are looked at.
private let maximumPairs = 64

private func firstDoubt(
  about requirement: Requirement, of lab: Lab, _ fabric: Fabric, _ doubts: Doubts
) -> Doubt? {
  let query = ConnectivityQuery(transport: requirement.transport, port: requirement.port)
  let solver = PairSolver(fabric: fabric, query: query)
  var looks = 0
  for source in lab.endpoints(of: requirement.from) {
    let from = fabric.node(of: source)
    for target in lab.endpoints(of: requirement.to) where target != source {
      let to = fabric.node(of: target)
      guard doubts.touches(from) || doubts.touches(to) else { continue }
      looks += 1
      guard looks <= maximumPairs else { return nil }
      let hops = solver.path(from: from, to: to, solver.outcome(from: from, to: to))
      if let reason = doubts.reason(along: hops) {
        return Doubt(source: source, target: target, reason: reason)
      }
    }
  }
  return nil
}
