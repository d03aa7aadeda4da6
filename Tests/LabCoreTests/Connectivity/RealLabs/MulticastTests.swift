import Testing

@testable import LabCore

/// What is found by asking everybody on the link.
@Suite struct MulticastTests {
  private let query = ConnectivityQuery(transport: .multicast)

  @Test func staysOnOneNetwork() throws {
    let lab = try TestLab(
      networks: [.of("out", .nat), .of("admin", .hostOnly), .of("office", .bridged)],
      vms: [("mint", ["out"]), ("box", ["admin"]), ("peer", ["admin"]), ("desk", ["office"])])
    #expect(lab.outcome("mint", "host", query) == .noRoute)
    #expect(lab.outcome("host", "mint", query) == .noRoute)
    #expect(lab.outcome("box", "host", query) == .direct)
    #expect(lab.outcome("box", "peer", query) == .direct)
    #expect(lab.outcome("desk", "lan", query) == .direct)
    #expect(lab.outcome("desk", "internet", query) == .noRoute)
    #expect(
      lab.explain("mint", "host", query)?.explanation
        == "mint and the host share no network, and no router passes multicast on.")
  }

  @Test func firewallsKeepItOut() throws {
    func outcome(_ firewall: String) throws -> Outcome? {
      try TestLab(
        yaml: """
          name: multicast
          networks: [{name: lab, mode: internal, ipv4: 10.9.0.0/24}]
          vms:
            - {name: a, adapters: [{network: lab}]}
            - {name: b, firewall: \(firewall), adapters: [{network: lab}]}
          """
      ).outcome("a", "b", query)
    }
    #expect(try outcome("windows-public") == .filtered)
    #expect(
      try outcome("{inbound: {policy: deny, except: [{protocol: udp, port: 5353}]}}") == .filtered,
      "of any port nothing is known")
    #expect(try outcome("{inbound: {policy: deny, except: [{protocol: udp}]}}") == .direct)
  }
}
