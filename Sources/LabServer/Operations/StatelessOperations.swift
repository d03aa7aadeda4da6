import HTTPServer
import LabCore
import LabFormats

/// What the planner says of a document that is not stored.
let statelessOperations: [Operation] = [
  Operation(.post, "/v1/plan", query: connectivityParameters + [.base]) {
    service, call throws(Problem) in
    let type = try call.negotiate(.json)
    let query = call.query.connectivity
    let planned = PlannedLab(try call.lab(), family: query.family)
    let changes = try service.changes(from: call.query.base, to: planned.lab, query)
    let payload = PlanPayload(planned, planned.matrix(query), revision: nil, changes: changes)
    return plainAnswer(payload.body, as: type)
  },
  Operation(.post, "/v1/recommendations") { _, call throws(Problem) in
    let type = try call.negotiate(.json)
    let report = recommend(for: try call.question(), effort: .none)
    return plainAnswer(jsonBody { $0.recommendations(report) }, as: type)
  },
]

extension Call {
  /// The lab, or the beginner's answers, that the body describes.
  fileprivate func question() throws(Problem) -> Lab {
    let document = try document()
    do throws(DocumentRefusal) {
      return try readQuestion(document)
    } catch {
      throw Problem(error)
    }
  }
}

extension LabService {
  /// What a lab changes against a stored one; nil where there is none to compare it with.
  fileprivate func changes(
    from base: DNSLabel?, to lab: Lab, _ query: ConnectivityQuery
  ) throws(Problem) -> PlanDifference? {
    guard let base else { return nil }
    let stored = try resolved(storedLab(base, at: revision(of: base)))
    return PlanDifference(
      from: PlannedReach(stored, query: query), to: PlannedReach(lab, query: query))
  }
}
