import LabFormats
import Testing

/// History over HTTP: what happened to a lab, and how to get it back.
@Suite struct RevisionOperationTests {
  let service: RunningService
  let lab = "/v1/labs/classic"

  /// Created, one VM added, one VM changed.
  init() throws {
    service = try RunningService()
    _ = try service.send("PUT", lab, classicLab, yaml)
    _ = try service.send("POST", lab + "/vms", "{'name':'extra','adapters':[]}".json)
    _ = try service.send("PATCH", lab + "/vms/ubuntu", "{'os':'bsd'}".json)
  }

  private func revisions(_ query: String = "") throws -> [DocumentNode] {
    try service.get(lab + "/revisions" + query).json["revisions"]?.elements ?? []
  }

  @Test func theListSaysWhatHappenedNewestFirst() throws {
    _ = try service.delete(lab)
    let list = try revisions()
    #expect(list.map { $0["revision"]?.integer } == [4, 3, 2, 1])
    #expect(list.map { $0["kind"].text } == ["deleted", "changed", "changed", "created"])
    #expect(list.map { $0["client"].text } == Array(repeating: "127.0.0.1", count: 4))
    #expect(list.map { $0["sequence"]?.integer } == [4, 3, 2, 1])
    #expect(try service.get(lab + "/revisions").headers["etag"] == "\"4\"")
  }

  @Test func theListComesInPages() throws {
    var path: String? = lab + "/revisions?limit=2"
    var seen: [Int?] = []
    while let page = path {
      let answer = try service.get(page)
      seen += try answer.json["revisions"]?.elements.map { $0["revision"]?.integer } ?? []
      let next = try answer.json["next"]
      path = next.text.isEmpty ? nil : next.text
      #expect(answer.headers["link"] == path.map { "<\($0)>; rel=\"next\"" })
    }
    #expect(seen == [3, 2, 1])
    #expect(try service.get(lab + "/revisions?cursor=x").status == 400)
    #expect(try service.get(lab + "/revisions?cursor=0").status == 400)
    #expect(try service.get(lab + "/revisions?cursor=03").status == 400)
    #expect(try service.get(lab + "/revisions?cursor=4").status == 400, "there is no such page")
  }

