import Testing

@testable import LabCore

/// The changes that are offered for a blocked pair.
@Suite struct RemedyTests {
  private func summaries(
    _ lab: TestLab, _ source: String, _ target: String, atMost limit: Int = 50
  ) throws -> [String] {
    let from = try #require(lab.lab.endpoint(named: source))
    let to = try #require(lab.lab.endpoint(named: target))
    return remedies(
      from: from, to: to, of: lab.lab, query: ConnectivityQuery(), atMost: limit
    ).remedies.map(\.summary)
  }

  @Test func anOpenPairNeedsNone() throws {
    let lab = try TestLab(
      networks: [.of("net", .internal)], vms: [("a", ["net"]), ("b", ["net"])])
    #expect(try summaries(lab, "a", "b").isEmpty)
  }

  @Test func offersWhatAPersonWouldDoForTwoVMsOnNAT() throws {
    let lab = try TestLab(networks: [.of("out", .nat)], vms: [("a", ["out"]), ("b", ["out"])])
    let offered = try summaries(lab, "a", "b")
    #expect(offered.contains("Forward port 2222 of the host to port 22 of b"))
    #expect(offered.contains("Change \"out\" from NAT to NAT network"))
    #expect(offered.contains("Give a and b an adapter on a new internal network"))
    #expect(offered.contains("Give a and b an adapter on a new NAT network"))
  }

  @Test func offersARouteThroughARouterThatIsThere() throws {
    var left = NetworkDraft.of("left", .internal)
    left.ipv4 = prefix4("10.1.0.0/24")
    var right = NetworkDraft.of("right", .internal)
    right.ipv4 = prefix4("10.2.0.0/24")
    let lab = try TestLab(
      networks: [left, right], vms: [("a", ["left"]), ("b", ["right"]), ("gw", ["left", "right"])])
    #expect(try summaries(lab, "a", "b").contains("Let gw route between them through gw"))
  }

  @Test func offersThePlug() throws {
    var draft = try TestLab(
      networks: [.of("net", .internal)], vms: [("a", ["net"]), ("b", ["net"])]
    ).lab.draft
    draft.vms[0].adapters[0].cableConnected = false
    #expect(
      try summaries(TestLab(draft), "a", "b").first == "Plug in the cable of a on \"net\"")
  }

  @Test func namesTheCellsItChangesBesides() throws {
    let lab = try TestLab(networks: [.of("out", .nat)], vms: [("a", ["out"]), ("b", ["out"])])
    let forward = try #require(
      remedies(from: .host, to: .machine(0), of: lab.lab, query: ConnectivityQuery()).remedies.first
      {
        $0.summary.hasPrefix("Forward")
      })
    #expect(
      forward.sideEffects == [
        "b to a: isolated-by-nat becomes forwarded", "lan to a: isolated-by-nat becomes forwarded",
      ])
    #expect(
      forward.edits == [
        .add(
          JSONPointer.root["port_forwards"],
          .array([
            .object([
              EditMember("protocol", .string("tcp")), EditMember("host_port", .integer(2222)),
              EditMember("vm", .string("a")), EditMember("slot", .integer(1)),
              EditMember("guest_port", .integer(22)),
            ])
          ]))
      ])
  }
}
