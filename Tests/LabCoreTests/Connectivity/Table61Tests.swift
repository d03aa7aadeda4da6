import Testing

@testable import LabCore

/// Table 6.1 "Overview of Networking Modes" of the VirtualBox manual, cell by cell.
@Suite struct Table61Tests {
  struct Row: CustomTestStringConvertible, Sendable {
    let mode: NetworkMode
    /// VM to host, host to VM, VM to VM, VM to LAN, LAN to VM.
    let cells: [Cell]

    enum Cell: Sendable { case yes, no, portForward }
    var testDescription: String { mode.rawValue }
  }

  static let rows: [Row] = [
    Row(mode: .hostOnly, cells: [.yes, .yes, .yes, .no, .no]),
    Row(mode: .internal, cells: [.no, .no, .yes, .no, .no]),
    Row(mode: .bridged, cells: [.yes, .yes, .yes, .yes, .yes]),
    Row(mode: .nat, cells: [.yes, .portForward, .no, .yes, .portForward]),
    Row(mode: .natNetwork, cells: [.yes, .portForward, .yes, .yes, .portForward]),
  ]

  @Test(arguments: rows) func comesOutOfTheFabric(row: Row) throws {
    let vms: [(String, [String?])] = [("one", ["net"]), ("two", ["net"])]
    let networks = [NetworkDraft.of("net", row.mode)]
    let plain = try TestLab(networks: networks, vms: vms)
    let forwarded = try TestLab(
      networks: networks, vms: vms, forwards: [.tcp(2222, to: "one", 22)])
    let pairs = [("one", "host"), ("host", "one"), ("two", "one"), ("one", "lan"), ("lan", "one")]
    for (cell, (source, target)) in zip(row.cells, pairs) {
      let without = try #require(plain.outcome(source, target))
      let with = try #require(forwarded.outcome(source, target))
      switch cell {
      case .yes: #expect(without.isReachable && with.isReachable, "\(source) to \(target)")
      case .no where row.mode == .nat:
        #expect(without == .isolatedByNAT, "\(source) to \(target)")
      case .no: #expect(!without.isReachable && !with.isReachable, "\(source) to \(target)")
      case .portForward:
        #expect(without == .isolatedByNAT, "\(source) to \(target)")
        #expect(with == .forwarded, "\(source) to \(target)")
      }
    }
  }

  @Test(arguments: rows) func saysHowForTheInternet(row: Row) throws {
    let lab = try TestLab(
      networks: [.of("net", row.mode)], vms: [("one", ["net"]), ("two", ["net"])])
    let out: Outcome = row.cells[3] == .yes ? .translated : .noRoute
    #expect(lab.outcome("one", "internet") == out)
    let inward: [NetworkMode: Outcome] = [
      .nat: .isolatedByNAT, .natNetwork: .isolatedByNAT, .bridged: .isolatedByNAT,
      .internal: .noRoute, .hostOnly: .noRoute,
    ]
    #expect(lab.outcome("internet", "one") == inward[row.mode])
    #expect(lab.outcome("host", "lan") == .direct)
    #expect(lab.outcome("host", "internet") == .translated)
    #expect(lab.outcome("one", "one") == .itself)
  }

  @Test func internetThatIsNotThereIsOffline() throws {
    let lab = try TestLab(
      networks: [.of("net", .nat), .of("lan-net", .bridged)],
      vms: [("one", ["net"]), ("two", ["lan-net"])],
      host: HostDraft(internet: false, uplink: .example))
    for source in ["one", "two", "host", "lan"] {
      #expect(lab.outcome(source, "internet") == .offline)
      #expect(lab.outcome("internet", source) == .offline)
    }
    #expect(lab.outcome("one", "lan") == .translated)
  }
}
