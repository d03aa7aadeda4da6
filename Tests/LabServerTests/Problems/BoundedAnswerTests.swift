import LabCore
import LabFormats
import Testing

@testable import LabServer

/// One bad name, key, parameter or header, as long as a request may be: the answer stays short.
@Suite struct BoundedAnswerTests {
  private static let long = String(repeating: "x", count: 7000)
  let service: RunningService

  init() throws {
    service = try RunningService()
    let put = try service.send(
      "PUT", "/v1/labs/a", #"{"networks": [{"name": "n", "mode": "nat"}]}"#)
    #expect(put.status == 201)
  }

  @Test(arguments: [
    "/v1/labs/\(long)", "/v1/labs/a/networks/\(long)", "/v1/labs/a/vms/\(long)",
    "/v1/labs/a/connectivity/\(long)/host", "/v1/labs/a/revisions/\(long)",
    "/v1/labs?\(long)=1", "/v1/labs?cursor=\(long)", "/v1/labs?limit=\(long)",
    "/v1/labs/a/connectivity?protocol=\(long)", "/v1/labs?fields=\(long)",
    "/v1/modes?fields=\(String(repeating: "x,", count: 3500))",
    "/v1/labs?\(String(repeating: "x&", count: 3500))",
    "/v1/labs?\(String(repeating: "limit=1&", count: 800))",
    "/\(long)",
  ])
  func readsOfABadName(path: String) throws {
    let answer = try service.get(path)
    #expect(answer.status == 400 || answer.status == 404, "\(path.prefix(40))")
    #expect(answer.body.count <= 65_536, "\(path.prefix(40)): \(answer.body.count)")
    #expect(!answer.text.contains(Self.long.prefix(65)), "\(path.prefix(40))")
  }

  @Test(arguments: [
    "If-Match", "If-None-Match", "Last-Event-ID", "Idempotency-Key", "Content-Type",
  ])
  func writesWithABadHeader(field: String) throws {
    let (method, path) =
      switch field {
      case "Last-Event-ID": ("GET", "/v1/events")
      case "Idempotency-Key": ("POST", "/v1/labs")
      default: ("PUT", "/v1/labs/b")
      }
    let answer = try service.send(
      method, path, method == "GET" ? nil : #"{"name": "b"}"#, [field: Self.long + "\""])
    #expect([400, 415, 422].contains(answer.status), "\(answer.status)")
    #expect(!answer.text.contains(Self.long.prefix(65)))
  }

  @Test func aLongKeyIsCutAndPlaced() throws {
    let answer = try service.send("PUT", "/v1/labs/b", #"{"\#(Self.long)": 1}"#)
    #expect(answer.status == 422)
    #expect(!answer.text.contains(Self.long.prefix(65)))
    let fault = try #require(answer.json["errors"]?[0])
    #expect(fault["pointer"]?.value == .string("/" + Self.long.prefix(64) + "…"))
    #expect(fault["column"]?.value == .number(.integer(2)))
  }

  @Test func numbersInQueriesHaveOneSpelling() throws {
    for number in ["01", "+1", "1.0", "", "%201", "%EF%BC%91"] {
      let answer = try service.get("/v1/labs/a/revisions/1/diff?to=\(number)")
      #expect(answer.status == 400, "\(number)")
    }
    #expect(try service.get("/v1/labs/a/revisions/1/diff?to=1").status == 200)
    let answer = try service.get("/v1/events", ["Last-Event-ID": "+1"])
    #expect(answer.status == 400)
  }

  @Test func aSuggestionEndsItsSentence() throws {
    let answer = try service.get("/v1/labs?limt=1")
    let detail = try answer.json["detail"].text
    #expect(detail.hasSuffix("did you mean \"limit\"?"), "\(detail)")
  }

  @Test func aWrongNameInTheURLIsNotInTheBody() throws {
    let answer = try service.send("PUT", "/v1/labs/Py", "{}")
    #expect(answer.status == 422)
    let fault = try #require(answer.json["errors"]?[0])
    #expect(fault["pointer"]?.value == .string(""))
    #expect(try fault["detail"].text.hasPrefix("the name in the URL is wrong: \"Py\""))
  }

  /// Parts that are each small enough do not make a lab that is too large.
  @Test func partsDoNotOutgrowALab() throws {
    var limits = DocumentLimits()
    limits[.networks] = 2
    limits[.adapters] = 2
    let service = try RunningService(limits: limits)
    let put = try service.send(
      "PUT", "/v1/labs/a",
      #"{"networks": [{"name": "n", "mode": "nat"}], "vms": [{"name": "v", "adapters": [{}]}]}"#)
    #expect(put.status == 201)
    func post(_ collection: String, _ part: String) throws -> (Int, String) {
      let answer = try service.send("POST", "/v1/labs/a/\(collection)", part)
      return (answer.status, answer.text)
    }
    #expect(try post("networks", #"{"name": "o", "mode": "nat"}"#).0 == 201)
    let network = try post("networks", #"{"name": "p", "mode": "nat"}"#)
    #expect(network.0 == 422)
    #expect(network.1.contains("a lab has at most 2 networks, this has 3"))
    let machine = try post("vms", #"{"name": "w", "adapters": [{}, {}]}"#)
    #expect(machine.0 == 422)
    #expect(machine.1.contains("a lab has at most 2 adapters in all, this has 3"))
    let patch = try service.send(
      "PATCH", "/v1/labs/a/vms/v", #"{"adapters": [{}, {}, {}]}"#,
      ["Content-Type": "application/merge-patch+json"])
    #expect(patch.status == 422)
  }
}
