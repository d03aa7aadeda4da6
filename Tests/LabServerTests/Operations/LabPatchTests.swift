import LabFormats
import Testing

@testable import LabServer

/// JSON Patch on a lab: what remedies and fixes are given as can be sent as it is.
@Suite struct LabPatchTests {
  static let type = ["Content-Type": "application/json-patch+json"]
  let service: RunningService

  init() throws {
    service = try RunningService()
    _ = try service.send("PUT", "/v1/labs/classic", classicLab, yaml)
  }

  private func patch(_ text: String, _ query: String = "", _ headers: [String: String] = [:]) throws
    -> TestResponse
  {
    try service.send(
      "PATCH", "/v1/labs/classic\(query)", text.json, Self.type.merging(headers) { $1 })
  }

  @Test func aRemedyIsSentAsItIs() throws {
    let pair = try service.get("/v1/labs/classic/connectivity/lan/android").json
    let change = try #require(pair["remedies"]?[0]?["change"])
    let tried = try patch(change.jsonText, "?dry_run=true")
    #expect(tried.status == 200)
    #expect(tried.text.contains("\"after\":\"forwarded\""))
    #expect(try service.get("/v1/labs/classic").headers["etag"] == "\"1\"")
    #expect(try patch(change.jsonText, "", ["If-Match": "\"1\""]).status == 200)
    let after = try service.get("/v1/labs/classic/connectivity/lan/android").json
    #expect(after["outcome"].text == "forwarded")
  }

  @Test(arguments: [
    ("{}", 422, ""), ("[{'op':'add'}]", 422, "/0"), ("[", 400, ""),
    ("[{'op':'remove','path':'/nothing'}]", 422, "/0"),
    (
      "[{'op':'test','path':'/name','value':'classic'},{'op':'remove','path':'/vms/99'}]", 422, "/1"
    ),
    ("[{'op':'test','path':'/name','value':'other'},{'op':'remove','path':'/vms'}]", 422, "/0"),
    ("[{'op':'add','path':'/nonsense','value':1}]", 422, "/nonsense"),
    ("[{'op':'replace','path':'/name','value':'other'}]", 422, "/name"),
  ])
  func aFaultChangesNothing(text: String, status: Int, pointer: String) throws {
    let before = try service.get("/v1/labs/classic").body
    let answer = try patch(text)
    #expect(answer.status == status, "\(answer.text)")
    #expect(try answer.json["errors"]?[0]?["pointer"].text == pointer)
    #expect(try service.get("/v1/labs/classic").body == before)
  }

  @Test func manyOperationsAreRefused() throws {
    let one = "{'op':'test','path':'/name','value':'classic'}"
    func answer(_ count: Int) throws -> TestResponse {
      try patch("[\(Array(repeating: one, count: count).joined(separator: ","))]")
    }
    #expect(try answer(10_000).status == 200)
    let refused = try answer(10_001)
    #expect(refused.status == 422)
    #expect(refused.text.contains("10000"))
  }

  /// Moving much to and fro is work without end: it is bounded.
  @Test func largeMovesEnd() throws {
    let moves = (0..<5000).map { index in
      index % 2 == 0
        ? "{'op':'move','from':'/vms','path':'/x'}" : "{'op':'move','from':'/x','path':'/vms'}"
    }
    #expect(try [200, 422].contains(patch("[\(moves.joined(separator: ","))]").status))
  }

  @Test func onlyLabsTakeIt() throws {
    let answer = try service.send("PATCH", "/v1/labs/classic/vms/ubuntu", "[]", Self.type)
    #expect(answer.status == 415)
    #expect(answer.headers["accept-patch"]?.contains("json-patch") == false)
    let lab = try service.send("PATCH", "/v1/labs/classic", "x", ["Content-Type": "text/plain"])
    #expect(lab.headers["accept-patch"]?.contains("application/json-patch+json") == true)
  }
}
