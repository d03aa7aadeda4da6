import Testing

@testable import LabCore

/// Who can capture whose frames, by the policies of VirtualBox's `--nic-promisc`.
@Suite struct VisibilityTests {
  /// What `spy` hears on a network of a mode that `a` and `b` are on as well.
  private func heard(
    _ mode: NetworkMode, _ policy: PromiscuousPolicy
  ) throws -> (all: [String], withMachines: [String])? {
    var draft = try TestLab(
      networks: [.of("net", mode)], vms: [("a", ["net"]), ("b", ["net"]), ("spy", ["net"])]
    ).lab.draft
    draft.vms[2].adapters[0].promiscuous = policy
    let lab = try resolve(draft).get()
    guard let segment = visibility(in: lab).first else { return nil }
    let spy = try #require(segment.listeners.first { lab.machines[$0.machine].name.text == "spy" })
    return (spy.captures.map(lab.name), spy.capturesWithMachines.map(lab.name))
  }

  @Test(arguments: [
    (NetworkMode.internal, PromiscuousPolicy.deny, [String](), [String]()),
    (.internal, .allowVMs, ["a", "b"], []),
    (.internal, .allowAll, ["a", "b"], []),
    (.natNetwork, .allowAll, ["a", "b"], []),
    (.hostOnly, .deny, [], []),
    (.hostOnly, .allowVMs, ["a", "b"], ["host"]),
    (.hostOnly, .allowAll, ["a", "b", "host"], []),
    (.bridged, .allowVMs, ["a", "b"], ["host", "lan"]),
    (.bridged, .allowAll, ["a", "b", "host"], ["lan"]),
  ])
  func hears(
    mode: NetworkMode, policy: PromiscuousPolicy, all: [String], withMachines: [String]
  ) throws {
    let heard = try #require(try heard(mode, policy))
    #expect(heard.all == all)
    #expect(heard.withMachines == withMachines)
  }

  @Test func natHasNoSegmentToListenOn() throws {
    #expect(try heard(.nat, .allowAll) == nil)
  }

  @Test func anUnpluggedAdapterHearsNothingAndIsNotHeard() throws {
    var draft = try TestLab(
      networks: [.of("net", .internal)], vms: [("a", ["net"]), ("spy", ["net"])]
    ).lab.draft
    draft.vms[0].adapters[0].cableConnected = false
    draft.vms[1].adapters[0].promiscuous = .allowAll
    let segments = visibility(in: try resolve(draft).get())
    #expect(segments.map { $0.listeners.map(\.machine) } == [[1]])
    #expect(segments.first?.listeners.first?.captures == [])
  }
}
