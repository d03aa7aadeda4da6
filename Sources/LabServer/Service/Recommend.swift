import HTTPServer
import LabAnswers
import LabCore

extension Call {
  /// Recommends labs for as long as the request lets it: as `limit_ms` says, or else as the usual
  /// effort takes, and no longer than the client waits.
  func recommend(for lab: Lab) throws(Problem) -> RecommendationReport {
    guard let limit = query.limitMilliseconds else {
      return try recommend(for: lab, effort: .usual, within: budget)
    }
    return try recommend(
      for: lab, effort: .untilStopped, within: budget.part(within: .milliseconds(limit)))
  }

  /// Recommends labs beside a plan, which is not to wait for them.
  func recommendBriefly(for lab: Lab) throws(Problem) -> RecommendationReport {
    try recommend(for: lab, effort: .usual, within: budget.part(within: limitBesidePlan))
  }

  private func recommend(
    for lab: Lab, effort: SearchEffort, within budget: Budget
  ) throws(Problem) -> RecommendationReport {
    let report = LabCore.recommend(for: lab, effort: effort, budget: budget)
    if budget.exhaustion == .clientGone { throw Problem(BudgetExhausted.clientGone) }
    return report
  }
}
