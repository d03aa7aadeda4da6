import HTTPServer
import LabAnswers
import LabCore
import LabFormats
import LabStorage

/// What the planner says of a stored lab.
let answerOperations: [Operation] = [
  Operation(.get, "/v1/labs/{lab}/addresses", query: [.fields]) { service, call throws(Problem) in
    try service.getAddresses(call)
  },
  Operation(
    .get, "/v1/labs/{lab}/connectivity", query: connectivityParameters + [.fields]
  ) { service, call throws(Problem) in
    try service.getConnectivity(call)
  },
  Operation(
    .get, "/v1/labs/{lab}/connectivity/{from}/{to}",
    query: connectivityParameters + [.address, .fields]
  ) { service, call throws(Problem) in
    try service.getPair(call)
  },
  Operation(.get, "/v1/labs/{lab}/visibility", query: [.fields]) { service, call throws(Problem) in
    try service.getVisibility(call)
  },
  Operation(.get, "/v1/labs/{lab}/findings", query: [.fields]) { service, call throws(Problem) in
    try service.getFindings(call)
  },
  Operation(.get, "/v1/labs/{lab}/requirements", query: [.fields]) {
    service, call throws(Problem) in
    try service.getRequirements(call)
  },
  Operation(.get, "/v1/labs/{lab}/recommendations", query: [.limitMilliseconds, .fields]) {
    service, call throws(Problem) in
    try service.getRecommendations(call)
  },
  Operation(
    .get, "/v1/labs/{lab}/plan", query: connectivityParameters + [.fields]
  ) { service, call throws(Problem) in
    try service.getPlan(call)
  },
]

/// How many pairs the requirements of a lab list together.
private let mostRequirementPairs = 10_000

/// What may be asked of a matrix.
let connectivityParameters: [QueryParameter] = [.protocol, .port, .family]

extension LabService {
  fileprivate func getAddresses(_ call: Call) throws(Problem) -> Response {
    let type = try call.negotiate(.json, .plainText, .csv)
    return try answer(call, .addresses(type), as: type) { found throws(Problem) in
      let planned = try planned(found, family: .ipv4)
      let rows = AdapterRows(planned.addresses, of: planned.lab)
      switch type {
      case .plainText: return .bytes(Array(rows.table.utf8))
      case .csv: return .bytes(Array(rows.csv.utf8))
      case .json, .yaml, .svg, .eventStream, .problem, .prometheus:
        return jsonBody {
          $0.addresses(planned.addresses, of: planned.lab, revision: found.lab.revision)
        }
      }
    }
  }

  fileprivate func getConnectivity(_ call: Call) throws(Problem) -> Response {
    let type = try call.negotiate(.json, .plainText, .csv)
    let query = call.query.connectivity
    return try answer(call, .connectivity(query, type), as: type) { found throws(Problem) in
      let planned = try planned(found, family: query.family)
      let matrix = try matrix(planned, of: found.version, query, for: call)
      switch type {
      case .plainText: return MatrixTable(matrix, of: planned.lab).body
      case .csv: return MatrixCSV(matrix: matrix, lab: planned.lab).body
      case .json, .yaml, .svg, .eventStream, .problem, .prometheus:
        return ConnectivityPayload(lab: planned.lab, revision: found.lab.revision, matrix: matrix)
          .body(withRows: call.query.fields?.touches("matrix") ?? true)
      }
    }
  }

  fileprivate func getPair(_ call: Call) throws(Problem) -> Response {
    let type = try call.negotiate(.json)
    let query = call.query.connectivity
    let address = call.query.address
    let name = try call.labName
    let (from, to) = (call.parameters["from"], call.parameters["to"])
    let draft = try addressedLab(name, for: call.caller).lab.draft
    try checkEndpoint(from, as: .source, of: draft)
    try checkEndpoint(to, as: .target, of: draft)
    return try answer(call, .pair(from, to, query, address), as: type) { found throws(Problem) in
      let planned = try planned(found, family: query.family)
      guard let source = planned.lab.endpoint(named: from),
        let target = planned.lab.endpoint(named: to)
      else { throw .notFound(.source, "The endpoint was removed just now.") }
      let pair = explain(
        from: source, to: target, of: planned.lab, in: planned.fabric, query: query,
        at: address)
      let remedies = remedies(
        from: source, to: target, of: planned.lab, query: query, budget: call.budget,
        assigning: { nextAddresses(of: $0, after: found) })
      return jsonBody { $0.pair(pair, remedies: remedies, of: planned.lab) }
    }
  }

  private func checkEndpoint(
    _ name: String, as sought: Sought, of lab: LabDraft
  ) throws(Problem) {
    let hasSite = !(lab.host?.uplink?.routes.isEmpty ?? true)
    let others = ["host", "lan"] + (hasSite ? [siteName] : []) + ["internet"]
    let known = lab.vms.compactMap(\.name?.text) + others
    guard known.contains(name) else { throw .notFound(sought, name, among: known) }
  }

  fileprivate func getVisibility(_ call: Call) throws(Problem) -> Response {
    let type = try call.negotiate(.json)
    return try answer(call, .visibility, as: type) { found throws(Problem) in
      let plan = try planned(found, family: .ipv4)
      return jsonBody {
        $0.visibility(plan.visibility, of: plan.lab, revision: found.lab.revision)
      }
    }
  }

  fileprivate func getFindings(_ call: Call) throws(Problem) -> Response {
    let type = try call.negotiate(.json)
    return try answerBesideOthers(call, .findings(call.caller.labs), family: .ipv4, as: type) {
      jsonBody { [findings = $2] in $0.findings(findings) }
    }
  }

  fileprivate func getRequirements(_ call: Call) throws(Problem) -> Response {
    let type = try call.negotiate(.json)
    return try answer(call, .requirements, as: type) { found throws(Problem) in
      let plan = try planned(found, family: .ipv4)
      let judged = try call.within { (budget) throws(BudgetExhausted) in
        try plan.judgedRequirements(listing: mostRequirementPairs, budget: budget)
      }
      return jsonBody { $0.requirements(judged, of: plan.lab, revision: found.lab.revision) }
    }
  }

  fileprivate func getRecommendations(_ call: Call) throws(Problem) -> Response {
    let type = try call.negotiate(.json)
    if call.query.limitMilliseconds != nil {
      // What is found in a given time depends on more than the revision: it is not kept.
      let found = try addressedLab(call.labName, for: call.caller)
      let tag = VersionTag(revision: found.lab.revision)
      if try call.isFresh(tag) { return notModified(tag) }
      let lab = try resolved(found.lab)
      let report = try call.recommend(for: lab)
      return Response(
        status: .ok, headers: headers(type, tag),
        body: jsonBody { $0.recommendations(report, for: lab) })
    }
    return try answer(call, .recommendations, as: type) { found throws(Problem) in
      let lab = try resolved(found.lab)
      let report = try call.recommend(for: lab)
      return jsonBody { $0.recommendations(report, for: lab) }
    }
  }

  fileprivate func getPlan(_ call: Call) throws(Problem) -> Response {
    let type = try call.negotiate(.json)
    let query = call.query.connectivity
    return try answerBesideOthers(
      call, .plan(query, call.caller.labs), family: query.family, as: type
    ) { found, planned, findings throws(Problem) in
      PlanPayload(
        planned, try matrix(planned, of: found.version, query, for: call),
        recommendations: try call.recommendBriefly(for: planned.lab), findings: findings,
        revision: found.lab.revision
      ).body(withRows: call.query.fields?.touches("connectivity", "matrix") ?? true)
    }
  }
}
