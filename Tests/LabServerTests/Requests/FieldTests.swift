import LabFormats
import Testing

@testable import LabServer

/// `?fields=`: answers with what is wanted of them, and nothing else.
@Suite struct FieldTests {
  let description: OpenAPIDescription
  let service: RunningService

  /// Holds the lab of the examples.
  init() throws {
    description = try OpenAPIDescription()
    service = try RunningService()
    let getLab = try #require(description.operations.first { $0.id == "getLab" })
    let lab = getLab.responses["200"]?["content"]?["application/json"]?["example"]
    let put = try service.send("PUT", "/v1/labs/beta-test", try #require(lab).jsonText)
    #expect(put.status == 201)
  }

  /// Carries out an operation's example with a query.
  private func send(
    _ operation: OpenAPIDescription.Operation, _ query: String, _ headers: [String: String] = [:]
  ) throws -> TestResponse {
    let body = operation.bodies.first { $0.type == "application/json" }?.content["example"]
    return try service.send(
      operation.method, operation.examplePath + query, body?.jsonText, headers)
  }

  private var selective: [(described: OpenAPIDescription.Operation, routed: LabServer.Operation)] {
    description.operations.compactMap { described in
      let routed = LabService.operations.first {
        "\($0.method) \($0.path)" == described.title && $0.query.contains(.fields)
      }
      return routed.map { (described, $0) }
    }
  }

  /// What is answered in JSON to whoever asks about labs or modes can be selected from, and every
  /// field that is answered has a name.
  @Test func everyAnswerHasFields() throws {
    for operation in description.operations {
      let schema = operation.responses["200"]?["content"]?["application/json"]?["schema"]
      // An exported file is no answer of the service's own.
      let isAnswer =
        [
          "GET /v1/", "POST /v1/plan", "POST /v1/recommendations", "POST /v1/drawing",
          "POST /v1/translate", "POST /v1/labs/{lab}/translation",
        ]
        .contains(where: operation.title.hasPrefix)
        && !operation.title.hasSuffix("/exports/{format}")
      let isSelective = selective.contains { $0.described.id == operation.id }
      #expect(isSelective == (isAnswer && schema != nil), "\(operation.title)")
    }
    for (described, routed) in selective {
      let known = AnswerFields.of(routed)
      let answer = try send(described, "").json
      #expect(unknownFields(of: answer, known) == [], "\(described.title)")
      #expect(known.paths.count > 1, "\(described.title)")
    }
  }

  private func unknownFields(of value: DocumentNode, _ known: AnswerFields?) -> [String] {
    value.elements.flatMap { unknownFields(of: $0, known) }
      + value.members.flatMap { member -> [String] in
        guard let inner = known?[member.key] else { return [member.key] }
        return unknownFields(of: member.value, inner)
      }
  }

  /// Each field by itself, and the example's, against a walk through the whole answer.
  @Test func fieldsAreWhatTheWholeAnswerHasAtThem() throws {
    for (described, routed) in selective {
      let whole = try send(described, "").json
      let fields = try #require(
        described.parameters(in: "query").first { $0["name"].text == "fields" })
      let example = fields["example"].text
      // The plan is made again for each POST.
      let paths = described.method == "GET" ? AnswerFields.of(routed).paths : []
      for wanted in [example] + paths {
        let answer = try send(described, "?fields=\(wanted)")
        #expect(answer.status == 200, "\(described.title) \(wanted): \(answer.text)")
        let names = wanted.split(separator: ",").map { $0.split(separator: ".").map(String.init) }
        let expected = selected(names, from: whole)
        #expect(
          try answer.json.withoutPositions == expected.withoutPositions,
          "\(described.title) \(wanted): \(answer.text)")
      }
      #expect(try send(described, "?fields=\(example)").text != "{}\n", "\(described.title)")
    }
  }

  private func selected(_ fields: [[String]], from node: DocumentNode) -> DocumentNode {
    if fields.contains([]) { return node }
    switch node.value {
    case .object(let members):
      let kept = members.compactMap { member -> DocumentMember? in
        let inner = fields.filter { $0.first == member.key }.map { Array($0.dropFirst()) }
        guard !inner.isEmpty else { return nil }
        return DocumentMember(member.key, selected(inner, from: member.value))
      }
      return DocumentNode(.object(kept))
    case .array(let elements):
      return DocumentNode(.array(elements.map { selected(fields, from: $0) }))
    default: return node
    }
  }

  // MARK: What is refused

  @Test func everyFieldThatIsNoneIsNamed() throws {
    let answer = try service.get(
      "/v1/labs/beta-test?fields=nmae,vms.name,vms.adapters.netwrok,x.y,name.z,")
    #expect(answer.status == 400)
    #expect(try answer.json["code"].text == "invalid-query")
    let errors = try answer.json["errors"]?.elements ?? []
    #expect(
      errors.allSatisfy { $0["code"].text == "unknown-field" && $0["parameter"].text == "fields" })
    let top =
      "constraints, description, host, hypervisor, name, networks, port_forwards, requirements, vms"
    let others = "it has \(top), and what is in them behind a dot"
    #expect(
      errors.map { $0["detail"].text } == [
        #"the answer has no field "nmae"; did you mean "name"?"#,
        #"the answer has no field "vms.adapters.netwrok"; did you mean "vms.adapters.network"?"#,
        "the answer has no field \"x.y\"; \(others)",
        "the answer has no field \"name.z\"; did you mean \"name\"?",
        "the answer has no field \"\"; \(others)",
      ])
    #expect(try service.get("/v1/labs/beta-test?fields=").status == 400)
    #expect(
      try service.get("/v1/labs/beta-test?fields=name&fields=vms").faults == [
        " duplicate-parameter"
      ])
    #expect(try service.get("/v1/labs/beta-test?fields=vms.0.name").status == 400)
    #expect(try service.get("/healthz?fields=status").faults == [" unknown-parameter"])
  }

  @Test func fieldsAreOfJSONAlone() throws {
    for (path, type) in [("", "application/yaml"), ("/connectivity", "text/csv")] {
      let field = path.isEmpty ? "name" : "lab"
      let answer = try service.get("/v1/labs/beta-test\(path)?fields=\(field)", ["Accept": type])
      #expect(answer.status == 406)
      #expect(
        try answer.json["detail"].text
          == "Only application/json is available here with fields; your Accept header excludes it.")
    }
    #expect(try service.get("/v1/labs/nobody?fields=name").status == 404)
  }

  // MARK: HTTP

  /// The tag is the lab's, so that it is good for writes too; a change of what is not selected
  /// changes it as well.
  @Test func tagsAndHeadsAreThoseOfTheAnswer() throws {
    let path = "/v1/labs/beta-test?fields=name,vms.name"
    let answer = try service.get(path)
    #expect(
      answer.text
        == #"{"name":"beta-test","vms":[{"name":"ubuntu"},{"name":"windows"},{"name":"android"}]}"#
        + "\n")
    #expect(answer.headers["etag"] == "\"1\"")
    #expect(try service.get(path, ["If-None-Match": "\"1\""]).status == 304)
    let head = try service.send("HEAD", path)
    #expect(head.headers["content-length"] == "\(answer.body.count)")
    #expect(head.headers["etag"] == "\"1\"")
    let patch = try service.send(
      "PATCH", "/v1/labs/beta-test", #"{"description":"new"}"#, ["If-Match": "\"1\""])
    #expect(patch.status == 200)
    let next = try service.get(path, ["If-None-Match": "\"1\""])
    #expect(next.status == 200 && next.text == answer.text)
    #expect(
      try service.get("/v1/labs/beta-test?fields=description").text == "{\"description\":\"new\"}\n"
    )
    let whole = try service.get("/v1/labs/beta-test")
    #expect(try whole.json["host"]?["name"].text == "laptop", "what is kept stays whole")
  }

  /// The rows of a large matrix are not written for whoever leaves them out, and are for others.
  @Test func aLargeMatrixMayBeLeftOut() throws {
    let count = 400
    let machines = (0..<count).map { "{'name':'v\($0)','adapters':[{'network':'n'}]}" }
    let document = """
      {'networks':[{'name':'n','mode':'nat'}],'vms':[\(machines.joined(separator: ","))]}
      """
    #expect(try service.send("PUT", "/v1/labs/large", document.json).status == 201)
    let path = "/v1/labs/large/connectivity"
    let summary = try service.get("\(path)?fields=summary").text
    // Each VM reaches host, LAN and internet. Host and LAN reach each other and the internet.
    let reachable = 3 * count + 4
    let blocked = (count + 3) * (count + 2) - reachable
    #expect(
      summary == "{\"summary\":{\"reachable\":\(reachable),\"blocked\":\(blocked)}}\n")
    #expect(try service.get(path).body.count > count * count * 8)
  }

  @Test func pagesLeadToPagesOfTheSameFields() throws {
    for name in ["a", "b"] { _ = try service.send("PUT", "/v1/labs/\(name)", "{}") }
    let page = try service.get("/v1/labs?limit=2&fields=labs.name,next")
    let next = "/v1/labs?limit=2&cursor=b&fields=labs.name,next"
    #expect(page.text == "{\"labs\":[{\"name\":\"a\"},{\"name\":\"b\"}],\"next\":\"\(next)\"}\n")
    #expect(page.headers["link"] == "<\(next)>; rel=\"next\"")
    #expect(try service.get(next).text == "{\"labs\":[{\"name\":\"beta-test\"}],\"next\":null}\n")
    _ = try service.send("PATCH", "/v1/labs/a", #"{"description":"new"}"#)
    let history = try service.get("/v1/labs/a/revisions?limit=1&fields=revisions.revision")
    #expect(history.text == "{\"revisions\":[{\"revision\":2}]}\n")
    #expect(
      history.headers["link"]
        == "</v1/labs/a/revisions?limit=1&cursor=2&fields=revisions.revision>; rel=\"next\"")
  }

  /// A matrix too large for the memory is selected from while it is made.
  @Test(arguments: [[:], ["Accept-Encoding": "gzip"]])
  func largeMatricesAreSelectedFromAsTheyCome(headers: [String: String]) throws {
    let machines = (0..<400).map { "{\"name\":\"vm\($0)\",\"adapters\":[{\"network\":\"n\"}]}" }
    let lab =
      "{\"networks\":[{\"name\":\"n\",\"mode\":\"internal\"}],\"vms\":[\(machines.joined(separator: ","))]}"
    #expect(try service.send("PUT", "/v1/labs/large", lab).status == 201)
    let whole = try service.get("/v1/labs/large/connectivity")
    #expect(whole.headers["transfer-encoding"] == "chunked")
    let summary = try service.get("/v1/labs/large/connectivity?fields=summary,family", headers)
    #expect(summary.headers["transfer-encoding"] == "chunked")
    guard headers.isEmpty else { return }
    #expect(
      summary.text == "{\"family\":\"ipv4\",\"summary\":{\"reachable\":159604,\"blocked\":2402}}\n")
    let plan = try service.get("/v1/labs/large/plan?fields=connectivity.matrix")
    #expect(
      try plan.json["connectivity"]?["matrix"]?.withoutPositions
        == whole.json["matrix"]?.withoutPositions)
  }
}
