import LabFormats
import Testing

/// Documents that are refused: every fault is told, and nothing is stored.
@Suite struct DocumentFaultTests {
  let service: RunningService

  init() throws { service = try RunningService() }

  /// A document and, behind `#`, the faults that stand on each line: the pointer's last part and
  /// the code.
  static let faultyLab = """
    name: Faulty Lab                                               # /name invalid-value
    colour: red                                                    # /colour unknown-key
    hypervisor: {product: bochs, version: seven}                   # /hypervisor/product invalid-value, /hypervisor/version invalid-value
    host:
      os: beos                                                     # /host/os invalid-value
      internet: maybe                                              # /host/internet wrong-type
      uplink:
        ipv4: 192.168.1.20/24
        gateway: 10.0.0.1                                          # /host/uplink/gateway outside-prefix
        dhcp: {first: 192.168.1.50}                                # /host/uplink/dhcp/last missing
      occupied: [172.17.0.1/16, 300.0.0.0/8]                       # /host/occupied/0 host-bits, /host/occupied/1 invalid-value
    networks:
      - {name: a, mode: nat-netwrok}                               # /networks/0/mode invalid-value
      - {name: a, mode: internal, ipv4: 10.0.0.1/24}               # /networks/1/name duplicate-name, /networks/1/ipv4 host-bits
      - {mode: nat, ipv4: 10.0.0.0/28}                             # /networks/2/name missing, /networks/2/ipv4 out-of-range
      - {name: b, ipv4: "fd00::/64"}                               # /networks/3/mode missing, /networks/3/ipv4 family-mismatch
      - {name: c, mode: bridged, dhcp: true, size: 0}              # /networks/4/dhcp contradiction, /networks/4/size out-of-range
      - {name: d, mode: internal, ipv4: 10.0.0.0/24, gateway: 10.0.0.255} # /networks/5/gateway unusable-address
    vms:
      - {name: host}                                               # /vms/0/name reserved-name
      - name: x
        os: dos                                                    # /vms/1/os invalid-value
        tags: [ok, Not Ok]                                         # /vms/1/tags/1 invalid-value
        adapters:
          - {network: e, mac: "01:00:27:aa:00:01"}                 # /vms/1/adapters/0/network unknown-reference, /vms/1/adapters/0/mac not-unicast
          - {slot: 1, network: d, address: 10.0.1.1}               # /vms/1/adapters/1/slot duplicate-slot, /vms/1/adapters/1/address outside-prefix
          - {slot: 37, model: rtl8139, promiscuous: "yes"}         # /vms/1/adapters/2/slot out-of-range, /vms/1/adapters/2/model invalid-value, /vms/1/adapters/2/promiscuous invalid-value
      - {name: x, routes: [{to: 10.9.0.0/16, via: "fd00::1"}]}     # /vms/2/name duplicate-name, /vms/2/routes/0/via family-mismatch
    port_forwards:
      - {name: "a,b", host_port: 0, vm: y, guest_port: 65536}      # /port_forwards/0/name invalid-value, /port_forwards/0/host_port out-of-range, /port_forwards/0/vm unknown-reference, /port_forwards/0/guest_port out-of-range
      - {host_port: "80", vm: x}                                   # /port_forwards/1/host_port wrong-type, /port_forwards/1/guest_port missing
    requirements:
      - {from: z, to: "tag:none"}                                  # /requirements/0/from unknown-reference, /requirements/0/to unknown-reference
      - {from: x, protocol: icmp, port: 22}                        # /requirements/1/to missing, /requirements/1/port contradiction
    """

