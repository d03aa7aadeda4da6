/// Mends a lab as its user built it: one remedy after the other, for the first pair each time that
/// fails a requirement.
///
/// Nil where the remedies do not get that far, where something must not be possible that is, and
/// where the lab has errors besides.
func mendedDesign(of lab: Lab, budget: Budget) -> Proposal? {
  var mended = lab
  var steps: [String] = []
  do throws(BudgetExhausted) {
    while let failure = try mended.firstUnmetRequirement(within: budget) {
      guard failure.requirement.allow, steps.count < maximumChanges,
        let remedy = firstRemedy(
          from: failure.source, to: failure.target, of: mended,
          query: ConnectivityQuery(
            transport: failure.requirement.transport, port: failure.requirement.port),
          budget: budget)
      else { return nil }
      steps.append(remedy.summary)
      mended = remedy.lab
    }
  } catch {
    return nil
  }
  guard let judged = JudgedLab.judged(mended), judged.hasNoErrors else { return nil }
  let count = steps.count
  return Proposal(
    judged: judged,
    summary: count == 0
      ? "Your lab as it is" : "Your lab with \(count) change\(count == 1 ? "" : "s")",
    reasons: steps.map { "\($0)." })
}

/// More than that is another lab.
private let maximumChanges = 12

/// A lab to be recommended, with what is to be said of it beside what its modes bring with them.
struct Proposal {
  let judged: JudgedLab
  /// Nil for the words of its networks.
  var summary: String?
  var reasons: [String] = []
  var caveats: [String] = []
}

extension JudgedLab {
  /// Whether nothing that is found in it is an error.
  var hasNoErrors: Bool {
    let budget = Budget(steps: 5_000_000)
    guard let found = try? findings(in: lab, plan: plan.addresses, budget: budget) else {
      return true
    }
    return !found.contains { $0.severity == .error }
  }
}

extension Lab {
  fileprivate func firstUnmetRequirement(
    within budget: Budget
  ) throws(BudgetExhausted) -> RequirementCheck.Failure? {
    let fabric = compileFabric(lab: self, plan: assignAddresses(in: self), family: .ipv4)
    var check = RequirementCheck(lab: self, fabric: fabric, budget: budget)
    return try check.firstFailure()
  }
}
