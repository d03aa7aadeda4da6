import Testing

@testable import LabCore

/// Labs in which one prefix is in use twice.
@Suite struct PrefixClashTests {
  private func first(_ lab: TestLab, _ source: String, _ target: String) throws -> Remedy? {
    let from = try #require(lab.lab.endpoint(named: source))
    let to = try #require(lab.lab.endpoint(named: target))
    return remedies(from: from, to: to, of: lab.lab, query: ConnectivityQuery()).remedies.first
  }

  @Test func theLANHasNATsPrefix() throws {
    let lab = try TestLab(
      yaml: """
        name: nat-is-lan
        host: {uplink: {kind: wired, ipv4: 10.0.2.40/24, gateway: 10.0.2.1}}
        networks:
          - {name: mgmt, mode: nat}
          - {name: admin, mode: host-only, ipv4: 192.168.59.0/24}
        vms: [{name: box, adapters: [{network: mgmt}, {network: admin}]}]
        """)
    #expect(lab.outcome("box", "lan") == .addressConflict)
    #expect(lab.outcome("box", "internet") == .translated)
    let remedy = try #require(try first(lab, "box", "lan"))
    #expect(remedy.summary == "Give \"mgmt\" the prefix 192.168.56.0/24")
    #expect(
      remedy.edits == [
        .add(JSONPointer.root["networks"][0]["ipv4"], .string("192.168.56.0/24"))
      ])
  }

  @Test func theWiFiHasTheHostOnlyNetworksPrefix() throws {
    let lab = try TestLab(
      yaml: """
        name: wifi-is-host-only
        host: {uplink: {kind: wireless, ipv4: 192.168.99.23/24, gateway: 192.168.99.1}}
        networks: [{name: admin, mode: host-only, ipv4: 192.168.99.0/24}]
        vms: [{name: box, adapters: [{network: admin, address: 192.168.99.100}]}]
        """)
    #expect(lab.outcome("host", "box") == .addressConflict)
    let remedy = try #require(try first(lab, "host", "box"))
    #expect(remedy.summary == "Give \"admin\" the prefix 192.168.56.0/24")
    #expect(
      remedy.edits == [
        .replace(JSONPointer.root["networks"][0]["ipv4"], .string("192.168.56.0/24")),
        .replace(
          JSONPointer.root["vms"][0]["adapters"][0]["address"], .string("192.168.56.100")),
      ])
  }
}
