import Testing

@testable import LabCore

/// What a person reads for each outcome, and the path it tells of.
@Suite struct ExplanationTests {
  private func mixed() throws -> TestLab {
    var backend = NetworkDraft.of("backend", .internal)
    backend.ipv4 = prefix4("10.20.0.0/24")
    var admin = NetworkDraft.of("admin", .hostOnly)
    admin.gateway = .address(address4("192.168.56.1"))
    return try TestLab(
      networks: [
        .of("out", .nat), .of("shared", .natNetwork), backend, admin, .of("office", .bridged),
      ],
      vms: [
        ("alone", ["out"]), ("served", ["out"]), ("a", ["shared"]), ("b", ["shared"]),
        ("db", ["backend"]), ("ops", ["admin"]), ("desk", ["office"]), ("idle", [nil]),
      ],
      forwards: [.tcp(2222, to: "served", 22)])
  }

  @Test(arguments: [
    ("a", "b", "a and b are on the NAT network \"shared\" and talk directly."),
    ("desk", "lan", "desk and the LAN machine are on the LAN and talk directly."),
    (
      "alone", "ops",
      "alone reaches ops through the NAT router of alone, which opens the connection in its own "
        + "name; ops sees 192.168.56.1 as the sender."
    ),
    (
      "desk", "internet",
      "desk reaches the internet through the LAN's router, which opens the connection in its own "
        + "name."
    ),
    (
      "lan", "served",
      "the LAN machine reaches served only through a port forward of the host: it dials "
        + "192.168.1.20 port 2222, and the host hands the connection to port 22."
    ),
    (
      "a", "alone",
      "a cannot reach alone: alone is behind a NAT router of its own, which lets nothing in by "
        + "itself; there is no port forward to it."
    ),
    (
      "db", "served",
      "db cannot reach served: served is behind a NAT router of its own, which lets nothing in by "
        + "itself; its port forward does not serve db."
    ),
    ("db", "ops", "db cannot reach ops at 192.168.56.101: db has no route to 192.168.56.101."),
    (
      "db", "internet",
      "db cannot reach the internet: no network of db has a router that leads there."
    ),
    (
      "ops", "desk",
      "ops cannot reach desk: the packet reaches the host, which does not pass on packets for "
        + "others."
    ),
    ("idle", "a", "idle has no adapter that is attached and plugged in."),
    ("a", "a", "a is one machine; it reaches itself."),
  ])
  func says(source: String, target: String, text: String) throws {
    #expect(try mixed().explain(source, target)?.explanation == text)
  }

  @Test func tellsEveryHopAndWhatIsTranslated() throws {
    let explanation = try #require(try mixed().explain("alone", "ops"))
    #expect(
      explanation.path == [
        PathHop(node: "alone", via: "out", address: "10.0.2.15", translation: nil),
        PathHop(
          node: "router:out", via: "out", address: "10.0.2.2",
          translation: "10.0.2.15 becomes 192.168.56.1"),
        PathHop(node: "host", via: "admin", address: "192.168.56.1", translation: nil),
        PathHop(node: "ops", via: "admin", address: "192.168.56.101", translation: nil),
      ])
    #expect(explanation.dials.map(\.address) == ["192.168.56.101"])
  }

  @Test func listsEveryAddressThatWorks() throws {
    let dials = try #require(try mixed().explain("lan", "served")).dials
    #expect(
      dials == [
        DialAddress(
          address: "192.168.1.20", port: 2222, adapter: .init(machine: "served", slot: 1))
      ])
    let fromHost = try #require(try mixed().explain("host", "served")).dials
    #expect(fromHost.map(\.address) == ["127.0.0.1", "192.168.1.20", "192.168.56.1"])
  }

  @Test func neverShowsAStandIn() throws {
    let lab = try TestLab(
      networks: [.of("office", .bridged)], vms: [("desk", ["office"]), ("peer", ["office"])],
      host: nil)
    let explanation = try #require(lab.explain("desk", "peer"))
    #expect(explanation.outcome == .direct)
    #expect(explanation.dials.map(\.address) == [nil])
    #expect(explanation.path.map(\.address) == [nil, nil])
  }

  @Test func namesTheAnswerThatGetsLost() throws {
    var backend = NetworkDraft.of("backend", .internal)
    backend.ipv4 = prefix4("10.20.0.0/24")
    backend.gateway = .address(address4("10.20.0.1"))
    var draft = try TestLab(
      networks: [backend, .of("shared", .natNetwork)],
      vms: [("db", ["backend"]), ("gw", ["backend", "shared"])]
    ).lab.draft
    draft.vms[1].forwarding = true
    draft.vms[1].adapters[0].address = address4("10.20.0.1")
    let explanation = try #require(try TestLab(draft).explain("db", "internet"))
    #expect(explanation.outcome == .noReturnRoute)
    #expect(
      explanation.explanation
        == "The packet of db arrives, but the answer does not come back: the router of \"shared\" "
        + "looks for 10.20.0.2 on its own network, and nobody there has that address.")
  }
}
