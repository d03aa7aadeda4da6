import LabCore
import Testing

@testable import LabRehearsal

/// The addresses of machines that a document leaves open.
struct StandInAddressesTests {
  private func standIns(_ sketch: LabSketch) throws -> StandInAddresses<IPv4Address> {
    let lab = try sketch.lab()
    return StandInAddresses(for: lab, plan: assignAddresses(in: lab))
  }

  @Test func ofALANOfWhichNothingIsKnown() throws {
    var sketch = try LabSketch()
    sketch.network("office", .bridged)
    sketch.machine("a", on("office"))
    let standIns = try standIns(sketch)
    #expect(standIns.lan == prefix("192.0.2.0/24"))
    #expect(standIns.lanRouter == address("192.0.2.1"))
    #expect(standIns.host == interfaceAddress("192.0.2.2/24"))
    #expect(standIns.lanPeer == address("192.0.2.3"))
    #expect(Array(standIns.leases.values) == [address("192.0.2.4")])
    #expect(standIns.internet == prefix("198.51.100.0/24"))
  }

  @Test func ofALANOfWhichAllIsKnown() throws {
    var sketch = try LabSketch(host: HostDraft(uplink: knownLAN))
    sketch.network("office", .bridged)
    sketch.machine("a", on("office", "192.168.1.2"))
    sketch.machine("b", on("office"))
    let standIns = try standIns(sketch)
    #expect(standIns.lan == prefix("192.168.1.0/24"))
    #expect(standIns.lanRouter == address("192.168.1.1"))
    #expect(standIns.host == interfaceAddress("192.168.1.20/24"))
    #expect(standIns.lanPeer == address("192.168.1.3"), "outside the pool, free")
    #expect(Array(standIns.leases.values) == [address("192.168.1.100")], "inside the pool")
  }

  @Test(arguments: [
    (Uplink(gateway: address("10.1.2.1")), "10.1.2.0/24"),
    (
      Uplink(dhcp: AddressRange(first: address("10.1.2.100"), last: address("10.1.3.200"))),
      "10.1.2.0/23"
    ),
    (Uplink(), "10.9.8.0/24"),
  ])
  func takeThePrefixFromWhatIsKnown(_ uplink: Uplink, _ lan: String) throws {
    var sketch = try LabSketch(host: HostDraft(uplink: uplink))
    sketch.network("office", .bridged)
    sketch.machine("a", lan == "10.9.8.0/24" ? on("office", "10.9.8.7") : on("office"))
    #expect(try standIns(sketch).lan == prefix(lan))
  }

  @Test func keepClearOfTheLabsOwn() throws {
    var sketch = try LabSketch(host: HostDraft(occupied: [.ipv4(prefix("203.0.113.0/24"))]))
    sketch.network("one", .internal, "192.0.2.0/24")
    sketch.network("two", .hostOnly, "198.51.100.0/25")
    let standIns = try standIns(sketch)
    #expect(standIns.lan == prefix("198.18.0.0/24"))
    #expect(standIns.internet == prefix("198.18.1.0/24"))
  }

  @Test func runOutInASmallLAN() throws {
    let uplink = Uplink(
      ipv4: interfaceAddress("192.168.1.2/30"), gateway: address("192.168.1.1"))
    let standIns = try standIns(LabSketch(host: HostDraft(uplink: uplink)))
    #expect(standIns.lanRouter == address("192.168.1.1"))
    #expect(standIns.lanPeer == nil)
  }
}
