import LabFormats
import Testing

/// Dry runs, comparisons with a stored lab, and remedies: what would happen, with nothing stored.
@Suite struct WhatIfTests {
  let service: RunningService
  private static let twoOnNAT = """
    name: pair
    networks: [{name: out, mode: nat}]
    vms:
      - {name: a, adapters: [{network: out}]}
      - {name: b, adapters: [{network: out}]}
    """

  init() throws {
    service = try RunningService()
    _ = try service.send("PUT", "/v1/labs/pair", Self.twoOnNAT, yaml)
  }

  private func cells(_ answer: DocumentNode) -> [String] {
    guard case .array(let cells) = answer["changes"]?["cells"]?.value else { return [] }
    return cells.map { cell in
      ["from", "to", "before", "after"].map { key in
        if case .string(let text) = cell[key]?.value { text } else { "null" }
      }.joined(separator: " ")
    }
  }

  @Test func aDryRunSaysWhatWouldChangeAndStoresNothing() throws {
    let before = try service.get("/v1/labs/pair")
    let answer = try service.send(
      "PATCH", "/v1/labs/pair/networks/out?dry_run=true", "{'mode':'nat-network'}".json)
    #expect(answer.status == 200)
    let node = try answer.json
    #expect(node["dry_run"]?.value == .bool(true))
    #expect(
      cells(node) == ["a b isolated-by-nat direct", "b a isolated-by-nat direct"])
    let after = try service.get("/v1/labs/pair")
    #expect(after.body == before.body)
    #expect(after.headers["etag"] == before.headers["etag"])
  }

  @Test func everyWriteCanBeTriedFirst() throws {
    let vm = "{'name':'c','adapters':[{'network':'out'}]}".json
    let tries: [(String, String, String)] = [
      ("POST", "/v1/labs", "{'name':'new'}".json), ("PUT", "/v1/labs/new", "{}"),
      ("PUT", "/v1/labs/pair", "{}"), ("PATCH", "/v1/labs/pair", "{'vms':null}".json),
      ("POST", "/v1/labs/pair/vms", vm), ("PUT", "/v1/labs/pair/vms/c", vm),
      ("PATCH", "/v1/labs/pair/vms/a", "{'adapters':null}".json),
      ("POST", "/v1/labs/pair/networks", "{'name':'n','mode':'internal'}".json),
    ]
    let before = try service.get("/v1/labs/pair").body
    for (method, path, body) in tries {
      let answer = try service.send(method, "\(path)?dry_run=true", body)
      #expect(answer.status == 200, "\(method) \(path): \(answer.text)")
      #expect(try answer.json["dry_run"]?.value == .bool(true), "\(method) \(path)")
    }
    for path in ["/v1/labs/pair", "/v1/labs/pair/vms/a"] {
      #expect(try service.delete("\(path)?dry_run=true").status == 200)
    }
    #expect(try service.get("/v1/labs/pair").body == before)
    #expect(try service.get("/v1/labs/new").status == 404)
  }

  @Test func aRefusedDocumentIsRefusedInADryRunToo() throws {
    let answer = try service.send(
      "PUT", "/v1/labs/pair?dry_run=true", "{'vms':[{'name':'host'}]}".json)
    #expect(answer.status == 422)
    #expect(try answer.faults == ["/vms/0/name reserved-name"])
  }

  @Test func aDocumentIsComparedWithAStoredLab() throws {
    let changed = Self.twoOnNAT.replacing("nat}", with: "nat-network}")
    let answer = try service.send("POST", "/v1/plan?base=pair", changed, yaml)
    #expect(answer.status == 200)
    #expect(
      cells(try answer.json) == ["a b isolated-by-nat direct", "b a isolated-by-nat direct"])
    #expect(try service.send("POST", "/v1/plan?base=nobody", changed, yaml).status == 404)
    #expect(try service.send("POST", "/v1/plan", changed, yaml).json["changes"] == nil)
  }

  @Test func eachRemedyOpensItsPairWhenItIsCarriedOut() throws {
    let document = try service.get("/v1/labs/pair").json
    for pair in ["a/b", "host/a", "lan/b", "internet/a"] {
      let answer = try service.get("/v1/labs/pair/connectivity/\(pair)").json
      guard case .array(let remedies) = answer["remedies"]?.value else {
        Issue.record("\(pair) has no list of remedies")
        continue
      }
      #expect(remedies.isEmpty == (pair == "internet/a"), "\(pair)")
      for remedy in remedies {
        let change = try #require(remedy["change"])
        let patched = try JSONPatch(reading: change).applied(to: document)
        var writer = JSONWriter()
        writer.document(patched)
        let text = String(decoding: writer.bytes, as: UTF8.self)
        #expect(try service.send("PUT", "/v1/labs/pair", text).status == 200, "\(text)")
        let opened = try service.get("/v1/labs/pair/connectivity/\(pair)").json
        #expect(opened["reachable"]?.value == .bool(true), "\(pair): \(text)")
      }
      _ = try service.send("PUT", "/v1/labs/pair", Self.twoOnNAT, yaml)
    }
  }

  /// What comes first in the document would have the lowest address, had the VM not been there
  /// before.
  @Test func remediesGoByTheAddressesThatTheStoredLabHas() throws {
    func document(_ vms: String) -> String {
      """
      networks:
        - {name: left, mode: internal, ipv4: 10.1.0.0/24}
        - {name: right, mode: internal, ipv4: 10.2.0.0/24}
      vms:
        - {name: x, adapters: [{network: left}]}
        - {name: y, adapters: [{network: right}]}
      \(vms)
      """
    }
    _ = try service.send("PUT", "/v1/labs/routed", document(""), yaml)
    let router = "  - {name: gw, forwarding: true, adapters: [{network: left}, {network: right}]}"
    _ = try service.send("PUT", "/v1/labs/routed", document(router), yaml)
    let plan = try service.get("/v1/labs/routed/addresses").json
    guard case .array(let adapters) = plan["adapters"]?.value else { return }
    let addresses = Set(
      adapters.filter { $0["vm"].text == "gw" }.compactMap { $0["ipv4"]?["address"].text })
    #expect(addresses == ["10.1.0.2", "10.2.0.2"])
    let answer = try service.get("/v1/labs/routed/connectivity/x/y").text
    #expect(
      answer.contains(#""path":"/vms/0/routes","value":[{"to":"10.2.0.0/24","via":"10.1.0.2"}]"#))
  }

  @Test func tellsWhoCanCaptureWhoseFrames() throws {
    let lab = """
      networks: [{name: net, mode: host-only}]
      vms:
        - {name: a, adapters: [{network: net}]}
        - {name: spy, adapters: [{network: net, promiscuous: allow-all}]}
      """
    _ = try service.send("PUT", "/v1/labs/tapped", lab, yaml)
    let answer = try service.get("/v1/labs/tapped/visibility")
    #expect(
      answer.text
        == #"{"lab":"tapped","revision":1,"segments":[{"network":"net","mode":"host-only","#
        + #""adapters":[{"vm":"a","slot":1,"promiscuous":"deny","captures":[],"captures_with_vms":[]},"#
        + #"{"vm":"spy","slot":1,"promiscuous":"allow-all","captures":["a","host"],"#
        + #""captures_with_vms":[]}]}]}"# + "\n")
  }
}
