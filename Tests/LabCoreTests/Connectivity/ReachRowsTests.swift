import Testing

@testable import LabCore

/// Who reaches whom by TCP between two VMs of one adapter each, as VirtualBox's manuals and sources
/// have it: no forwarding on the host, open firewalls, port forwards bound to all addresses.
@Suite struct ReachRowsTests {
  enum Attachment: String, Sendable {
    case notAttached, nat, natNetwork, bridged, `internal`, hostOnly
  }
  enum Networks: String, Sendable { case same, different }

  struct Row: CustomTestStringConvertible, Sendable {
    let from: Attachment
    let to: Attachment
    let networks: Networks
    let forward: Bool
    let reaches: Bool

    init(
      _ from: Attachment, _ to: Attachment, _ networks: Networks, forward: Bool, reaches: Bool
    ) {
      self.from = from
      self.to = to
      self.networks = networks
      self.forward = forward
      self.reaches = reaches
    }

    var testDescription: String {
      "\(from) to \(to), \(networks) network\(forward ? ", port forward" : "")"
    }
  }

  static let rows: [Row] = [
    Row(.notAttached, .notAttached, .different, forward: true, reaches: false),
    Row(.notAttached, .nat, .different, forward: true, reaches: false),
    Row(.notAttached, .natNetwork, .different, forward: false, reaches: false),
    Row(.notAttached, .bridged, .different, forward: true, reaches: false),
    Row(.notAttached, .internal, .different, forward: false, reaches: false),
    Row(.notAttached, .internal, .different, forward: true, reaches: false),
    Row(.notAttached, .hostOnly, .different, forward: true, reaches: false),
    Row(.nat, .notAttached, .different, forward: true, reaches: false),
    Row(.nat, .nat, .different, forward: false, reaches: false),
    Row(.nat, .nat, .different, forward: true, reaches: true),
    Row(.nat, .natNetwork, .different, forward: true, reaches: true),
    Row(.nat, .internal, .different, forward: true, reaches: false),
    Row(.nat, .hostOnly, .different, forward: true, reaches: true),
    Row(.natNetwork, .natNetwork, .same, forward: false, reaches: true),
    Row(.natNetwork, .natNetwork, .same, forward: true, reaches: true),
    Row(.natNetwork, .internal, .same, forward: true, reaches: true),
    Row(.bridged, .notAttached, .different, forward: true, reaches: false),
    Row(.bridged, .nat, .different, forward: false, reaches: false),
    Row(.bridged, .natNetwork, .different, forward: false, reaches: false),
    Row(.bridged, .natNetwork, .different, forward: true, reaches: true),
    Row(.bridged, .bridged, .same, forward: false, reaches: true),
    Row(.internal, .notAttached, .different, forward: true, reaches: false),
    Row(.internal, .natNetwork, .same, forward: false, reaches: true),
    Row(.internal, .natNetwork, .different, forward: false, reaches: false),
    Row(.internal, .hostOnly, .different, forward: false, reaches: false),
    Row(.internal, .hostOnly, .different, forward: true, reaches: false),
    Row(.hostOnly, .nat, .different, forward: false, reaches: false),
    Row(.hostOnly, .natNetwork, .different, forward: false, reaches: false),
    Row(.hostOnly, .natNetwork, .different, forward: true, reaches: true),
    Row(.hostOnly, .bridged, .different, forward: false, reaches: false),
    Row(.hostOnly, .hostOnly, .same, forward: false, reaches: true),
    Row(.hostOnly, .hostOnly, .different, forward: true, reaches: false),
  ]

  @Test(arguments: rows) func holds(row: Row) throws {
    let lab = try TestLab(
      networks: [network("a", row.from), network("b", row.to)].compactMap { $0 }
        .enumerated().map { index, network in
          var network = network
          if row.networks == .same { network.hypervisorName = "shared" }
          return network
        },
      vms: [
        ("source", [row.from == .notAttached ? nil : "a"]),
        ("target", [row.to == .notAttached ? nil : "b"]),
      ],
      forwards: row.forward ? [.tcp(2222, to: "target", 22)] : [])
    let outcome = try #require(lab.outcome("source", "target"))
    #expect(outcome.isReachable == row.reaches, "\(outcome)")
  }

  private func network(_ name: String, _ attachment: Attachment) -> NetworkDraft? {
    switch attachment {
    case .notAttached: nil
    case .nat: .of(name, .nat)
    case .natNetwork: .of(name, .natNetwork)
    case .bridged: .of(name, .bridged)
    case .internal: .of(name, .internal)
    case .hostOnly: .of(name, .hostOnly)
    }
  }

  @Test func guestsOnNATFindTheHostsLoopbackByVersionAndSwitch() throws {
    func dialsLoopback(_ version: String, _ reachable: Bool?) throws -> Bool {
      var network = NetworkDraft.of("net", .nat)
      network.localhostReachable = reachable
      let lab = try TestLab(networks: [network], vms: [("one", ["net"])], version: version)
      return lab.explain("one", "host")?.dials.contains { $0.address == "10.0.2.2" } ?? false
    }
    #expect(try dialsLoopback("6.1", nil))
    #expect(try !dialsLoopback("7.0", nil))
    #expect(try dialsLoopback("7.1", true))
    #expect(try !dialsLoopback("7.2", false))
  }

  @Test func forwardsOnTheLoopbackServeTheHostAlone() throws {
    let lab = try TestLab(
      networks: [.of("net", .nat), .of("shared", .natNetwork)],
      vms: [("one", ["net"]), ("two", ["net"]), ("three", ["shared"])],
      forwards: [.tcp(2222, to: "one", 22, on: "127.0.0.1")])
    #expect(lab.outcome("host", "one") == .forwarded)
    #expect(lab.outcome("lan", "one") == .isolatedByNAT)
    #expect(lab.outcome("two", "one") == .isolatedByNAT)
    // A NAT network opens the host's loopback to its guests.
    #expect(lab.outcome("three", "one") == .forwarded)
  }
}
