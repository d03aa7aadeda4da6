import LabCore
import LabRehearsal
import Testing

/// The same over IPv6, where a lab has it.
@Suite(.needsNamespaces, .serialized)
struct IPv6Tests {
  private func uplink(gateway: String = "2001:db8:1::1") throws -> Uplink {
    Uplink(
      ipv6: try InterfaceAddress(parsing: "2001:db8:1::20/64"), gateway6: address6(gateway))
  }

  /// One VM a mode, on one host.
  private func oneOfEach(_ uplink: Uplink?, version: String = "7.1") throws -> LabSketch {
    var sketch = try LabSketch(host: HostDraft(uplink: uplink), version: version)
    let prefixes: [NetworkMode: String] = [
      .natNetwork: "fd17:625c:f037:77::/64", .internal: "fd00:20::/64", .hostOnly: "fd00:56::/64",
    ]
    for mode in Hypervisor.Product.virtualbox.words {
      sketch.network("on-\(mode.rawValue)", mode, ipv6: prefixes[mode])
      sketch.machine("in-\(mode.rawValue)", on("on-\(mode.rawValue)"))
    }
    return sketch
  }

  private let everybody = [
    "in-nat", "in-nat-network", "in-bridged", "in-internal", "in-host-only", "host", "lan",
    "internet",
  ]

  @Test(arguments: Probe.allCases, ["2001:db8:1::1", "fe80::1"])
  func modesAmongEachOther(_ probe: Probe, gateway: String) throws {
    let lab = try Rehearsed(oneOfEach(uplink(gateway: gateway)), probe, .ipv6)
    #expect(
      lab.matrix(everybody) == [
        ".-+-++++",
        "-.+-++++",
        "--.--+++",
        "---.----",
        "----.+--",
        "--+-+.++",
        "--+--+.+",
        "-------.",
      ])
  }

  @Test func natHasNoneUpTo70() throws {
    let lab = try Rehearsed(oneOfEach(uplink(), version: "7.0"), .tcp, .ipv6)
    #expect(!lab.reaches("in-nat", "host"))
    #expect(lab.reaches("in-nat-network", "host"))
  }

  @Test func aLANOfWhichNothingIsSaidHasNone() throws {
    let lab = try Rehearsed(oneOfEach(nil), .tcp, .ipv6)
    #expect(!lab.reaches("host", "lan"))
    #expect(!lab.reaches("in-bridged", "host"))
    #expect(!lab.reaches("in-nat", "internet"), "the host has no way there itself")
    #expect(lab.reaches("in-nat", "in-host-only"))
  }

  @Test(arguments: [("7.1", "fd17:625c:f037:77::2"), ("7.2", "fd17:625c:f037:77::1")])
  func natNetworksReachTheHostsLoopback(version: String, alias: String) throws {
    let lab = try Rehearsed(oneOfEach(nil, version: version), .tcp, .ipv6)
    #expect(lab.ways("in-nat-network", "host") == ["fd00:56::1", alias])
  }

  @Test func portForwardsAreForIPv4() throws {
    var sketch = try oneOfEach(uplink())
    sketch.forward(2222, to: "in-nat")
    #expect(!(try Rehearsed(sketch, .tcp, .ipv6).reaches("host", "in-nat")))
    #expect(try Rehearsed(sketch, .tcp, .ipv4).reaches("host", "in-nat"))
  }

  @Test func aVMThatForwardsJoinsTwoNetworks() throws {
    var sketch = try LabSketch()
    sketch.network("front", .internal, ipv6: "fd00:20::/64")
    sketch.network("back", .internal, ipv6: "fd00:30::/64")
    func vm(_ name: String, forwarding: Bool = false, gateway: String?, _ adapters: [AdapterDraft])
    {
      sketch.draft.vms.append(
        VirtualMachineDraft(
          name: label(name), forwarding: forwarding, gateway6: gateway.map(address6),
          adapters: adapters))
    }
    func on6(_ network: String, _ address: String) -> AdapterDraft {
      AdapterDraft(network: label(network), address6: address6(address))
    }
    vm(
      "router", forwarding: true, gateway: nil,
      [on6("front", "fd00:20::1"), on6("back", "fd00:30::1")])
    vm("wall", gateway: nil, [on6("front", "fd00:20::2"), on6("back", "fd00:30::2")])
    vm("left", gateway: "fd00:20::1", [on6("front", "fd00:20::10")])
    vm("right", gateway: "fd00:30::1", [on6("back", "fd00:30::10")])
    vm("astray", gateway: "fd00:30::2", [on6("back", "fd00:30::11")])
    let lab = try Rehearsed(sketch, .tcp, .ipv6)
    #expect(lab.matrix(["left", "right", "astray"]) == [".+-", "+.+", "-+."])
  }
}
