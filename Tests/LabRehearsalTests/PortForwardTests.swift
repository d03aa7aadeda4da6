import LabCore
import LabRehearsal
import Testing

/// Who gets through a port forward, and as whom.
@Suite(.needsNamespaces, .serialized)
struct PortForwardTests {
  /// Two NAT guests; `a` has the forwards.
  private func natLab(version: String = "7.1") throws -> LabSketch {
    var sketch = try LabSketch(host: HostDraft(uplink: knownLAN), version: version)
    sketch.network("out", .nat)
    sketch.network("admin", .hostOnly, "192.168.56.0/24")
    sketch.network("sealed", .internal)
    sketch.network("shared", .natNetwork, "10.0.77.0/24")
    sketch.machine("a", on("out"))
    sketch.machine("b", on("out"))
    sketch.machine("admin-guest", on("admin"))
    sketch.machine("sealed-guest", on("sealed"))
    sketch.machine("shared-guest", on("shared"))
    return sketch
  }

  @Test func listensOnAllOfTheHost() throws {
    var sketch = try natLab()
    sketch.forward(2222, to: "a")
    let lab = try Rehearsed(sketch)
    #expect(
      lab.ways("host", "a") == ["127.0.0.1:2222", "192.168.1.20:2222", "192.168.56.1:2222"])
    #expect(lab.ways("lan", "a") == ["192.168.1.20:2222"])
    #expect(lab.ways("internet", "a") == [])
    #expect(lab.ways("b", "a") == ["192.168.1.20:2222", "192.168.56.1:2222"])
    #expect(lab.ways("admin-guest", "a") == ["192.168.56.1:2222"])
    #expect(lab.ways("sealed-guest", "a") == [])
    #expect(
      lab.ways("shared-guest", "a")
        == ["10.0.77.2:2222", "192.168.1.20:2222", "192.168.56.1:2222"])
    #expect(lab.ways("a", "b") == [])
  }

  @Test(arguments: [("6.1", true), ("7.0", false), ("7.1", false), ("7.2", false)])
  func onTheLoopbackServesWhoeverReachesIt(version: String, natReachesLoopback: Bool) throws {
    var sketch = try natLab(version: version)
    sketch.forward(2222, to: "a", at: "127.0.0.1")
    let lab = try Rehearsed(sketch)
    #expect(lab.ways("host", "a") == ["127.0.0.1:2222"])
    #expect(lab.ways("lan", "a") == [])
    #expect(lab.ways("b", "a") == (natReachesLoopback ? ["10.0.2.2:2222"] : []))
    #expect(
      lab.ways("shared-guest", "a") == [version == "7.2" ? "10.0.77.1:2222" : "10.0.77.2:2222"])
    #expect(lab.ways("admin-guest", "a") == [])
  }

  @Test func onOneAddressServesThatAlone() throws {
    var sketch = try natLab()
    sketch.forward(2222, to: "a", at: "192.168.56.1")
    sketch.forward(2223, to: "b", at: "192.168.99.9")
    let lab = try Rehearsed(sketch)
    #expect(lab.ways("host", "a") == ["192.168.56.1:2222"])
    #expect(lab.ways("lan", "a") == [])
    #expect(lab.ways("admin-guest", "a") == ["192.168.56.1:2222"])
    #expect(!lab.reaches("host", "b"), "the host has no such address")
  }

  @Test func ofTwoThatClashTheFirstExists() throws {
    var sketch = try natLab()
    sketch.forward(2222, to: "b", at: "127.0.0.1")
    sketch.forward(2222, to: "a", at: "192.168.1.20")
    sketch.forward(2222, to: "shared-guest")
    sketch.forward(2222, to: "shared-guest", transport: .udp)
    let tcp = try Rehearsed(sketch)
    #expect(tcp.ways("host", "b") == ["127.0.0.1:2222"])
    #expect(tcp.ways("host", "a") == ["192.168.1.20:2222"])
    #expect(!tcp.reaches("host", "shared-guest"))
    let udp = try Rehearsed(sketch, .udp)
    #expect(udp.ways("lan", "shared-guest") == ["192.168.1.20:2222"])
    #expect(!udp.reaches("host", "a"))
  }

  /// The guest sees the client's own address, so its answer takes the way to that: here the
  /// bridged adapter's, on which nobody waits for it.
  @Test(arguments: [Probe.tcp, .udp])
  func keepsTheClientsAddress(_ probe: Probe) throws {
    var sketch = try LabSketch(host: HostDraft(uplink: knownLAN))
    sketch.network("office", .bridged)
    sketch.network("out", .nat)
    sketch.machine("web", on("office"), on("out"))
    sketch.machine("peer", on("out"))
    let transport = try #require(PortForward.Transport(rawValue: probe.rawValue))
    sketch.forward(8080, to: "web", 80, slot: 2, transport: transport)
    let lab = try Rehearsed(sketch, probe)
    #expect(lab.ways("host", "web") == ["192.168.1.100", "127.0.0.1:8080"])
    #expect(lab.ways("lan", "web") == ["192.168.1.100"])
    #expect(lab.ways("peer", "web") == ["192.168.1.100"])
  }

  @Test func needsTheWayBackThroughTheEngine() throws {
    var sketch = try LabSketch(host: HostDraft(uplink: knownLAN))
    sketch.network("shared", .natNetwork, "10.0.77.0/24")
    sketch.network("tier", .internal, "10.20.0.0/24")
    // Its default route is another VM, which does not lead back to the engine as it came.
    sketch.machine("web", gateway: "10.20.0.1", on("shared", "10.0.77.10"), on("tier", "10.20.0.5"))
    sketch.machine("gw", forwarding: true, on("tier", "10.20.0.1"))
    sketch.machine("plain", on("shared", "10.0.77.11"))
    sketch.forward(8080, to: "web", 80)
    sketch.forward(8081, to: "plain", 80)
    let lab = try Rehearsed(sketch)
    #expect(lab.ways("host", "web") == ["127.0.0.1:8080"], "appears as the gateway, on link")
    #expect(lab.ways("lan", "web") == [])
    #expect(lab.ways("lan", "plain") == ["192.168.1.20:8081"])
    #expect(
      lab.ways("plain", "web") == ["10.0.77.10", "10.0.77.2:8080"],
      "through the loopback's alias it comes back as the gateway")
  }

  @Test func isNothingWithoutAnEngine() throws {
    var sketch = try LabSketch(host: HostDraft(uplink: knownLAN))
    sketch.network("tier", .internal)
    sketch.machine("web", on("tier"), on(nil))
    sketch.forward(8080, to: "web", 80)
    sketch.forward(8081, to: "web", 80, slot: 2)
    let lab = try Rehearsed(sketch)
    #expect(!lab.reaches("host", "web"))
  }
}
