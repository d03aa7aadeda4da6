import LabFormats
import LabStorage
import Testing

@testable import LabServer

/// Every example of `openapi.yaml` is carried out, and every status is brought about.
@Suite struct OpenAPIExampleTests {
  let description: OpenAPIDescription

  init() throws { description = try OpenAPIDescription() }

  private func operation(_ id: String) throws -> OpenAPIDescription.Operation {
    try #require(description.operations.first { $0.id == id })
  }

  /// A service that holds the lab of the examples.
  private func seededService() throws -> RunningService {
    let service = try RunningService()
    let lab = try operation("getLab").responses["200"]?["content"]?["application/json"]?["example"]
    let put = try service.send("PUT", "/v1/labs/beta-test", try #require(lab).jsonText)
    #expect(put.status == 201, "\(put.text)")
    return service
  }

  // MARK: Examples

  @Test func everyExampleFitsItsSchema() throws {
    var count = 0
    func check(_ node: DocumentNode, _ place: String) {
      if let schema = node["schema"], let example = node["example"] {
        count += 1
        let faults = description.schemas.faults(of: example, by: schema)
        #expect(faults.isEmpty, "\(place)")
      }
      for member in node.members where member.key != "example" {
        check(member.value, "\(place)/\(member.key)")
      }
      for (index, element) in node.elements.enumerated() { check(element, "\(place)/\(index)") }
    }
    check(description.root, "")
    #expect(count > 40)
  }

  @Test func everyRequestOfTheExamplesIsAnswered() throws {
    for operation in description.operations where !operation.bodies.isEmpty {
      for (type, content) in operation.bodies {
        let example = try #require(content["example"], "\(operation.title) has no example")
        let body = type == "application/yaml" ? yamlText(example) : example.jsonText
        for query in dryRuns(of: operation) {
          let service = try seededService()
          let answer = try service.send(
            operation.method, operation.examplePath + query, body, ["Content-Type": type])
          #expect((200...299).contains(answer.status), "\(operation.title): \(answer.text)")
          let faults = try description.faults(of: answer, to: operation)
          #expect(faults.isEmpty, "\(operation.title)\(query)")
          if !query.isEmpty { #expect(answer.status == 200) }
        }
      }
    }
  }

  private func dryRuns(of operation: OpenAPIDescription.Operation) -> [String] {
    let names = operation.parameters(in: "query").map { $0["name"].text }
    return names.contains("dry_run") ? ["", "?dry_run=true"] : [""]
  }

  /// JSON is YAML, but for tabs; a block mapping around it makes sure that it is read as YAML.
  private func yamlText(_ node: DocumentNode) -> String {
    node.members.map { "\($0.key): \($0.value.jsonText)\n" }.joined()
  }

  /// The answers to GET are those of the examples, but for sentences and times.
  @Test func everyAnswerOfTheExamplesIsGiven() throws {
    let service = try seededService()
    for operation in description.operations where operation.method == "GET" {
      for content in operation.responses["200"]?["content"]?.members ?? []
      where content.key != MediaType.eventStream.rawValue {
        // The lab of the examples has findings that are errors, on purpose.
        let isForced = operation.parameters(in: "query").contains { $0["name"].text == "force" }
        let answer = try service.get(
          operation.examplePath + (isForced ? "?force=true" : ""), ["Accept": content.key])
        #expect(answer.status == 200, "\(operation.title)")
        let faults = try description.faults(of: answer, to: operation)
        #expect(faults.isEmpty, "\(operation.title)")
        guard let example = content.value["example"] else { continue }
        let given =
          content.key == "application/json"
          ? try answer.json : DocumentNode(.string(answer.text))
        #expect(
          given.withoutSentences.jsonText == example.withoutSentences.jsonText,
          "\(operation.title)")
      }
    }
  }

  @Test func theExampleOfAPlanIsGiven() throws {
    let operation = try operation("plan")
    let body = try #require(operation.bodies.first?.content["example"])
    let answer = try RunningService().send("POST", "/v1/plan", body.jsonText)
    let example = operation.responses["200"]?["content"]?["application/json"]?["example"]
    #expect(
      try answer.json.withoutSentences.jsonText == #require(example).withoutSentences.jsonText)
  }

  // MARK: Statuses

  /// A way to bring a status about, with everything else of the request as in the examples.
  private struct Mistake: Sendable {
    let status: Int
    var caller = Caller.admin
    var path: @Sendable (String) -> String = { $0 }
    var headers: [String: String] = [:]
    var body: String?
    /// The operations that it is one for; nil for all.
    var isOne: @Sendable (OpenAPIDescription.Operation) -> Bool = { _ in true }
  }

  /// Who makes a mistake.
  private enum Caller {
    case admin, reader, nobody
  }

  /// A lab that could not run: two VMs claim one address.
  private static let brokenLab = """
    {"name":"broken","networks":[{"name":"inner","mode":"internal","ipv4":"10.20.0.0/24"}],
    "vms":[{"name":"a","adapters":[{"network":"inner","address":"10.20.0.9"}]},
    {"name":"b","adapters":[{"network":"inner","address":"10.20.0.9"}]}]}
    """

  private static let mistakes: [Mistake] = [
    Mistake(status: 401, caller: .nobody, isOne: { !$0.isOpen }),
    Mistake(
      status: 403, caller: .reader,
      isOne: {
        ["/metrics", "/v1/events"].contains($0.path)
          || $0.method == "GET" && $0.path.contains("{lab}")
      }),
    Mistake(status: 403, headers: ["Origin": "http://evil.example"]) { $0.method != "GET" },
    Mistake(status: 304, headers: ["If-None-Match": "\"1\""]) {
      $0.method == "GET" && $0.path.contains("{lab}") && $0.id != "getRevision"
        && $0.id != "streamLabEvents"
        && $0.id != "getFreeAddresses"
    },
    Mistake(status: 304, headers: ["If-None-Match": "W/\"1\""]) { $0.id == "getRevision" },
    Mistake(status: 400, path: { "\($0)?nonsense=1" }),
    Mistake(status: 400, body: "{") { !$0.bodies.isEmpty },
    Mistake(status: 404, path: { $0.replacing("/beta-test", with: "/no-such-lab") }) {
      $0.path.contains("{lab}") && $0.id != "putLab"
    },
    Mistake(status: 404, path: { "\($0)?base=no-such-lab" }) { $0.id == "plan" },
    Mistake(status: 404, path: { $0.replacing("/csv", with: "/nonsense") }) {
      $0.id == "exportDocument"
    },
    Mistake(status: 409, path: { $0.replacing("/beta-test", with: "/broken") }) {
      $0.id == "exportLab"
    },
    Mistake(status: 409, body: brokenLab) { $0.id == "exportDocument" },
    Mistake(status: 406, headers: ["Accept": "image/png"]) { $0.method != "DELETE" },
    Mistake(status: 409, path: { $0.replacing("/spare", with: "/shared") }) {
      $0.id == "deleteNetwork"
    },
    Mistake(status: 409, path: { $0.replacing("/android", with: "/ubuntu") }) {
      $0.id == "deleteVM"
    },
    Mistake(status: 409, body: #"{"name":"beta-test"}"#) { $0.id == "createLab" },
    Mistake(status: 409, body: #"{"name":"shared","mode":"nat"}"#) { $0.id == "createNetwork" },
    Mistake(status: 409, body: #"{"name":"ubuntu"}"#) { $0.id == "createVM" },
    Mistake(status: 409, body: #"{"count":1000}"#) { $0.id == "reserveAddresses" },
    Mistake(status: 412, headers: ["If-Match": "\"99\""]) {
      // Translating a lab changes nothing of it.
      $0.method != "GET" && $0.path.contains("{lab}") && $0.id != "translateLab"
    },
    Mistake(status: 415, headers: ["Content-Type": "text/plain"]) { !$0.bodies.isEmpty },
    Mistake(status: 422, body: #"{"nonsense":1}"#) { !$0.bodies.isEmpty },
    Mistake(status: 422, path: { $0.replacing("/android", with: "/tagged") }) {
      $0.id == "deleteVM"
    },
  ]

  /// Each mistake is answered as it should be and as it is described, and nothing else is described.
  @Test func everyStatusThatIsDescribedIsGivenAndNoOther() throws {
    let (admin, reader) = (try Key("admin", .admin), try Key("reader", .read, labs: ["other"]))
    let service = try seededService()
    let broken = try service.send("PUT", "/v1/labs/broken", Self.brokenLab)
    #expect(broken.status == 201, "\(broken.text)")
    // The only one of its tag, which a requirement names.
    _ = try service.send(
      "PATCH", "/v1/labs/beta-test/vms/android", #"{"name":"android"}"#)
    _ = try service.send("PUT", "/v1/labs/beta-test/vms/tagged", #"{"tags":["lonely"]}"#)
    let requirements = try service.get("/v1/labs/beta-test").json["requirements"]
    let added = requirements?.elements.map(\.jsonText) ?? []
    let patch = "[\((added + [#"{"from":"tag:lonely","to":"host"}"#]).joined(separator: ","))]"
    let seeded = try service.send(
      "PATCH", "/v1/labs/beta-test", "{\"requirements\":\(patch)}")
    #expect(seeded.status == 200)
    let tag = try #require(seeded.headers["etag"])
    for key in [admin, reader] { _ = try service.store.create(key.token) }
    try service.restart()
    let authorization: [Caller: [String: String]] = [.admin: admin.header, .reader: reader.header]
    for operation in description.operations {
      var given: Set<Int> = []
      for mistake in Self.mistakes where mistake.isOne(operation) {
        var headers = mistake.headers.mapValues { $0 == "\"1\"" ? tag : $0 }
        headers.merge(authorization[mistake.caller] ?? [:]) { $1 }
        let example = operation.bodies.first
        let body = mistake.body ?? example?.content["example"]?.jsonText
        if body != nil, headers["Content-Type"] == nil { headers["Content-Type"] = example?.type }
        let path = mistake.path(operation.examplePath)
        let answer = try service.send(operation.method, path, body, headers)
        let title = "\(operation.method) \(path)"
        #expect(answer.status == mistake.status, "\(title): \(answer.text)")
        let faults = try description.faults(of: answer, to: operation)
        #expect(faults.isEmpty, "\(title) \(mistake.status)")
        given.insert(mistake.status)
      }
      // 503 takes a lab whose answer takes too long; the hostile bench sends those.
      let described = operation.statuses.filter { $0 >= 300 && $0 != 503 }
      #expect(described == given, "\(operation.title)")
    }
    #expect(
      try service.get("/v1/labs/beta-test", admin.header).headers["etag"] == tag,
      "nothing was changed")
  }
}

extension DocumentNode {
  private static let sentences: Set<String> = [
    "explanation", "because", "caveats", "detail", "summary", "reason", "side_effects",
    "created_at", "updated_at", "changed_at", "reserved_at", "since", "translation",
  ]

  /// The value with every sentence and every time left out.
  fileprivate var withoutSentences: DocumentNode {
    switch value {
    case .object(let members):
      let kept = members.filter { member in
        if case .object = member.value.value { return true }
        return !Self.sentences.contains(member.key)
      }
      return DocumentNode(
        .object(kept.map { DocumentMember($0.key, $0.value.withoutSentences) }))
    case .array(let elements): return DocumentNode(.array(elements.map(\.withoutSentences)))
    default: return DocumentNode(value)
    }
  }
}
