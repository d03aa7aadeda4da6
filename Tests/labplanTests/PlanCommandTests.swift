import Foundation
import Testing

/// `labplan plan` on the command line.
@Suite struct PlanCommandTests {
  static let lab = """
    name: pair
    networks:
      - {name: inner, mode: internal, ipv4: 10.20.0.0/24}
    vms:
      - {name: a, adapters: [{network: inner, mac: "08:00:27:00:00:01"}]}
      - {name: b, adapters: [{network: inner, mac: "08:00:27:00:00:02", address: 10.20.0.9}]}
    requirements:
      - {from: a, to: b}

    """

  @Test func aPlanIsReadable() throws {
    let result = try Command.run(["plan", "-"], input: Self.lab)
    #expect(result.status == 0)
    #expect(result.errors == "")
    let expected = """
      Networks

      network  mode      prefix        gateway  dhcp
      inner    internal  10.20.0.0/24  -        -

      Addresses

      vm  slot  network  address       source   mac
      a   1     inner    10.20.0.1/24  planned  08:00:27:00:00:01
      b   1     inner    10.20.0.9/24  static   08:00:27:00:00:02

      Who reaches whom (tcp, ipv4; from the left to the top)

      from \\ to  a         b         host             lan              internet
      a          self      direct    no-route         no-route         no-route
      b          direct    self      no-route         no-route         no-route
      host       no-route  no-route  self             direct           translated
      lan        no-route  no-route  direct           self             translated
      internet   no-route  no-route  isolated-by-nat  isolated-by-nat  self

      6 of 20 pairs are reachable.

      """
    #expect(result.output.hasPrefix(expected), "\(result.output)")
    #expect(result.output.contains("\nRecommendations\n\n1. "))
    #expect(result.output.contains("\nFindings\n\n"))
    #expect(result.output.split(separator: "\n").allSatisfy { $0.last != " " })
  }

  /// However many VMs there are, a table fits a terminal, and every cell is in one of them.
  @Test func theMatrixOfManyVMsIsWrapped() throws {
    let machines = (10..<40).map { "  - {name: student-\($0), adapters: [{network: n}]}" }
    let lab =
      "name: class\nnetworks: [{name: n, mode: internal}]\nvms:\n"
      + machines.joined(separator: "\n")
    let output = try Command.run(["plan", "-"], input: lab).output
    let lines = output.split(separator: "\n").prefix { $0 != "Recommendations" }
    #expect(lines.allSatisfy { $0.count <= 120 })
    let headings = lines.filter { $0.hasPrefix("from \\ to") }
    #expect(headings.count > 1)
    let columns = headings.flatMap { $0.split(separator: " ").dropFirst(3) }
    #expect(columns.count == 33)
    #expect(Set(columns).count == 33)
  }

