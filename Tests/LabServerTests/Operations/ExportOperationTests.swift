import Foundation
import LabAnswers
import LabFormats
import Testing

@testable import LabServer

/// Labs in the languages of other programs, over HTTP.
@Suite struct ExportOperationTests {
  static let lab = """
    {"name":"pair","networks":[{"name":"inner","mode":"internal","ipv4":"10.20.0.0/24"}],
    "vms":[{"name":"a","adapters":[{"network":"inner","mac":"080027000001"}]},
    {"name":"b","adapters":[{"network":"inner","mac":"080027000002","address":"10.20.0.9"}]}]}
    """

  static let csv = """
    vm,slot,network,mode,mac,ipv4,prefix_length,gateway,source,ipv6,model,promiscuous,cable_connected\r
    a,1,inner,internal,08:00:27:00:00:01,10.20.0.1,24,,planned,,82540EM,deny,true\r
    b,1,inner,internal,08:00:27:00:00:02,10.20.0.9,24,,static,,82540EM,deny,true\r

    """

  @Test func aStoredLabAndItsDocumentGiveTheSameBytes() throws {
    let service = try RunningService()
    _ = try service.send("PUT", "/v1/labs/pair", Self.lab)
    let stored = try service.get("/v1/labs/pair/exports/csv", ["Accept": "*/*"])
    #expect(stored.status == 200)
    #expect(stored.text == Self.csv)
    #expect(stored.headers["etag"] == "\"1\"")
    #expect(stored.headers["content-type"] == "text/csv; charset=utf-8")
    #expect(stored.headers["content-disposition"] == "attachment; filename=\"pair.csv\"")
    #expect(stored.headers["labplan-warnings"] == "0")
    let posted = try service.send("POST", "/v1/exports/csv", Self.lab)
    #expect(posted.status == 200)
    #expect(posted.body == stored.body)
    #expect(posted.headers["etag"] == nil)
  }

  @Test func theRevisionIsTheTag() throws {
    let service = try RunningService()
    _ = try service.send("PUT", "/v1/labs/pair", Self.lab)
    let fresh = try service.get("/v1/labs/pair/exports/csv", ["If-None-Match": "\"1\""])
    #expect(fresh.status == 304)
    _ = try service.send("PATCH", "/v1/labs/pair", #"{"description":"changed"}"#)
    let changed = try service.get("/v1/labs/pair/exports/csv", ["If-None-Match": "\"1\""])
    #expect(changed.status == 200)
    #expect(changed.headers["etag"] == "\"2\"")
  }

  @Test func filesAndWarningsComeAsJSON() throws {
    let service = try RunningService()
    let answer = try service.send(
      "POST", "/v1/exports/csv", Self.lab, ["Accept": "application/json"])
    #expect(answer.mediaType == "application/json")
    let json = try answer.json
    #expect(json["format"].text == "csv")
    #expect(json["files"]?[0]?["name"].text == "pair.csv")
    #expect(json["files"]?[0]?["media_type"].text == "text/csv")
    #expect(json["files"]?[0]?["content"].text == Self.csv)
    #expect(json["warnings"]?.elements.isEmpty == true)
  }

  @Test func aLabWithErrorsIsExportedOnlyByForce() throws {
    let service = try RunningService()
    let broken = Self.lab.replacing(
      "\"mac\":\"080027000001\"", with: "\"mac\":\"080027000001\",\"address\":\"10.20.0.9\"")
    _ = try service.send("PUT", "/v1/labs/pair", broken)
    let answers = [
      try service.get("/v1/labs/pair/exports/csv"),
      try service.send("POST", "/v1/exports/csv", broken),
    ]
    for answer in answers {
      #expect(answer.status == 409)
      #expect(try answer.json["code"].text == "lab-has-errors")
      #expect(try answer.json["findings"]?[0]?["severity"].text == "error")
      #expect(answer.text.contains("?force=true"))
    }
    let forced = try service.get("/v1/labs/pair/exports/csv?force=true", ["Accept": "*/*"])
    #expect(forced.status == 200)
    #expect(try service.send("POST", "/v1/exports/csv?force=true", broken).body == forced.body)
  }

  @Test func whatCannotBeAskedForIsToldOf() throws {
    let service = try RunningService()
    let unknown = try service.send("POST", "/v1/exports/nonsense", Self.lab)
    #expect(unknown.status == 404)
    #expect(unknown.text.contains("there are "))
    #expect(unknown.text.contains("csv"))
    let oneFile = try service.send("POST", "/v1/exports/csv?vm=a", Self.lab)
    #expect(oneFile.status == 400)
    #expect(oneFile.text.contains("csv is one file for the whole lab"))
    #expect(try service.send("POST", "/v1/exports/csv?force=1", Self.lab).status == 400)
    #expect(try service.send("POST", "/v1/exports/csv?vm=A_b", Self.lab).status == 400)
  }

  @Test func theFormatsAreListedWithoutAToken() throws {
    let listed = try RunningService().get("/v1/exports")
    #expect(listed.status == 200)
    let csv = try listed.json["exports"]?.elements.first { $0["format"].text == "csv" }
    #expect(csv?["files"].text == "one")
    #expect(csv?["media_type"].text == "text/csv")
  }
}
