import LabFormats
import Testing

/// The VirtualBox manual's Table 6.1, "Overview of Networking Modes", over HTTP: five modes for a
/// lab of three VMs, with a port forward to each VM and without.
@Suite struct Table61Tests {
  enum Cell: String {
    case yes = "+"
    case no = "-"
    case forward = "port forward"
  }

  /// The manual's columns. "Net/LAN" is the LAN; from the internet nothing comes in anywhere, and
  /// to the internet goes whatever goes to the LAN.
  static let table:
    [(mode: String, toHost: Cell, fromHost: Cell, toVM: Cell, toLAN: Cell, fromLAN: Cell)] = [
      ("host-only", .yes, .yes, .yes, .no, .no),
      ("internal", .no, .no, .yes, .no, .no),
      ("bridged", .yes, .yes, .yes, .yes, .yes),
      // Another VM reaches a forwarded port too, by the host's address, as the host itself does.
      ("nat", .yes, .forward, .forward, .yes, .forward),
      ("nat-network", .yes, .forward, .yes, .yes, .forward),
    ]

  private static let reachable: Set<String> = ["direct", "routed", "translated", "forwarded"]

  @Test(arguments: table)
  func theMatrixIsTheManuals(
    mode: String, toHost: Cell, fromHost: Cell, toVM: Cell, toLAN: Cell, fromLAN: Cell
  ) throws {
    let service = try RunningService()
    let plain = try matrix(mode, forwards: false, service)
    let forwarded = try matrix(mode, forwards: true, service)
    func check(_ source: Int, _ target: Int, _ expected: Cell) {
      let isOpen = Self.reachable.contains(plain[source][target])
      let isForwarded = forwarded[source][target] == "forwarded"
      #expect(isOpen == (expected == .yes), "\(source) to \(target): \(plain[source][target])")
      #expect(
        isForwarded == (expected == .forward),
        "\(source) to \(target) with forwards: \(forwarded[source][target])")
    }
    let (host, lan, internet) = (3, 4, 5)
    for machine in 0..<3 {
      for other in 0..<3 where other != machine { check(machine, other, toVM) }
      check(machine, host, toHost)
      check(host, machine, fromHost)
      check(machine, lan, toLAN)
      check(lan, machine, fromLAN)
      check(machine, internet, toLAN)
      check(internet, machine, .no)
    }
    check(host, lan, .yes)
    check(lan, host, .yes)
    check(host, internet, .yes)
    check(internet, host, .no)
  }

  private func matrix(
    _ mode: String, forwards: Bool, _ service: RunningService
  ) throws -> [[String]] {
    let machines = ["android", "ubuntu", "windows"]
    var document = "networks: [{name: net, mode: \(mode)}]\nvms:\n"
    for name in machines { document += "  - {name: \(name), adapters: [{network: net}]}\n" }
    if forwards {
      document += "port_forwards:\n"
      for (index, name) in machines.enumerated() {
        document += "  - {host_port: \(2200 + index), vm: \(name), guest_port: 22}\n"
      }
    }
    let lab = "/v1/labs/table-\(forwards ? "forwards" : "plain")"
    #expect(try service.send("PUT", lab, document, yaml).status == 201)
    return try service.get("\(lab)/connectivity").json.matrix
  }

  /// `GET /v1/modes` says the same of each mode as the matrix of a lab of it.
  @Test func theListOfModesSaysTheSame() throws {
    let service = try RunningService()
    let all = try service.get("/v1/modes").json["modes"]?.elements ?? []
    // VirtualBox has no routed networks.
    let modes = all.filter { $0["supported"] == nil }
    #expect(all.map { $0["mode"].text } == modes.map { $0["mode"].text } + ["routed"])
    #expect(
      modes.map { $0["mode"].text } == ["nat", "nat-network", "bridged", "internal", "host-only"])
    for mode in modes {
      let row = try #require(Self.table.first { $0.mode == mode["mode"].text })
      let expected: [String: Cell] = [
        "vm host": row.toHost, "host vm": row.fromHost, "vm vm": row.toVM, "vm lan": row.toLAN,
        "lan vm": row.fromLAN, "vm internet": row.toLAN, "internet vm": .no,
      ]
      var seen: Set<String> = []
      for cell in mode["reach"]?.elements ?? [] {
        let key = "\(cell["from"].text) \(cell["to"].text)"
        seen.insert(key)
        let isOpen = Self.reachable.contains(cell["outcome"].text)
        let isForwarded = cell["with_port_forward"].text == "forwarded"
        #expect(isOpen == (expected[key] == .yes), "\(row.mode) \(key)")
        #expect(isForwarded == (expected[key] == .forward), "\(row.mode) \(key)")
      }
      #expect(seen == Set(expected.keys))
    }
    let defaults = modes.map { $0["defaults"]?["adapter"]?["ipv4"]?["address"] }
    #expect(
      defaults.map(\.text) == ["10.0.2.15", "10.0.2.4", "", "10.10.0.1", "192.168.56.101"])
  }
}
