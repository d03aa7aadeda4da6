import LabFormats
import Testing

/// Recommended labs, stored: their matrices do what was asked.
@Suite struct RecommendedLabTests {
  static let questions = [
    #"{vms: 3, needs: [vm-to-vm, internet]}"#,
    #"{vms: 2, needs: [vm-to-vm, isolated]}"#,
    #"{vms: [web, db], needs: [visible-on-lan, host-to-vm]}"#,
    #"{vms: 2, needs: [internet, host-to-vm]}"#,
    """
    name: dmz
    vms: [{name: web, tags: [front]}, {name: db}, {name: client, tags: [front]}]
    requirements:
      - {from: lan, to: web, port: 443}
      - {from: "tag:front", to: db, port: 5432}
      - {from: client, to: internet}
      - {from: lan, to: db, allow: false}
      - {from: host, to: web, protocol: udp, port: 53}
    """,
  ]

  @Test(arguments: questions)
  func everyRecommendedLabDoesWhatWasAsked(question: String) throws {
    let service = try RunningService()
    let report = try service.send("POST", "/v1/recommendations", question, yaml)
    #expect(report.status == 200, "\(report.text)")
    for recommendation in try report.json["recommendations"]?.elements ?? [] {
      let lab = try #require(recommendation["lab"])
      let path = "/v1/labs/\(lab["name"].text)"
      let stored = try service.send("PUT", path, lab.jsonText)
      #expect([200, 201].contains(stored.status), "\(stored.text)")
      for requirement in lab["requirements"]?.elements ?? [] {
        try expect(requirement, isMetAt: path, by: lab, of: service)
      }
    }
  }

  private func expect(
    _ requirement: DocumentNode, isMetAt path: String, by lab: DocumentNode,
    of service: RunningService
  ) throws {
    let port = requirement["port"]?.integer
    let transport = requirement["protocol"] == nil ? "tcp" : requirement["protocol"].text
    let query = "?protocol=\(transport)" + (port.map { "&port=\($0)" } ?? "")
    let answer = try service.get("\(path)/connectivity\(query)").json
    let endpoints = (answer["endpoints"]?.elements ?? []).map { Optional($0).text }
    for source in members(requirement["from"].text, of: lab) {
      for target in members(requirement["to"].text, of: lab) where source != target {
        let row = try #require(endpoints.firstIndex(of: source))
        let column = try #require(endpoints.firstIndex(of: target))
        let outcome = answer.matrix[row][column]
        let isReached =
          ["direct", "routed", "translated"].contains(outcome)
          || outcome == "forwarded" && (port != nil || requirement["allow"]?.value == .bool(false))
        #expect(
          isReached == (requirement["allow"]?.value != .bool(false)),
          "\(source) to \(target): \(outcome)")
      }
    }
  }

  private func members(_ selector: String, of lab: DocumentNode) -> [String] {
    let machines = lab["vms"]?.elements ?? []
    if selector == "vms" { return machines.map { $0["name"].text } }
    guard selector.hasPrefix("tag:") else { return [selector] }
    return machines.filter { machine in
      (machine["tags"]?.elements ?? []).contains { "tag:\(Optional($0).text)" == selector }
    }.map { $0["name"].text }
  }
}
