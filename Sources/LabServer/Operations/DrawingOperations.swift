import HTTPServer
import LabCore
import LabFormats
import LabStorage

/// Labs as pictures.
let drawingOperations: [Operation] = [
  Operation(.get, "/v1/labs/{lab}/drawing", query: drawingParameters) {
    service, call throws(Problem) in
    try service.getDrawing(call)
  },
  Operation(.post, "/v1/drawing", query: drawingParameters, for: .role(.read)) {
    service, call throws(Problem) in
    let type = try call.negotiate(.json, .svg)
    let lab = try call.lab(within: service.limits)
    let question = try call.wayQuestion(in: lab)
    let scene = try call.drawing(of: Plan(lab, family: call.query.connectivity.family), question)
    return plainAnswer(drawingBody(scene, as: type, revision: nil), as: type).showingStyles(type)
  },
]

private let drawingParameters: [QueryParameter] =
  [.from, .to] + connectivityParameters + [.fields]

extension LabService {
  fileprivate func getDrawing(_ call: Call) throws(Problem) -> Response {
    let type = try call.negotiate(.json, .svg)
    let query = call.query
    let kind = KeptAnswers.Kind.drawing(query.source, query.target, query.connectivity, type)
    return try answer(call, kind, as: type) { found throws(Problem) in
      let planned = try planned(found, family: query.connectivity.family)
      let scene = try call.drawing(of: planned, call.wayQuestion(in: planned.lab))
      return drawingBody(scene, as: type, revision: found.lab.revision)
    }.showingStyles(type)
  }
}

extension Call {
  /// The pair whose way the query asks for; nil where it asks for none.
  fileprivate func wayQuestion(
    in lab: Lab
  ) throws(Problem) -> (source: Endpoint, target: Endpoint)? {
    guard query.source != nil || query.target != nil else { return nil }
    return (
      try endpoint(query.source, .from, beside: .to, in: lab),
      try endpoint(query.target, .to, beside: .from, in: lab)
    )
  }

  private func endpoint(
    _ name: String?, _ parameter: QueryParameter, beside other: QueryParameter, in lab: Lab
  ) throws(Problem) -> Endpoint {
    let (code, detail): (FaultCode, String)
    if let name {
      if let endpoint = lab.endpoint(named: name) { return endpoint }
      let known = lab.endpoints.map(lab.name)
      let hint = nearestNames(to: name, among: known).first.map { "; did you mean \"\($0)\"?" }
      (code, detail) = (
        .invalidValue, "\(parameter.rawValue) names no endpoint: \"\(excerpt(name))\"\(hint ?? "")"
      )
    } else {
      (code, detail) = (
        .contradiction, "\(other.rawValue) is half a pair; name \(parameter.rawValue) as well"
      )
    }
    throw Problem(
      .invalidQuery, "The query cannot be answered: \(detail)",
      items: [Problem.Item(code: code, detail: detail, parameter: parameter.rawValue)])
  }

  /// A lab as a picture, with the way of a pair.
  fileprivate func drawing(
    of plan: Plan, _ question: (source: Endpoint, target: Endpoint)?
  ) throws(Problem) -> Scene {
    let pair = question.map { question in
      explain(
        from: question.source, to: question.target, of: plan.lab, in: plan.fabric,
        query: query.connectivity)
    }
    return try within { (budget) throws(BudgetExhausted) in
      try plan.drawing(of: pair, budget: budget)
    }
  }
}

private func drawingBody(_ scene: Scene, as type: MediaType, revision: Int?) -> Response.Body {
  type == .svg
    ? .bytes(Array(SVGWriter.document(of: scene).utf8))
    : jsonBody { $0.scene(scene, revision: revision) }
}

extension Response {
  /// The response, with leave for a browser that shows it to use the styles in it.
  fileprivate func showingStyles(_ type: MediaType) -> Response {
    guard type == .svg else { return self }
    var response = self
    response.headers.set(
      .contentSecurityPolicy,
      "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox")
    return response
  }
}
