import Foundation
import LabFormats
import Testing

/// Answers that are neither a page, nor a document, nor a matrix have a largest size.
@Suite struct AnswerBoundTests {
  private static let largest = 4 << 20

  private func vms(_ count: Int, _ adapter: String) -> String {
    (0..<count).map { "{'name':'v\($0)','adapters':[\(adapter)]}" }.joined(separator: ",")
  }

  private func service(with document: String) throws -> RunningService {
    let service = try RunningService()
    let put = try service.send("PUT", "/v1/labs/lab", document.json)
    #expect(put.status == 201, "\(put.text.prefix(300))")
    return service
  }

  @Test func whatADryRunWouldChangeIsCountedAndListedInPart() throws {
    let count = 60
    let machines = vms(count, "{'network':'n'}")
    let service = try service(
      with: "{'networks':[{'name':'n','mode':'nat-network'}],'vms':[\(machines)]}")
    let changes = try service.send("PUT", "/v1/labs/lab?dry_run=true", "{}").json["changes"]
    #expect(changes?["addresses"]?.elements.count == count)
    #expect(changes?["cells"]?.elements.count == 1000)
    // Every cell with a VM in it, but for the diagonal.
    let all = (count + 3) * (count + 2) - 3 * 2
    #expect(changes?["more"]?["cells"]?.integer == all - 1000)
    #expect(changes?["more"]?["addresses"] == nil)
  }

  @Test func findingsAreCountedAndListedInPart() throws {
    let networks = (0..<1200).map { "{'name':'n\($0)','mode':'internal'}" }
    let service = try service(with: "{'networks':[\(networks.joined(separator: ","))]}")
    let answer = try service.get("/v1/labs/lab/findings").json
    let findings = answer["findings"]?.elements ?? []
    #expect(findings.count == 251)
    #expect(
      findings.last?["detail"].text
        == "950 more findings of this rule, from here on, are not listed one by one")
  }

  @Test func visibilityEndsWhereTheAnswerIsLarge() throws {
    let count = 1200
    let adapter = "{'network':'n','promiscuous':'allow-all'}"
    let service = try service(
      with: "{'networks':[{'name':'n','mode':'internal'}],'vms':[\(vms(count, adapter))]}")
    let answer = try service.get("/v1/labs/lab/visibility")
    #expect(answer.status == 200)
    #expect(answer.body.count < Self.largest)
    let segment = try answer.json["segments"]?[0]
    let adapters = segment?["adapters"]?.elements ?? []
    #expect(adapters.count + (segment?["more"]?["adapters"]?.integer ?? 0) == count)
    #expect(adapters[0]["captures"]?.elements.count == 1000)
    #expect(adapters[0]["more"]?["captures"]?.integer == count - 1 - 1000)
  }

  @Test func whatIsFreeInPiecesIsListedInPart() throws {
    let adapters = (0..<1100).map {
      let (high, low) = ((2 * $0 + 1) / 256, (2 * $0 + 1) % 256)
      return "{'name':'v\($0)','adapters':[{'network':'n','address':'10.0.\(high).\(low)'}]}"
    }
    let service = try service(
      with: "{'networks':[{'name':'n','mode':'internal','ipv4':'10.0.0.0/16'}],"
        + "'vms':[\(adapters.joined(separator: ","))]}")
    let free = try service.get("/v1/labs/lab/networks/n/free").json["ipv4"]
    #expect(free?["ranges"]?.elements.count == 1000)
    #expect(free?["more"]?["ranges"]?.integer == 100)
  }
}