  @Test func theAddressesAreToBeHadAsCSV() throws {
    let result = try Command.run(["plan", "--format", "csv", "-"], input: Self.lab)
    #expect(
      result.output
        == [
          "vm,slot,network,family,address,prefix_length,gateway,source,mac",
          "a,1,inner,ipv4,10.20.0.1,24,,planned,08:00:27:00:00:01",
          "b,1,inner,ipv4,10.20.0.9,24,,static,08:00:27:00:00:02", "",
        ].joined(separator: "\r\n"))
  }

  /// Both formats are read by the file's name or by what they look like; the plan is the same.
  @Test func theFormatIsKnownByNameOrContent() throws {
    let json = """
      {"name":"pair","networks":[{"name":"inner","mode":"internal","ipv4":"10.20.0.0/24"}],
      "vms":[{"name":"a","adapters":[{"network":"inner","mac":"080027000001"}]},
      {"name":"b","adapters":[{"network":"inner","mac":"080027000002","address":"10.20.0.9"}]}],
      "requirements":[{"from":"a","to":"b"}]}
      """
    let plan = try Command.run(["plan", "-"], input: Self.lab).output
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("labplan-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, text) in [
      ("lab.yaml", Self.lab), ("lab.yml", Self.lab), ("LAB.JSON", json), ("lab.json", json),
      ("lab", Self.lab), ("lab.txt", json),
    ] {
      let file = folder.appendingPathComponent(name)
      try Data(text.utf8).write(to: file)
      #expect(try Command.run(["plan", file.path]).output == plan, "\(name)")
    }
    #expect(try Command.run(["plan", "-"], input: "\n " + json).output == plan)
    let wrong = folder.appendingPathComponent("wrong.json")
    try Data(Self.lab.utf8).write(to: wrong)
    let refused = try Command.run(["plan", wrong.path])
    #expect(refused.status == 1)
    #expect(refused.errors.hasPrefix("\(wrong.path):1:1: "))
  }

  @Test func jsonIsWhatTheServiceAnswers() throws {
    let result = try Command.run(
      ["plan", "--format", "json", "--port", "22", "-"], input: Self.lab)
    #expect(result.status == 0)
    let plan = try #require(
      try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
    #expect(
      Set(plan.keys) == ["lab", "addresses", "connectivity", "recommendations", "findings"])
    let connectivity = plan["connectivity"] as? [String: Any]
    #expect(connectivity?["port"] as? Int == 22)
    #expect((connectivity?["matrix"] as? [[String]])?[0][1] == "direct")
    #expect(connectivity?["revision"] is NSNull)
    #expect(result.output.hasSuffix("}\n"))
  }

  @Test func everyFaultIsALineWithItsPlace() throws {
    let faulty = """
      name: Pair
      networks:
        - {name: inner, mode: internl}
      vms:
        - {name: a, adapters: [{network: iner}]}
      """
    let result = try Command.run(["plan", "-"], input: faulty)
    #expect(result.status == 1)
    #expect(result.output == "")
    let lines = result.errors.split(separator: "\n").map(String.init)
    #expect(lines.count == 3)
    #expect(lines[0].hasPrefix("<stdin>:1:7: /name: \"Pair\" is not a name"))
    #expect(lines[1].hasPrefix("<stdin>:3:25: /networks/0/mode: \"internl\" is not one of"))
    #expect(
      lines[2] == "<stdin>:5:36: /vms/0/adapters/0/network: there is no network \"iner\";"
        + " did you mean \"inner\"?")
  }

  @Test func aSyntaxErrorIsALineWithItsPlace() throws {
    let result = try Command.run(["plan", "-"], input: "{\"name\": \"a\",}")
    #expect(result.status == 1)
    #expect(result.errors.hasPrefix("<stdin>:1:13: "))
  }

  @Test func aFileThatIsNotThereIsToldOf() throws {
    let result = try Command.run(["plan", "/no/such/lab.yaml"])
    #expect(result.status == 1)
    #expect(result.errors == "/no/such/lab.yaml: cannot be read: No such file or directory\n")
  }

  static let wrongUses = [
    ["plan"], ["plan", "a", "b"], ["plan", "-", "--port", "0"], ["plan", "-", "--port", "x"],
    ["plan", "-", "--protocol", "icmp", "--port", "1"], ["plan", "-", "--protocol", "sctp"],
    ["plan", "-", "--format", "xml"], ["serve", "--port", "65536"], ["serve", "--port", "-1"],
    ["serve", "--log-level", "loud"], ["nonsense"],
  ]

  @Test(arguments: wrongUses)
  func aWrongUseIsToldOf(arguments: [String]) throws {
    let result = try Command.run(arguments)
    // EX_USAGE.
    #expect(result.status == 64)
    #expect(result.errors.contains("Usage: labplan"))
  }

  @Test func theExampleCanBePlanned() throws {
    let example = Command.folder.appendingPathComponent("Examples/three-vms.yaml").path
    let result = try Command.run(["plan", example])
    #expect(result.status == 0)
    #expect(result.output.contains("1. One NAT network"))
  }

  @Test func theDescriptionOfTheServiceIsPrinted() throws {
    let file = Command.folder.appendingPathComponent("openapi.yaml")
    let result = try Command.run(["openapi"])
    #expect(result.output == (try String(contentsOf: file, encoding: .utf8)))
  }
}
