import LabFormats
import Testing

@testable import LabServer

/// Labs as pictures, over HTTP.
@Suite struct DrawingTests {
  let service: RunningService

  init() throws {
    service = try RunningService()
    _ = try service.send("PUT", "/v1/labs/classic", classicLab, yaml)
  }

  @Test func boxesAndBarsComeAsJSON() throws {
    let answer = try service.get("/v1/labs/classic/drawing")
    #expect(answer.status == 200)
    #expect(answer.headers["etag"] == "\"1\"")
    let json = try answer.json
    #expect(json["lab"].text == "classic")
    #expect(
      json["boxes"]?.elements.prefix(3).map { $0["id"].text } == [
        "vm:ubuntu", "vm:android", "vm:windows",
      ])
    #expect(json["bars"]?.elements.map { $0["id"].text }.contains("network:shared") == true)
    #expect(json["way"]?.value == .null)
  }

  @Test func theSVGIsThatOfTheExport() throws {
    let svg = ["Accept": "image/svg+xml"]
    let drawing = try service.get("/v1/labs/classic/drawing", svg)
    #expect(drawing.mediaType == "image/svg+xml")
    let policy = drawing.headers["content-security-policy"] ?? ""
    #expect(policy.contains("style-src 'unsafe-inline'"))
    let export = try service.get("/v1/labs/classic/exports/svg", svg)
    #expect(export.body == drawing.body)
    #expect(export.headers["content-disposition"] == "attachment; filename=\"classic.svg\"")
  }

  @Test func aWayIsDrawnToWhereItStops() throws {
    let open = try service.get("/v1/labs/classic/drawing?from=ubuntu&to=internet").json["way"]
    #expect(
      open?["title"].text == "Path from ubuntu to internet: ubuntu, router:shared, host, "
        + "router:lan, internet; arrives")
    #expect(open?["boxes"]?.elements.count == 5)
    #expect(open?["legs"]?.elements.count == 4)
    #expect(open?["stop"]?.value == .null)
    let blocked = try service.get("/v1/labs/classic/drawing?from=lan&to=windows").json["way"]
    #expect(blocked?["stop"].text == "internet")
    #expect(blocked?["mark"]?.elements.count == 2)
  }

  @Test func theVersionIsTheTag() throws {
    let etag = ["If-None-Match": "\"1\""]
    #expect(try service.get("/v1/labs/classic/drawing?from=host&to=ubuntu", etag).status == 304)
    _ = try service.send("PATCH", "/v1/labs/classic", #"{"description":"changed"}"#)
    #expect(try service.get("/v1/labs/classic/drawing?from=host&to=ubuntu", etag).status == 200)
  }

  @Test func aDocumentIsDrawnAsTheStoredLabIs() throws {
    let svg = ["Accept": "image/svg+xml", "Content-Type": "application/yaml"]
    for query in ["", "?from=lan&to=ubuntu&port=22", "?from=ubuntu&to=windows&family=ipv6"] {
      let posted = try service.send("POST", "/v1/drawing\(query)", classicLab, svg)
      #expect(posted.status == 200, "\(posted.text)")
      #expect(posted.headers["cache-control"] == "no-store")
      let stored = try service.get("/v1/labs/classic/drawing\(query)", svg)
      #expect(posted.body == stored.body)
    }
    let json = try service.send("POST", "/v1/drawing", classicLab, yaml).json
    #expect(json["revision"]?.value == .null)
  }

  static let wrongQueries: [(query: String, parameter: String, words: String)] = [
    ("from=lan", "to", "from is half a pair; name to as well"),
    ("to=lan", "from", "to is half a pair; name from as well"),
    ("from=ubunto&to=lan", "from", "did you mean \\\"ubuntu\\\"?"),
    ("from=lan&to=site", "to", "to names no endpoint: \\\"site\\\""),
    ("from=lan&to=ubuntu&port=0", "port", "port is a number from 1 to 65535"),
  ]

  @Test(arguments: wrongQueries)
  func aWrongQueryIsToldOf(query: String, parameter: String, words: String) throws {
    for answer in [
      try service.get("/v1/labs/classic/drawing?\(query)"),
      try service.send("POST", "/v1/drawing?\(query)", classicLab, yaml),
    ] {
      #expect(answer.status == 400)
      #expect(answer.text.contains(words), "\(answer.text)")
      #expect(try answer.json["errors"]?[0]?["parameter"].text == parameter, "\(answer.text)")
    }
  }
}
