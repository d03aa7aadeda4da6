import LabFormats
import Testing

@Suite struct PreconditionTests {
  let service: RunningService
  let lab = "/v1/labs/classic"

  /// The lab is at revision 2.
  init() throws {
    service = try RunningService()
    _ = try service.send("PUT", lab, "{}")
    _ = try service.send("PUT", lab, classicLab, yaml)
  }

  /// Every answer about the lab, with and without its own way to be kept.
  static let answers = [
    "", "/networks", "/networks/shared", "/vms", "/vms/ubuntu", "/addresses", "/connectivity",
    "/connectivity?protocol=udp&port=53", "/connectivity/ubuntu/lan", "/recommendations", "/plan",
    "/recommendations?limit_ms=1",
  ]

  @Test(arguments: answers)
  func readersAreToldWhenNothingChanged(path: String) throws {
    // Twice: what is kept must be told apart the same way.
    for _ in 1...2 {
      let answer = try service.get(lab + path)
      #expect(answer.status == 200)
      #expect(answer.headers["etag"] == "\"2\"")
      for fresh in ["\"2\"", "W/\"2\"", "*", "\"1\", \"2\"", "\"x\",\"2\""] {
        let answer = try service.get(lab + path, ["If-None-Match": fresh])
        #expect(answer.status == 304, "\(fresh)")
        #expect(answer.headers["etag"] == "\"2\"")
        #expect(answer.body.isEmpty)
      }
      for stale in ["\"1\"", "\"02\"", "\"\"", "\"+2\"", "W/\"1\""] {
        #expect(try service.get(lab + path, ["If-None-Match": stale]).status == 200, "\(stale)")
      }
      #expect(try service.get(lab + path, ["If-None-Match": "2"]).status == 400)
    }
  }

  /// Of what is not there nobody has anything.
  @Test(arguments: [
    "/networks/no", "/networks/no/addresses", "/networks/no/free", "/vms/no",
    "/connectivity/no/lan",
    "/connectivity/lan/no", "/revisions/9", "/revisions/9/diff", "/revisions/1/diff?to=9",
  ])
  func whatIsNotThereIsNotUnchanged(path: String) throws {
    for tag in ["*", "\"2\""] {
      let answer = try service.get(lab + path, ["If-None-Match": tag])
      #expect(answer.status == 404, "\(tag)")
    }
  }

  /// For networks and VMs `*` asks about them, not about their lab.
  @Test(arguments: ["/networks/", "/vms/"])
  func starIsAboutTheResource(path: String) throws {
    let body = path == "/vms/" ? "{}" : #"{"mode":"internal"}"#
    func put(_ name: String, _ headers: [String: String]) throws -> Int {
      try service.send("PUT", lab + path + name, body, headers).status
    }
    #expect(try put("new", ["If-Match": "*"]) == 412)
    #expect(try put("new", ["If-Match": "*", "If-None-Match": "\"1\""]) == 412)
    #expect(try put("new", ["If-None-Match": "*"]) == 201)
    #expect(try put("new", ["If-None-Match": "*"]) == 412)
    #expect(try put("new", ["If-Match": "*"]) == 200)
  }

  /// Of two fields both have to hold.
  static let pairs: [(match: String, noneMatch: String, status: Int)] = [
    ("\"2\"", "\"1\"", 200), ("\"2\"", "\"2\"", 412), ("\"1\"", "\"1\"", 412), ("*", "*", 412),
    ("*", "\"1\"", 200), ("*", "\"2\"", 412), ("\"2\"", "*", 412), ("2", "\"1\"", 400),
  ]

  @Test(arguments: pairs)
  func twoPreconditionsBothCount(match: String, noneMatch: String, status: Int) throws {
    let answer = try service.send(
      "PUT", lab, "{}", ["If-Match": match, "If-None-Match": noneMatch])
    #expect(answer.status == status)
  }

  static let writes: [(method: String, path: String, body: String?)] = [
    ("PUT", "", "{}"), ("PATCH", "", "{'description':'x'}"),
    ("POST", "/networks", "{'name':'new','mode':'nat'}"),
    ("PUT", "/networks/spare", "{'mode':'nat'}"), ("PATCH", "/networks/spare", "{'mode':'nat'}"),
    ("DELETE", "/networks/spare", nil), ("POST", "/vms", "{'name':'new'}"),
    ("PUT", "/vms/android", "{}"), ("PATCH", "/vms/android", "{'os':'bsd'}"),
    ("DELETE", "/vms/android", nil), ("DELETE", "", nil),
  ]

  @Test(arguments: writes)
  func writersLoseToThoseWhoCameFirst(method: String, path: String, body: String?) throws {
    let before = try service.get(lab).body
    for stale in ["\"1\"", "W/\"2\"", "\"3\", \"1\"", "\"x\""] {
      let refused = try service.send(method, lab + path, body?.json, ["If-Match": stale])
      #expect(refused.status == 412, "\(stale)")
      #expect(try refused.json["code"].text == "precondition-failed")
      #expect(refused.headers["etag"] == "\"2\"")
    }
    for malformed in ["2", "\"2", "\"2\" \"3\"", "**"] {
      let refused = try service.send(method, lab + path, body?.json, ["If-Match": malformed])
      #expect(refused.status == 400, "\(malformed)")
      #expect(try refused.json["code"].text == "invalid-header")
    }
    #expect(try service.get(lab).body == before)
    for fresh in ["\"2\"", "\"1\" , \"2\"", "*"] {
      _ = try service.delete(lab)
      let start = try service.send("PUT", lab, classicLab, yaml).headers["etag"] ?? ""
      let tag = fresh.contains("*") ? "*" : fresh.replacing("\"2\"", with: start)
      let answer = try service.send(method, lab + path, body?.json, ["If-Match": tag])
      #expect((200...204).contains(answer.status), "\(tag)")
    }
  }

  @Test func putWithAStarOnlyCreates() throws {
    let star = ["If-None-Match": "*"]
    #expect(try service.send("PUT", lab, "{}", star).status == 412)
    #expect(try service.send("PUT", "/v1/labs/new", "{}", star).status == 201)
    #expect(try service.send("PUT", "/v1/labs/new", "{}", star).status == 412)
  }

  @Test func whatIsNotThereCannotMatch() throws {
    let any = ["If-Match": "*"]
    #expect(try service.send("PUT", "/v1/labs/new", "{}", any).status == 412)
    #expect(try service.get("/v1/labs/new").status == 404)
    // Without the field it would be 404, so it is 404 (RFC 9110 section 13.2.1).
    #expect(try service.send("PATCH", "/v1/labs/new", "{}", any).status == 404)
    #expect(try service.delete("/v1/labs/new", any).status == 404)
  }

  @Test func aNameNeverSeesARevisionTwice() throws {
    _ = try service.delete(lab)
    let again = try service.send("PUT", lab, "{'description':'another'}".json)
    #expect(again.status == 201)
    // The deletion was revision 3.
    #expect(again.headers["etag"] == "\"4\"")
    for old in ["\"2\"", "\"3\""] {
      #expect(try service.get(lab, ["If-None-Match": old]).status == 200)
    }
  }
}