  @Test func aRevisionHasItsDocumentAndItsPatch() throws {
    let now = try service.get(lab).text
    let third = try service.get(lab + "/revisions/3")
    #expect(third.headers["etag"] == "\"3\"")
    #expect(try third.json["document"]?.jsonText == String(now.dropLast()))
    #expect(
      try third.json["patch"]?.jsonText
        == "[{'op':'replace','path':'/vms/0/os','value':'bsd'}]".json)
    let first = try service.get(lab + "/revisions/1").json
    #expect(first["document"]?["vms"]?.elements.count == 3)
    #expect(first["patch"]?.value == .null)
    _ = try service.delete(lab)
    let deletion = try service.get(lab + "/revisions/4").json
    #expect(deletion["document"]?.value == .null)
    #expect(try service.get(lab + "/revisions/3").text == third.text)
  }

  @Test(arguments: ["0", "4", "01", "-1", "x", "99999999999999999999"])
  func whatIsNoRevisionIsNotFound(number: String) throws {
    for (method, suffix) in [("GET", ""), ("GET", "/diff"), ("POST", "/restore")] {
      let answer = try service.send(method, "\(lab)/revisions/\(number)\(suffix)")
      #expect(answer.status == 404, "\(answer.text)")
      #expect(try answer.json["code"].text == "unknown-revision")
    }
  }

  @Test func twoRevisionsAreCompared() throws {
    let forward = try service.get(lab + "/revisions/1/diff?to=3").json
    let back = try service.get(lab + "/revisions/3/diff?to=1").json
    let first = try #require(try service.get(lab + "/revisions/1").json["document"])
    let third = try #require(try service.get(lab + "/revisions/3").json["document"])
    let patches = try [forward, back].map { try JSONPatch(reading: #require($0["patch"])) }
    #expect(try patches[0].applied(to: first).isEquivalent(to: third))
    #expect(try patches[1].applied(to: third).isEquivalent(to: first))
    // `extra` has no adapter: its cells are new, no address is.
    let cells = forward["changes"]?["cells"]?.elements ?? []
    #expect(cells.contains { $0["to"].text == "extra" && $0["before"]?.value == .null })
    #expect(forward["changes"]?["addresses"]?.elements.isEmpty == true)
    let newest = try service.get(lab + "/revisions/1/diff")
    #expect(try newest.json["to"]?.integer == 3)
    #expect(newest.headers["etag"] == "\"3\"")
    _ = try service.delete(lab)
    let gone = try service.get(lab + "/revisions/1/diff").json
    #expect(gone["to"]?.integer == 4)
    #expect(gone["patch"]?.value == .null)
  }

  /// Who was there before and after did not move, whatever a plan from nothing would say.
  @Test func theDifferenceHasTheRecordedAddresses() throws {
    let lab = "/v1/labs/grown"
    let networks = "networks: [{name: out, mode: nat-network}]"
    func machine(_ name: String) -> String { "{name: \(name), adapters: [{network: out}]}" }
    let two = [machine("kali"), machine("victim")].joined(separator: ", ")
    _ = try service.send("PUT", lab, "{\(networks), vms: [\(two)]}", yaml)
    let names = ["aaa", "bbb", "ccc", "kali", "victim"]
    let five = names.map(machine).joined(separator: ", ")
    _ = try service.send("PUT", lab, "{\(networks), vms: [\(five)]}", yaml)
    let difference = try service.get(lab + "/revisions/1/diff").json
    let moved = difference["changes"]?["addresses"]?.elements.compactMap { $0["vm"].text } ?? []
    #expect(moved == ["aaa", "bbb", "ccc"])
  }

  @Test func restoringIsANewRevision() throws {
    let first = try service.get(lab + "/revisions/1").json["document"]?.jsonText ?? ""
    let answer = try service.send("POST", lab + "/revisions/1/restore")
    #expect(answer.status == 200)
    #expect(answer.headers["etag"] == "\"4\"")
    #expect(answer.text == first + "\n")
    #expect(try service.get(lab).text == first + "\n")
    let newest = try revisions("?limit=1").first
    #expect(newest?["kind"].text == "restored")
    #expect(newest?["restored_from"]?.integer == 1)
    // It says all this already.
    let again = try service.send("POST", lab + "/revisions/1/restore")
    #expect(again.status == 200)
    #expect(again.headers["etag"] == "\"4\"")
  }

  @Test func aDeletedLabIsBroughtBack() throws {
    let before = try service.get(lab).text
    _ = try service.delete(lab)
    #expect(try service.send("POST", lab + "/revisions/4/restore").status == 404)
    let answer = try service.send("POST", lab + "/revisions/3/restore")
    #expect(answer.status == 201)
    #expect(answer.headers["location"] == lab)
    #expect(answer.headers["etag"] == "\"5\"")
    #expect(try service.get(lab).text == before)
  }

  @Test func aRestoreCanBeTriedFirstAndHonoursPreconditions() throws {
    let restore = lab + "/revisions/1/restore"
    let before = try service.get(lab)
    let dry = try service.send("POST", restore + "?dry_run=true")
    #expect(dry.status == 200)
    #expect(try dry.json["dry_run"]?.value == .bool(true))
    #expect(try service.send("POST", restore, nil, ["If-Match": "\"2\""]).status == 412)
    #expect(try service.send("POST", restore, nil, ["If-None-Match": "*"]).status == 412)
    let after = try service.get(lab)
    #expect(after.text == before.text)
    #expect(after.headers["etag"] == before.headers["etag"])
    #expect(try service.send("POST", restore, nil, ["If-Match": "\"3\""]).status == 200)
    _ = try service.delete(lab)
    #expect(try service.send("POST", restore, nil, ["If-Match": "*"]).status == 412)
    #expect(try service.send("POST", restore, nil, ["If-None-Match": "*"]).status == 201)
  }
}
