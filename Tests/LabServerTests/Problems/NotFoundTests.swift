import LabFormats
import Testing

/// Every 404 says by its code what there is none of, and by `errors` which part of the path named it.
@Suite struct NotFoundTests {
  let service: RunningService

  init() throws {
    service = try RunningService()
    _ = try service.send("PUT", "/v1/labs/classic", classicLab, yaml)
  }

  @Test(arguments: [
    ("/v1/labs/clasic", "unknown-lab", "lab"),
    ("/v1/labs/A%20B", "unknown-lab", "lab"),
    ("/v1/labs/clasic/findings", "unknown-lab", "lab"),
    ("/v1/labs/clasic/revisions", "unknown-lab", "lab"),
    ("/v1/labs/clasic/events", "unknown-lab", "lab"),
    ("/v1/labs/classic/networks/sharde", "unknown-network", "network"),
    ("/v1/labs/classic/networks/sharde/free", "unknown-network", "network"),
    ("/v1/labs/classic/networks/sharde/addresses", "unknown-network", "network"),
    ("/v1/labs/classic/vms/ubunut", "unknown-vm", "vm"),
    ("/v1/labs/classic/connectivity/ubunut/host", "unknown-endpoint", "from"),
    ("/v1/labs/classic/connectivity/host/ubunut", "unknown-endpoint", "to"),
    ("/v1/labs/classic/revisions/7", "unknown-revision", "revision"),
    ("/v1/labs/classic/revisions/one", "unknown-revision", "revision"),
    ("/v1/lab", "unknown-path", ""),
    ("/nowhere", "unknown-path", ""),
  ])
  func eachHasItsCode(path: String, code: String, parameter: String) throws {
    let answer = try service.get(path)
    #expect(answer.status == 404)
    let problem = try answer.json
    #expect(problem["code"].text == code)
    #expect(problem["errors"]?.elements.count == 1)
    let error = problem["errors"]?[0]
    #expect(error?["code"].text == "not-found")
    #expect(error?["parameter"].text == parameter)
    #expect(error?["detail"].text == problem["detail"].text)
  }

  @Test func anAddressThatIsNotReservedHasItsCodeToo() throws {
    for address in ["10.0.2.9", "10.0.2"] {
      let answer = try service.delete("/v1/labs/classic/networks/shared/addresses/\(address)")
      #expect(answer.status == 404)
      #expect(try answer.json["code"].text == "unknown-address")
      #expect(try answer.json["errors"]?[0]?["parameter"].text == "address")
    }
  }

  /// However long a name is, the answer is short and repeats little of it.
  @Test(arguments: ["lab", "vm", "network", "endpoint", "revision", "address"])
  func aLongNameIsNotRepeated(part: String) throws {
    let name = String(repeating: "v", count: 7000)
    let lab = "/v1/labs/classic"
    let paths = [
      "lab": "/v1/labs/\(name)", "vm": "\(lab)/vms/\(name)", "network": "\(lab)/networks/\(name)",
      "endpoint": "\(lab)/connectivity/\(name)/host", "revision": "\(lab)/revisions/\(name)",
      "address": "\(lab)/networks/shared/addresses/\(name)",
    ]
    let path = try #require(paths[part])
    let answer =
      part == "address" ? try service.delete(path) : try service.get(path)
    #expect(answer.status == 404)
    #expect(answer.body.count < 1024)
    #expect(!answer.text.contains(String(repeating: "v", count: 65)))
  }
}
