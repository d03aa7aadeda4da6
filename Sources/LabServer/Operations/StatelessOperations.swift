import HTTPServer
import LabAnswers
import LabCore
import LabFormats
import LabStorage

/// What the planner says of a document that is not stored.
let statelessOperations: [Operation] = [
  Operation(
    .post, "/v1/plan", query: connectivityParameters + [.base, .fields], for: .role(.read)
  ) {
    service, call throws(Problem) in
    let type = try call.negotiate(.json)
    let query = call.query.connectivity
    if let base = call.query.base { try call.caller.check(lab: base) }
    let lab = try call.lab(within: service.limits)
    let (planned, changes) = try service.metrics.time(.plan) { () throws(Problem) in
      try service.planned(lab, for: call, query)
    }
    let (matrix, findings) = try call.within { (budget) throws(BudgetExhausted) in
      (
        try planned.connectivity(query, budget: budget),
        try planned.findings(budget: budget)
      )
    }
    let payload = PlanPayload(
      planned, matrix,
      recommendations: try call.recommendBriefly(for: planned.lab),
      findings: findings, revision: nil, changes: changes)
    let hasRows = call.query.fields?.touches("connectivity", "matrix") ?? true
    return plainAnswer(payload.body(withRows: hasRows), as: type)
  },
  Operation(.post, "/v1/recommendations", query: [.limitMilliseconds, .fields], for: .role(.read)) {
    service, call throws(Problem) in
    let type = try call.negotiate(.json)
    let lab = try call.question(within: service.limits)
    let report = try call.recommend(for: lab)
    return plainAnswer(jsonBody { $0.recommendations(report, for: lab) }, as: type)
  },
]

extension Call {
  /// The lab, or the beginner's answers, that the body describes.
  fileprivate func question(within limits: DocumentLimits) throws(Problem) -> Lab {
    let document = try document()
    do throws(DocumentRefusal) {
      return try readQuestion(document, within: limits)
    } catch {
      throw Problem(error)
    }
  }
}

extension LabService {
  /// A document that is not stored, with its addresses: those it would have as the next version of
  /// a stored lab, with what that would change; as if for the first time where no lab is named.
  fileprivate func planned(
    _ lab: Lab, for call: Call, _ query: ConnectivityQuery
  ) throws(Problem) -> (Plan, changes: PlanDifference?) {
    guard let base = call.query.base else { return (Plan(lab, family: query.family), nil) }
    let stored = try addressedLab(base, for: call.caller)
    let before = try planned(stored, family: query.family)
    let planned = Plan(
      lab, addresses: nextAddresses(of: lab, after: stored), family: query.family)
    let changes = try call.within { (budget) throws(BudgetExhausted) in
      PlanDifference(
        from: try before.reach(query, budget: budget),
        to: try planned.reach(query, budget: budget))
    }
    return (planned, changes)
  }
}
