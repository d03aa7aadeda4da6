import HTTPServer
import LabCore
import LabFormats

/// What the planner says of a document that is not stored.
let statelessOperations: [Operation] = [
  Operation(.post, "/v1/plan", query: connectivityParameters) { _, call throws(Problem) in
    let type = try call.negotiate(.json)
    let query = call.query.connectivity
    let planned = PlannedLab(try call.lab(), family: query.family)
    return plainAnswer(PlanPayload(planned, planned.matrix(query), revision: nil).body, as: type)
  },
  Operation(.post, "/v1/recommendations") { _, call throws(Problem) in
    let type = try call.negotiate(.json)
    let report = recommend(for: try call.lab())
    return plainAnswer(jsonBody { $0.recommendations(report) }, as: type)
  },
]
