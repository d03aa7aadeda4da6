import LabFormats
import Testing

/// What was acknowledged is there when the service comes back.
@Suite struct RestartTests {
  @Test func aRestartLosesNothing() throws {
    let service = try RunningService()
    let paths = ["", "/networks", "/vms", "/addresses", "/connectivity", "/recommendations"]
    #expect(try service.send("PUT", "/v1/labs/classic", classicLab, yaml).status == 201)
    #expect(try service.send("PUT", "/v1/labs/beta-test", completeLab, yaml).status == 201)
    #expect(try service.send("PUT", "/v1/labs/gone", "{}").status == 201)
    #expect(try service.delete("/v1/labs/gone").status == 204)
    _ = try service.send("PATCH", "/v1/labs/classic/vms/ubuntu", "{'os':'bsd'}".json)
    func answers() throws -> [TestResponse] {
      try [service.get("/v1/labs")]
        + ["classic", "beta-test"].flatMap { lab in
          try paths.map { try service.get("/v1/labs/\(lab)\($0)") }
        }
    }
    let before = try answers()
    #expect(before.allSatisfy { $0.status == 200 })
    try service.restart()
    let after = try answers()
    for (old, new) in zip(before, after) {
      #expect(old.text == new.text)
      #expect(old.headers["etag"] == new.headers["etag"])
    }
    #expect(after[1].headers["etag"] == "\"2\"")
    #expect(try service.send("PUT", "/v1/labs/gone", "{}").headers["etag"] == "\"3\"")
  }
}
