import LabFormats
import Testing

/// What the planner says, over HTTP.
@Suite struct AnswerTests {
  let service: RunningService
  let lab = "/v1/labs/classic"

  init() throws {
    service = try RunningService()
    _ = try service.send("PUT", lab, classicLab, yaml)
  }

  @Test func theAddressPlanHasEveryNetworkAndAdapter() throws {
    let plan = try service.get("\(lab)/addresses").json
    #expect(plan["lab"].text == "classic")
    #expect(plan["revision"]?.integer == 1)
    let networks = plan["networks"]?.elements ?? []
    #expect(networks.map { $0["name"].text } == ["shared", "spare"])
    let ipv4 = networks[0]["ipv4"]
    #expect(ipv4?["prefix"].text == "10.0.2.0/24")
    #expect(ipv4?["gateway"].text == "10.0.2.1")
    #expect(ipv4?["dhcp"]?["server"].text == "10.0.2.3")
    #expect(ipv4?["dhcp"]?["first"].text == "10.0.2.4")
    #expect(ipv4?["dhcp"]?["last"].text == "10.0.2.254")
    let adapters = plan["adapters"]?.elements ?? []
    #expect(
      adapters.map { "\($0["vm"].text) \($0["slot"]?.integer ?? 0)" }
        == ["android 1", "ubuntu 1", "windows 1", "windows 2"])
    #expect(adapters.prefix(3).allSatisfy { $0["ipv4"]?["source"].text == "reserved" })
    #expect(Set(adapters.prefix(3).map { $0["ipv4"]?["address"].text }).count == 3)
    #expect(adapters[3]["network"]?.value == .null)
    #expect(adapters[3]["ipv4"]?["source"].text == "none")
    #expect(adapters[3]["ipv4"]?["reason"].text.isEmpty == false)
  }

  // MARK: The matrix

  static let matrix = [
    "self direct direct translated translated translated",
    "direct self direct translated translated translated",
    "direct direct self translated translated translated",
    "isolated-by-nat forwarded isolated-by-nat self direct translated",
    "isolated-by-nat forwarded isolated-by-nat direct self translated",
    "isolated-by-nat isolated-by-nat isolated-by-nat isolated-by-nat isolated-by-nat self",
  ].map { $0.split(separator: " ").map(String.init) }
  static let endpoints = ["android", "ubuntu", "windows", "host", "lan", "internet"]

  @Test func theMatrixIsTheSameInEveryFormat() throws {
    let json = try service.get("\(lab)/connectivity").json
    #expect(json["endpoints"]?.elements.map { Optional($0).text } == Self.endpoints)
    #expect(json.matrix == Self.matrix)
    #expect(json["summary"]?["reachable"]?.integer == 21)
    #expect(json["summary"]?["blocked"]?.integer == 9)
    #expect(json["port"]?.value == .null)

    let csv = try service.get("\(lab)/connectivity", ["Accept": "text/csv"])
    #expect(csv.headers["content-type"] == "text/csv; charset=utf-8; header=present")
    let rows = csv.text.split(separator: "\r\n").map { $0.split(separator: ",").map(String.init) }
    #expect(rows.first == ["from"] + Self.endpoints)
    #expect(rows.dropFirst().map { Array($0.dropFirst()) } == Self.matrix)
    #expect(rows.dropFirst().map { $0[0] } == Self.endpoints)

    let text = try service.get("\(lab)/connectivity", ["Accept": "text/plain"]).text
    let lines = text.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
    #expect(lines.first == ["from", "\\", "to"] + Self.endpoints)
    #expect(lines.dropFirst().map { Array($0.dropFirst()) } == Self.matrix)
    let columns = text.split(separator: "\n").map { line in
      line.indices.dropFirst().filter { line[$0] != " " && line[line.index(before: $0)] == " " }
        .map { line.distance(from: line.startIndex, to: $0) }
    }
    #expect(columns.dropFirst().allSatisfy { $0 == columns[1] }, "columns are aligned")
  }

  /// The forwarded port opens the way to ubuntu; others do not, and ICMP never does.
  @Test func theQueryAsksAboutOnePort() throws {
    func cell(_ query: String) throws -> String {
      let matrix = try service.get("\(lab)/connectivity?\(query)").json
      return matrix.matrix[4][1]
    }
    #expect(try cell("protocol=tcp&port=22") == "forwarded")
    #expect(try cell("port=80") == "isolated-by-nat")
    #expect(try cell("protocol=udp&port=22") == "isolated-by-nat")
    #expect(try cell("protocol=icmp") == "isolated-by-nat")
    let asked = try service.get("\(lab)/connectivity?protocol=udp&port=53&family=ipv6").json
    #expect(asked["protocol"].text == "udp")
    #expect(asked["port"]?.integer == 53)
    #expect(asked["family"].text == "ipv6")
    #expect(asked.matrix[0][1] == "no-address")
  }

  /// A matrix too large to be made in memory is the same as the one of its parts.
  @Test func aLargeMatrixIsStreamedWhole() throws {
    let count = 300
    let machines = (0..<count).map { index in
      "  - {name: vm\(1000 + index), adapters: [{network: \(index % 3 == 0 ? "a" : "b")}]}\n"
    }
    let document =
      "networks: [{name: a, mode: internal}, {name: b, mode: nat-network}]\nvms:\n"
      + machines.joined()
    #expect(try service.send("PUT", "/v1/labs/large", document, yaml).status == 201)
    for _ in 1...2 {
      let answer = try service.get("/v1/labs/large/connectivity")
      #expect(answer.headers["transfer-encoding"] == "chunked")
      #expect(answer.headers["etag"] == "\"1\"")
      let matrix = try answer.json.matrix
      #expect(matrix.count == count + 3)
      for (row, cells) in matrix.prefix(count).enumerated() {
        let expected = (0..<count).map { column in
          row == column
            ? "self"
            : row % 3 == 0 && column % 3 == 0
              ? "direct"
              : row % 3 != 0 && column % 3 != 0 ? "direct" : nil
        }
        let isRight = zip(cells, expected).allSatisfy { $1 == nil ? $0 != "direct" : $0 == $1 }
        #expect(isRight, "row \(row)")
      }
    }
    let csv = try service.get("/v1/labs/large/connectivity", ["Accept": "text/csv"]).text
    #expect(csv.split(separator: "\r\n").count == count + 4)
    let head = try service.connect().send("HEAD", "/v1/labs/large/connectivity")
    #expect(head.status == 200)
    let plan = try service.get("/v1/labs/large/plan").json
    #expect(plan["connectivity"]?.matrix.count == count + 3)
    #expect(plan["findings"] != nil)
  }

  // MARK: One pair

  @Test func aPairIsExplained() throws {
    let pair = try service.get("\(lab)/connectivity/windows/ubuntu").json
    #expect(pair["reachable"]?.value == .bool(true))
    #expect(pair["outcome"].text == "direct")
    #expect(pair["dial"]?[0]?["adapter"]?["vm"].text == "ubuntu")
    #expect(pair["path"]?.elements.map { $0["node"].text } == ["windows", "ubuntu"])
    #expect(pair["remedies"]?.elements.isEmpty == true)
  }

  /// Each remedy is carried out as a JSON Patch of the document, and opens the pair.
  @Test func theRemediesOfABlockedPairOpenIt() throws {
    let path = "\(lab)/connectivity/lan/windows"
    let pair = try service.get(path).json
    #expect(pair["reachable"]?.value == .bool(false))
    let remedies = pair["remedies"]?.elements ?? []
    #expect(!remedies.isEmpty)
    let document = try service.get(lab).json
    for remedy in remedies {
      let change = try #require(remedy["change"])
      let changed = try JSONPatch(reading: change).applied(to: document)
      var writer = JSONWriter()
      writer.document(changed)
      let put = try service.send(
        "PUT", "/v1/labs/changed",
        String(decoding: writer.bytes, as: UTF8.self).replacing("\"classic\"", with: "\"changed\""))
      #expect(put.status == 201 || put.status == 200, "\(remedy["summary"].text): \(put.text)")
      let after = try service.get("/v1/labs/changed/connectivity/lan/windows").json
      #expect(after["reachable"]?.value == .bool(true), "\(remedy["summary"].text)")
    }
  }

  @Test func aPairOfAMistypedEndpointIsAnsweredWithTheNearest() throws {
    for path in ["ubunut/lan", "lan/ubunut"] {
      let answer = try service.get("\(lab)/connectivity/\(path)")
      #expect(answer.status == 404)
      #expect(try answer.json["detail"].text.contains("did you mean \"ubuntu\"?"))
    }
  }

  @Test func everyPairAgreesWithTheMatrix() throws {
    for (row, source) in Self.endpoints.enumerated() {
      for (column, target) in Self.endpoints.enumerated() {
        let pair = try service.get("\(lab)/connectivity/\(source)/\(target)").json
        #expect(pair["outcome"].text == Self.matrix[row][column], "\(source) to \(target)")
        #expect(pair["from"].text == source)
        #expect(pair["to"].text == target)
      }
    }
  }

  // MARK: Recommendations and plans

  /// Every recommended lab, sent back, meets the requirements; all five modes are accounted for.
  @Test func recommendedLabsCanBeStored() throws {
    let report = try service.get("\(lab)/recommendations").json
    let recommendations = report["recommendations"]?.elements ?? []
    let ruledOut = report["ruled_out"]?.elements ?? []
    #expect(
      recommendations.map { $0["modes"]?[0].text } == ["nat", "nat-network", "bridged"])
    #expect(recommendations.map { $0["rank"]?.integer } == [1, 2, 3])
    let modes = recommendations.map { $0["modes"]?[0].text } + ruledOut.map { $0["mode"].text }
    #expect(
      Set(modes) == ["nat", "nat-network", "bridged", "internal", "host-only"])
    for recommendation in recommendations {
      var writer = JSONWriter()
      writer.document(try #require(recommendation["lab"]))
      let body = String(decoding: writer.bytes, as: UTF8.self)
      #expect(try service.send("PUT", lab, body).status == 200)
      let matrix = try service.get("\(lab)/connectivity").json.matrix
      for row in 0..<3 {
        for column in 0..<3 where row != column { #expect(matrix[row][column] == "direct") }
      }
      #expect(matrix[2][5] == "translated")
    }
  }

  /// A beginner's answers and the document that says the same are answered alike.
  @Test func aBeginnersWordsAreRequirements() throws {
    let short = try service.send(
      "POST", "/v1/recommendations", #"{"vms": ["a", "b"], "needs": ["vm-to-vm", "internet"]}"#,
      ["Content-Type": "application/json"])
    #expect(short.status == 200)
    let long = try service.send(
      "POST", "/v1/recommendations",
      """
      name: lab
      vms: [{name: a}, {name: b}]
      requirements: [{from: vms, to: vms}, {from: vms, to: internet}]
      """, yaml)
    #expect(try short.json.withoutPositions == long.json.withoutPositions)
    #expect(try short.json["recommendations"]?[0]?["modes"]?[0].text == "nat-network")
  }

  @Test func aPlanIsAllTheAnswersInOne() throws {
    let plan = try service.get("\(lab)/plan").json
    for (key, path) in [
      ("lab", ""), ("addresses", "/addresses"), ("connectivity", "/connectivity"),
      ("recommendations", "/recommendations"),
    ] {
      let part = try service.get(lab + path).json
      #expect(plan[key]?.withoutPositions == part.withoutPositions, "\(key)")
    }
    #expect(plan["findings"]?["summary"]?["error"]?.integer == 0)
    #expect(
      plan.members.map(\.key)
        == ["lab", "addresses", "connectivity", "recommendations", "findings"])
  }

  @Test func aDocumentIsPlannedWithoutBeingStored() throws {
    _ = try service.delete(lab)
    let plan = try service.send("POST", "/v1/plan?port=22", classicLab, yaml)
    #expect(plan.status == 200)
    #expect(plan.headers["etag"] == nil)
    #expect(try plan.json["connectivity"]?.matrix[4][1] == "forwarded")
    #expect(try plan.json["addresses"]?["revision"]?.value == .null)
    let report = try service.send("POST", "/v1/recommendations", classicLab, yaml)
    #expect(
      try report.json.withoutPositions == plan.json["recommendations"]?.withoutPositions)
    #expect(try service.get("/v1/labs").json["labs"]?.elements.isEmpty == true)
  }

  // MARK: What is kept

  /// Each answer follows the lab, and only the lab.
  @Test func answersFollowTheLab() throws {
    for path in PreconditionTests.answers where path != "/networks/shared" {
      _ = try service.send("PUT", lab, classicLab, yaml)
      let first = try service.get(lab + path)
      #expect(try service.get(lab + path).body == first.body)
      let other = classicLab.replacing("10.0.2.0/24", with: "10.7.0.0/24")
        .replacing("os: linux", with: "os: bsd").replacing("2222", with: "5353")
        .replacing("name: ssh,", with: "name: dns, protocol: udp,")
        .replacing("guest_port: 22}", with: "guest_port: 53}")
      _ = try service.send("PUT", lab, other, yaml)
      let second = try service.get(lab + path)
      #expect(second.headers["etag"] != first.headers["etag"])
      #expect(second.body != first.body || path.hasPrefix("/recommendations"), "\(path)")
      _ = try service.delete(lab)
      #expect(try service.get(lab + path).status == 404)
    }
  }
}

extension DocumentNode {
  /// The cells of a matrix by row.
  var matrix: [[String]] {
    self["matrix"]?.elements.map { $0.elements.map { Optional($0).text } } ?? []
  }
}
