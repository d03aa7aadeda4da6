import Foundation
import LabFormats
import LabStorage
import Testing

@testable import LabServer

/// A token for certain labs learns nothing of the others on their host.
@Suite struct ScopeTests {
  let admin: Key
  let scoped: Key
  let service: RunningService

  /// Takes what `mine` takes: a prefix, a port, a switch's name, a MAC address and an address.
  private static let secret = """
    networks:
      - {name: vault, mode: host-only, ipv4: 192.168.56.0/24}
      - {name: tunnel, mode: internal, hypervisor_name: wire}
      - {name: street, mode: bridged}
      - {name: nat, mode: nat}
    vms:
      - name: keeper
        adapters:
          - {network: vault}
          - {network: nat}
          - {network: street, mac: "08:00:27:00:00:77", address: 192.168.1.77}
    port_forwards: [{host_port: 2222, vm: keeper, guest_port: 4711}]
    """

  private static let mine = """
    host: {uplink: {ipv4: 192.168.1.20/24}}
    networks:
      - {name: own, mode: host-only, ipv4: 192.168.56.0/23}
      - {name: cable, mode: internal, hypervisor_name: wire}
      - {name: lan1, mode: bridged}
      - {name: out, mode: nat}
    vms:
      - name: pc
        adapters:
          - {network: own}
          - {network: out}
          - {network: lan1, mac: "08:00:27:00:00:77", address: 192.168.1.77}
    port_forwards: [{host_port: 2222, vm: pc, guest_port: 22}]
    """

  private static let secretWords = ["secret", "vault", "tunnel", "street", "keeper", "4711"]

  init() throws {
    admin = try Key("admin", .admin)
    scoped = try Key("scoped", .read, labs: ["mine"])
    service = try RunningService(tokens: [admin.token, scoped.token])
    for (name, text) in [("secret", Self.secret), ("mine", Self.mine)] {
      let put = try service.send(
        "PUT", "/v1/labs/\(name)", text, admin.header.merging(yaml) { $1 })
      #expect(put.status == 201, "\(put.text)")
    }
  }

  private func places(_ findings: DocumentNode?) -> [String] {
    findings?["findings"]?.elements.map { "\($0["rule"].text) \($0["pointer"].text)" } ?? []
  }

  @Test func findingsAndPlanNameNoHiddenLab() throws {
    for path in ["/v1/labs/mine/findings", "/v1/labs/mine/plan"] {
      // In this order, so that what was kept for one may not be given to the other.
      let open = try service.get(path, admin.header)
      let hidden = try service.get(path, scoped.header)
      let again = try service.get(path, admin.header)
      #expect(open.text.contains(#"in lab \"secret\" on the same host"#))
      #expect(again.text.contains(#"in lab \"secret\" on the same host"#))
      for word in Self.secretWords {
        #expect(!hidden.text.contains(word), "\(path) tells of \(word)")
      }
      let isPlan = path.hasSuffix("plan")
      let told = isPlan ? try hidden.json["findings"] : try hidden.json
      let known = isPlan ? try open.json["findings"] : try open.json
      #expect(places(told) == places(known))
      for rule in [
        "prefix-overlaps-other-lab", "port-forward-collision", "switch-shared-with-lab",
        "duplicate-mac", "duplicate-address",
      ] {
        let detail = told?["findings"]?.elements.first { $0["rule"].text == rule }?["detail"].text
        #expect(detail?.contains("another lab on this host") == true, "\(rule): \(detail ?? "-")")
      }
    }
  }

  /// However often a hidden lab changes, the tag stays as long as the findings do.
  @Test(arguments: ["findings", "plan"])
  func theEntityTagTellsNoMoreThanTheFindings(answer: String) throws {
    let path = "/v1/labs/mine/\(answer)"
    func tag(_ key: Key) throws -> String {
      try #require(try service.get(path, key.header).headers["etag"])
    }
    func change(_ key: String, _ value: String) throws {
      let patch = try service.send(
        "PATCH", "/v1/labs/secret", "{'\(key)':\(value)}".json, admin.header)
      #expect(patch.status == 200, "\(patch.text)")
    }
    let before = (open: try tag(admin), hidden: try tag(scoped))
    for number in 1...3 { try change("description", "'\(number)'") }
    #expect(try tag(admin) != before.open)
    #expect(try tag(scoped) == before.hidden)
    let known = scoped.header.merging(["If-None-Match": before.hidden]) { $1 }
    #expect(try service.get(path, known).status == 304)
    try change("port_forwards", "null")
    #expect(try service.get(path, known).status == 200)
    #expect(try tag(scoped) != before.hidden)
  }
}
