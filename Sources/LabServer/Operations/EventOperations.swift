import HTTPServer
import LabCore
import LabStorage

/// Changes as they are made, as server-sent events.
let eventOperations: [Operation] = [
  Operation(.get, "/v1/events", for: .overseer) { service, call throws(Problem) in
    try service.streamChanges(call, of: nil, to: .overseer)
  },
  Operation(.get, "/v1/labs/{lab}/events", for: .role(.read)) { service, call throws(Problem) in
    try service.streamChanges(call, of: call.labName, to: .role(.read))
  },
]

extension LabService {
  fileprivate func streamChanges(
    _ call: Call, of lab: DNSLabel?, to admission: Admission
  ) throws(Problem) -> Response {
    let type = try call.negotiate(.eventStream)
    if let lab { try checkIsKnown(lab, for: call.caller) }
    let newest = try reading { () throws(StoreError) in try store.lastSequence() }
    // A database that was brought back from a copy has not come as far as its former clients.
    let start = min(try call.lastEventID ?? newest, newest)
    let headers: Headers = [
      .contentType: type.rawValue, .cacheControl: "no-store", .accelBuffering: "no",
    ]
    let request = call.request
    let stream = changes.stream(of: lab, after: start) { [self] in
      stillAdmits(request, to: admission, lab: lab?.text ?? "")
    }
    return Response(status: .ok, headers: headers, body: .live(stream))
  }

  private func checkIsKnown(_ lab: DNSLabel, for caller: Caller) throws(Problem) {
    let kept = try reading { () throws(StoreError) in try store.keptRevisions(of: lab) }
    guard kept != nil else { throw noLab(lab, for: caller) }
  }
}

extension Call {
  /// The last event that the client had before it lost the connection.
  fileprivate var lastEventID: Int64? {
    get throws(Problem) {
      guard let text = request.headers[.lastEventID], !text.isEmpty else { return nil }
      if let id = Int64(text), id >= 0, text == String(id) { return id }
      throw Problem(
        .invalidHeader, "Last-Event-ID must be the id of an event of this service, a number.",
        items: [
          Problem.Item(
            code: .invalidValue, detail: "This was sent: \(excerpt(text))",
            parameter: "Last-Event-ID")
        ])
    }
  }
}
