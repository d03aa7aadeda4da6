import LabFormats
import Testing

@Suite struct LabOperationTests {
  let service: RunningService

  init() throws { service = try RunningService() }

  // MARK: Documents

  @Test func aLabIsCreatedReadAndDeleted() throws {
    let created = try service.send("POST", "/v1/labs", classicLab, yaml)
    #expect(created.status == 201)
    #expect(created.headers["location"] == "/v1/labs/classic")
    #expect(created.headers["etag"] == "\"1\"")
    let read = try service.get("/v1/labs/classic")
    #expect(read.status == 200)
    #expect(read.headers["etag"] == "\"1\"")
    #expect(read.headers["vary"] == "Accept")
    #expect(read.body == created.body)
    let deleted = try service.delete("/v1/labs/classic")
    #expect(deleted.status == 204)
    #expect(try service.get("/v1/labs/classic").status == 404)
    #expect(try service.delete("/v1/labs/classic").status == 404)
  }

  /// What goes in comes out, in both languages, whichever it came in.
  @Test func aDocumentSurvivesTheRoundTrip() throws {
    let written = try YAMLReader.read(Array(completeLab.utf8))
    #expect(try service.send("PUT", "/v1/labs/beta-test", completeLab, yaml).status == 201)
    let asJSON = try service.get("/v1/labs/beta-test", ["Accept": "application/json"])
    let asYAML = try service.get("/v1/labs/beta-test", ["Accept": "application/yaml"])
    #expect(asJSON.mediaType == "application/json")
    #expect(asYAML.mediaType == "application/yaml")
    let stored = try asJSON.json
    #expect(stored.isEquivalent(to: try YAMLReader.read(asYAML.body)))
    // An empty host_address says nothing, and is not written.
    let expected = try MergePatch(
      JSONReader.read(
        Array(#"{"port_forwards": [{"name": "ssh", "protocol": "tcp", "host_port": 2222, "#.utf8)
          + Array(#""vm": "ubuntu", "slot": 1, "guest_port": 22}]}"#.utf8))
    ).applied(to: written)
    #expect(stored.isEquivalent(to: expected))
    for body in [asJSON.text, asYAML.text] {
      let isYAML = body == asYAML.text
      let again = try service.send("PUT", "/v1/labs/beta-test", body, isYAML ? yaml : [:])
      #expect(again.status == 200)
      #expect(again.headers["etag"] == "\"1\"", "the same document is no new revision")
      #expect(again.body == asJSON.body)
    }
  }

  @Test func putTakesTheNameOfTheURL() throws {
    #expect(try service.send("PUT", "/v1/labs/a", "{}").text == "{\"name\":\"a\"}\n")
    let renamed = try service.send("PUT", "/v1/labs/a", "{'name':'b'}".json)
    #expect(renamed.status == 422)
    #expect(try renamed.faults == ["/name name-mismatch"])
    let noName = try service.send("PUT", "/v1/labs/Not_A_Name", "{}")
    #expect(noName.status == 422)
    #expect(try noName.faults == [" invalid-value"])
    #expect(try service.get("/v1/labs/Not_A_Name").status == 404)
  }

  @Test func postNeedsANameOfItsOwnAndAFreeOne() throws {
    #expect(try service.send("POST", "/v1/labs", "{}").faults == ["/name missing"])
    #expect(try service.send("POST", "/v1/labs", "{'name':'a'}".json).status == 201)
    let taken = try service.send("POST", "/v1/labs", "{'name':'a','description':'x'}".json)
    #expect(taken.status == 409)
    #expect(try taken.json["code"].text == "already-exists")
    #expect(try service.get("/v1/labs/a").text == "{\"name\":\"a\"}\n")
  }

  @Test func putReplacesTheWholeDocument() throws {
    _ = try service.send("PUT", "/v1/labs/classic", classicLab, yaml)
    let replaced = try service.send("PUT", "/v1/labs/classic", "{'description':'empty'}".json)
    #expect(replaced.status == 200)
    #expect(replaced.headers["etag"] == "\"2\"")
    #expect(
      try service.get("/v1/labs/classic").text
        == "{'name':'classic','description':'empty'}\n".json)
  }

  // MARK: Merge patches

  @Test func aMergePatchChangesWhatItNames() throws {
    _ = try service.send("PUT", "/v1/labs/classic", classicLab, yaml)
    let patched = try service.send(
      "PATCH", "/v1/labs/classic",
      "{'description':'three','port_forwards':null,'host':{'os':'windows'}}".json,
      ["Content-Type": "application/merge-patch+json"])
    #expect(patched.status == 200)
    #expect(patched.headers["etag"] == "\"2\"")
    let document = try patched.json
    #expect(document["description"].text == "three")
    #expect(document["port_forwards"] == nil)
    #expect(document["host"]?["os"].text == "windows")
    #expect(document["vms"]?.elements.count == 3)
    #expect(try service.get("/v1/labs/classic").body == patched.body)
  }

  @Test func aMergePatchIsCheckedLikeAnyDocument() throws {
    _ = try service.send("PUT", "/v1/labs/classic", classicLab, yaml)
    let before = try service.get("/v1/labs/classic").body
    let cases: [(patch: String, faults: [String])] = [
      ("{'name':'other'}", ["/name name-mismatch"]),
      (
        "{'networks':null}",
        [
          "/vms/0/adapters/0/network unknown-reference",
          "/vms/1/adapters/0/network unknown-reference",
          "/vms/2/adapters/0/network unknown-reference",
        ]
      ),
      ("[]", [" wrong-type"]),
      ("{'host':{'colour':'red'}}", ["/host/colour unknown-key"]),
    ]
    for (patch, faults) in cases {
      let answer = try service.send("PATCH", "/v1/labs/classic", patch.json)
      #expect(answer.status == 422)
      #expect(try answer.faults == faults, "\(patch)")
    }
    #expect(try service.get("/v1/labs/classic").body == before)
    #expect(try service.send("PATCH", "/v1/labs/nothing", "{}").status == 404)
  }

  // MARK: Lists

  @Test func labsAreListedPageByPage() throws {
    let names = ["a", "b", "c", "d", "e"]
    for name in names.shuffled() {
      _ = try service.send("PUT", "/v1/labs/\(name)", "{'vms':[{'name':'x'}]}".json)
    }
    var seen: [String] = []
    var next: String? = "/v1/labs?limit=2"
    var pages = 0
    while let page = next {
      let answer = try service.get(page)
      let list = try answer.json
      seen += list["labs"]?.elements.map { $0["name"].text } ?? []
      next = list["next"].text.isEmpty ? nil : list["next"].text
      #expect(answer.headers["link"] == next.map { "<\($0)>; rel=\"next\"" })
      pages += 1
    }
    #expect(seen == names)
    #expect(pages == 3)
    let first = try service.get("/v1/labs").json["labs"]?[0]
    #expect(first?["revision"]?.integer == 1)
    #expect(first?["vms"]?.integer == 1)
    #expect(first?["networks"]?.integer == 0)
    #expect(first?["created_at"].text.hasSuffix("Z") == true)
  }

  @Test func exactlyFullPagesHaveNoNext() throws {
    for name in ["a", "b"] { _ = try service.send("PUT", "/v1/labs/\(name)", "{}") }
    let page = try service.get("/v1/labs?limit=2").json
    #expect(page["labs"]?.elements.count == 2)
    #expect(page["next"]?.value == .null)
  }
}