  @Test func fortyFaultsAreToldAtOnceEachWithItsPlace() throws {
    let lines = Self.faultyLab.split(separator: "\n", omittingEmptySubsequences: false)
    var expected: [String: Int] = [:]
    for (index, line) in lines.enumerated() {
      guard let comment = line.firstRange(of: "# /") else { continue }
      for fault in line[comment.lowerBound...].dropFirst(2).split(separator: ", ") {
        expected[String(fault)] = index + 1
      }
    }
    #expect(expected.count >= 40)
    let answer = try service.send("POST", "/v1/labs", Self.faultyLab, yaml)
    #expect(answer.status == 422)
    let problem = try answer.json
    #expect(problem["code"].text == "invalid-document")
    #expect(problem["status"]?.integer == 422)
    let errors = problem["errors"]?.elements ?? []
    for error in errors {
      let fault = "\(error["pointer"].text) \(error["code"].text)"
      let line = expected.removeValue(forKey: fault)
      #expect(line != nil, "not expected, or twice: \(fault): \(error["detail"].text)")
      // What is missing has no line of its own; the object around it may begin before.
      if error["code"].text != "missing" { #expect(error["line"]?.integer == line, "\(fault)") }
      #expect(!error["detail"].text.isEmpty)
    }
    #expect(expected.isEmpty, "not told: \(expected.keys.sorted())")
    #expect(try service.get("/v1/labs").json["labs"]?.elements.isEmpty == true)
  }

  @Test func theSameDocumentIsRefusedByEveryOperationThatReadsLabs() throws {
    let told = try service.send("POST", "/v1/labs", Self.faultyLab, yaml).faults
    for path in ["/v1/plan", "/v1/recommendations"] {
      let answer = try service.send("POST", path, Self.faultyLab, yaml)
      #expect(answer.status == 422)
      #expect(try answer.faults == told)
    }
    let put = try service.send("PUT", "/v1/labs/x", Self.faultyLab, yaml)
    #expect(try put.faults == told)
    #expect(try service.get("/v1/labs/x").status == 404)
  }

  /// A beginner's answers are read as strictly as a lab.
  @Test func everyFaultOfABeginnersAnswersIsTold() throws {
    let body = """
      {"vms": ["a", "host"],
       "needs": ["isolated", "internet"],
       "uplink": "wifi"}
      """
    let answer = try service.send(
      "POST", "/v1/recommendations", body, ["Content-Type": "application/json"])
    #expect(answer.status == 422)
    let errors = try answer.json["errors"]?.elements ?? []
    let told = errors.map { "\($0["pointer"].text) \($0["code"].text) \($0["line"]?.integer ?? 0)" }
    #expect(
      told == ["/vms/1 reserved-name 1", "/needs/1 contradiction 2", "/uplink unknown-key 3"])
  }

  static let syntax: [(type: String, body: String, faults: [String])] = [
    ("application/json", "{\n  \"name\": \"a\",\n}", ["2:14 syntax"]),
    (
      "application/json", "{\"name\":\"a\",\n\"name\":\"b\",\n\"name\":\"c\"}",
      ["2:1 duplicate-key", "3:1 duplicate-key"]
    ),
    ("application/json", "", ["1:1 syntax"]),
    ("application/json", "\u{FEFF}{}", ["1:1 encoding"]),
    ("application/json", String(repeating: "[", count: 100), ["1:65 too-deep"]),
    ("application/yaml", "name: a\nname: b\n", ["2:1 duplicate-key"]),
    ("application/yaml", "name: a\n\tvms: []\n", ["2:1 syntax"]),
    ("application/yaml", "--- {}\n--- {}\n", ["2:1 unsupported"]),
    ("application/yaml", "name: !!binary aGFsbG8=\n", ["1:7 unsupported"]),
  ]

  @Test(arguments: syntax)
  func syntaxErrorsAreToldWithLineAndColumn(type: String, body: String, faults: [String]) throws {
    let answer = try service.send("POST", "/v1/labs", body, ["Content-Type": type])
    #expect(answer.status == 400)
    let problem = try answer.json
    #expect(problem["code"].text == "syntax")
    let told = (problem["errors"]?.elements ?? []).map {
      "\($0["line"]?.integer ?? 0):\($0["column"]?.integer ?? 0) \($0["code"].text)"
    }
    #expect(told == faults)
  }

  /// A document of many times the same name through aliases must not cost more than it is worth.
  @Test func aliasesAreBounded() throws {
    var bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    for level in 1...9 {
      let aliases = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
      bomb += "a\(level): &a\(level) [\(aliases)]\n"
    }
    let answer = try service.send("POST", "/v1/labs", bomb, yaml)
    #expect(answer.status == 400)
    #expect(try answer.faults == [" too-large"])
  }

  @Test func aBodyThatIsTooLargeIsRefused() throws {
    let client = try service.connect()
    let body = [UInt8](repeating: 0x20, count: 8 * 1024 * 1024 + 1)
    let answer = try client.send(
      "POST", "/v1/labs", headers: ["Content-Type": "application/json"], body: body)
    #expect(answer.status == 413)
    #expect(try answer.json["code"].text == "content-too-large")
  }
}
