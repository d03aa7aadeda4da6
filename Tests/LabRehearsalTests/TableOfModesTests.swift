import LabCore
import LabRehearsal
import Testing

/// Table 6.1 of the VirtualBox manual, "Overview of Networking Modes", measured.
@Suite(.needsNamespaces, .serialized)
struct TableOfModesTests {
  struct Row: CustomTestStringConvertible {
    let mode: NetworkMode
    /// From a VM to the host, another VM, the LAN and the internet.
    let fromVM: [Bool]
    /// To a VM from the host, the LAN and the internet, without a port forward.
    let toVM: [Bool]
    /// The same with one.
    let withForward: [Bool]

    var testDescription: String { mode.rawValue }
  }

  // Bridged VMs are on the LAN, and the LAN's router lets nothing in from the internet.
  static let rows = [
    Row(
      mode: .hostOnly, fromVM: [true, true, false, false], toVM: [true, false, false],
      withForward: [true, false, false]),
    Row(
      mode: .internal, fromVM: [false, true, false, false], toVM: [false, false, false],
      withForward: [false, false, false]),
    Row(
      mode: .bridged, fromVM: [true, true, true, true], toVM: [true, true, false],
      withForward: [true, true, false]),
    Row(
      mode: .nat, fromVM: [true, false, true, true], toVM: [false, false, false],
      withForward: [true, true, false]),
    Row(
      mode: .natNetwork, fromVM: [true, true, true, true], toVM: [false, false, false],
      withForward: [true, true, false]),
  ]

  @Test(arguments: rows, [Probe.tcp, .udp, .icmp])
  func measures(_ row: Row, _ probe: Probe) throws {
    var sketch = try LabSketch()
    sketch.network("net", row.mode)
    sketch.machine("a", on("net"))
    sketch.machine("b", on("net"))
    sketch.machine("c", on("net"))
    let plain = try Rehearsed(sketch, probe)
    #expect(
      ["host", "b", "lan", "internet"].map { plain.reaches("a", $0) } == row.fromVM)
    #expect(["host", "lan", "internet"].map { plain.reaches($0, "a") } == row.toVM)
    #expect(plain.reaches("c", "b") == row.fromVM[1])

    guard let transport = PortForward.Transport(rawValue: probe.rawValue) else { return }
    sketch.forward(2222, to: "a", transport: transport)
    let forwarded = try Rehearsed(sketch, probe)
    #expect(["host", "lan", "internet"].map { forwarded.reaches($0, "a") } == row.withForward)
  }
}
