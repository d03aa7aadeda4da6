import LabCore
import LabRehearsal
import Testing

/// Labs of several modes, several adapters, routers, and mistakes.
@Suite(.needsNamespaces, .serialized)
struct MixedLabTests {
  /// One VM a mode, on one host.
  private func oneOfEach(_ host: HostDraft = HostDraft(uplink: knownLAN)) throws -> LabSketch {
    var sketch = try LabSketch(host: host)
    for mode in Hypervisor.Product.virtualbox.words {
      sketch.network("on-\(mode.rawValue)", mode)
      sketch.machine("in-\(mode.rawValue)", on("on-\(mode.rawValue)"))
    }
    return sketch
  }

  private let everybody = [
    "in-nat", "in-nat-network", "in-bridged", "in-internal", "in-host-only", "host", "lan",
    "internet",
  ]

  @Test(arguments: Probe.allCases)
  func modesAmongEachOther(_ probe: Probe) throws {
    let lab = try Rehearsed(oneOfEach(), probe)
    #expect(
      lab.matrix(everybody) == [
        ".-+-++++",  // NAT goes wherever the host goes
        "-.+-++++",  // so does a NAT network
        "--.--+++",  // bridged: the LAN
        "---.----",
        "----.+--",  // host-only: the host
        "--+-+.++",
        "--+--+.+",
        "-------.",
      ])
  }

  @Test func aHostThatForwardsChangesLittleWithoutAWayBack() throws {
    let lab = try Rehearsed(oneOfEach(HostDraft(forwarding: true, uplink: knownLAN)))
    #expect(!lab.reaches("in-host-only", "lan"))
    #expect(!lab.reaches("lan", "in-host-only"))
    #expect(!lab.reaches("in-bridged", "in-host-only"))
  }

  @Test(arguments: [false, true])
  func aHostThatForwardsJoinsThoseWhoKnowTheWay(_ forwarding: Bool) throws {
    var sketch = try LabSketch(host: HostDraft(forwarding: forwarding, uplink: knownLAN))
    sketch.network("office", .bridged)
    sketch.network("admin", .hostOnly, "192.168.56.0/24")
    sketch.machine(
      "on-lan", routes: [("192.168.56.0/24", "192.168.1.20")], on("office", "192.168.1.50"))
    sketch.machine("inside", gateway: "192.168.56.1", on("admin", "192.168.56.10"))
    let lab = try Rehearsed(sketch)
    #expect(lab.reaches("on-lan", "inside") == forwarding)
    #expect(lab.reaches("inside", "on-lan") == forwarding)
    #expect(!lab.reaches("inside", "lan"), "the LAN has no way back")
    #expect(!lab.reaches("inside", "internet"))
  }

  @Test(arguments: Probe.allCases)
  func anUnknownLANIsMeasuredAllTheSame(_ probe: Probe) throws {
    var sketch = try LabSketch()
    sketch.network("office", .bridged)
    sketch.machine("a", on("office"))
    sketch.machine("b", on("office"))
    let lab = try Rehearsed(sketch, probe)
    #expect(
      lab.matrix(["a", "b", "host", "lan", "internet"]) == [
        ".++++", "+.+++", "++.++", "+++.+", "----.",
      ])
  }

  @Test func withoutInternetNobodyGetsThere() throws {
    let lab = try Rehearsed(oneOfEach(HostDraft(internet: false, uplink: knownLAN)))
    #expect(!lab.measurement.stations.contains(.internet))
    #expect(!lab.reaches("host", "internet"))
    #expect(lab.reaches("in-nat", "lan"))
  }

  @Test(arguments: [("7.1", "10.0.77.2"), ("7.2", "10.0.77.1")])
  func natNetworksReachTheHostsLoopback(version: String, alias: String) throws {
    var sketch = try LabSketch(host: HostDraft(uplink: knownLAN), version: version)
    sketch.network("shared", .natNetwork, "10.0.77.0/24")
    sketch.machine("a", on("shared"))
    #expect(try Rehearsed(sketch).ways("a", "host") == ["192.168.1.20", alias])
  }

  /// VirtualBox has a switch for it from 7.0 on.
  @Test(arguments: [
    ("6.1", nil, true), ("7.0", nil, false), ("7.1", nil, false), ("7.1", true, true),
    ("6.1", false, true),
  ])
  func natReachesTheHostsLoopbackWhereItMay(
    version: String, setting: Bool?, reaches: Bool
  ) throws {
    var sketch = try LabSketch(host: HostDraft(uplink: knownLAN), version: version)
    sketch.network("out", .nat, localhostReachable: setting)
    sketch.machine("a", on("out"))
    let ways: Set = reaches ? ["192.168.1.20", "10.0.2.2"] : ["192.168.1.20"]
    #expect(try Rehearsed(sketch).ways("a", "host") == ways)
  }

  @Test func internalNetworksOfANATNetworksNameJoinIt() throws {
    var sketch = try LabSketch(host: HostDraft(uplink: knownLAN))
    sketch.network("inner", .internal, called: "shared")
    sketch.network("shared", .natNetwork, "10.0.77.0/24")
    sketch.machine("a", on("inner"))
    sketch.machine("b", on("shared"))
    let lab = try Rehearsed(sketch)
    #expect(lab.matrix(["a", "b", "internet"]) == [".++", "+.+", "--."])
  }

  @Test func networksOfTheSameKindAreApart() throws {
    var sketch = try LabSketch(host: HostDraft(uplink: knownLAN))
    for mode in [NetworkMode.natNetwork, .internal, .hostOnly] {
      for side in ["left", "right"] {
        sketch.network("\(mode.rawValue)-\(side)", mode)
        sketch.machine("\(side)-\(mode.rawValue)", on("\(mode.rawValue)-\(side)"))
      }
    }
    let lab = try Rehearsed(sketch)
    for mode in ["nat-network", "internal", "host-only"] {
      #expect(!lab.reaches("left-\(mode)", "right-\(mode)"))
    }
  }

  @Test func aVMThatForwardsJoinsTwoNetworks() throws {
    var sketch = try LabSketch(host: HostDraft(uplink: knownLAN))
    sketch.network("front", .internal, "10.20.0.0/24")
    sketch.network("back", .internal, "10.30.0.0/24")
    sketch.machine("router", forwarding: true, on("front", "10.20.0.1"), on("back", "10.30.0.1"))
    sketch.machine("wall", on("front", "10.20.0.2"), on("back", "10.30.0.2"))
    sketch.machine("left", gateway: "10.20.0.1", on("front", "10.20.0.10"))
    sketch.machine("right", gateway: "10.30.0.1", on("back", "10.30.0.10"))
    sketch.machine("astray", gateway: "10.30.0.2", on("back", "10.30.0.11"))
    let lab = try Rehearsed(sketch)
    #expect(lab.matrix(["left", "right", "astray"]) == [".+-", "+.+", "-+."])
  }

  @Test func aNATRouterHasNoWayBackToAGuestBehindAGuest() throws {
    var sketch = try LabSketch(host: HostDraft(uplink: knownLAN))
    sketch.network("out", .nat)
    sketch.network("office", .bridged)
    sketch.network("tier", .internal, "10.20.0.0/24")
    sketch.machine("gw", forwarding: true, on("out"), on("tier", "10.20.0.1"))
    sketch.machine("lan-gw", forwarding: true, on("office"), on("tier", "10.20.0.2"))
    sketch.machine("behind", gateway: "10.20.0.1", on("tier", "10.20.0.10"))
    sketch.machine("behind-lan", gateway: "10.20.0.2", on("tier", "10.20.0.11"))
    for probe in Probe.allCases {
      let lab = try Rehearsed(sketch, probe)
      #expect(lab.reaches("gw", "internet"))
      #expect(!lab.reaches("behind", "internet"))
      #expect(!lab.reaches("behind", "host"))
      #expect(lab.reaches("lan-gw", "internet"))
      #expect(!lab.reaches("behind-lan", "internet"))
      #expect(!lab.reaches("behind-lan", "lan"))
    }
  }

  @Test func theClassicCombination() throws {
    var sketch = try LabSketch(host: HostDraft(uplink: knownLAN))
    sketch.network("out", .nat)
    sketch.network("admin", .hostOnly, "192.168.56.0/24")
    sketch.machine("a", on("out"), on("admin"))
    sketch.machine("b", on("out"), on("admin"))
    let lab = try Rehearsed(sketch)
    #expect(
      lab.matrix(["a", "b", "host", "lan", "internet"]) == [
        ".++++", "+.+++", "++.++", "--+.+", "----.",
      ])
    #expect(lab.ways("a", "b") == ["192.168.56.102"])
  }

  @Test func theLowestSlotsRouterWins() throws {
    var sketch = try LabSketch(host: HostDraft(uplink: knownLAN))
    sketch.network("tier", .internal, "10.20.0.0/24", gateway: "10.20.0.1")
    sketch.network("out", .nat)
    sketch.machine("lost", on("tier"), on("out"))
    sketch.machine("found", on("out"), on("tier"))
    let lab = try Rehearsed(sketch)
    #expect(!lab.reaches("lost", "internet"), "its default route leads to nobody")
    #expect(lab.reaches("found", "internet"))
  }

  @Test func adaptersWithoutACableOrNetworkHearNothing() throws {
    var sketch = try LabSketch(host: HostDraft(uplink: knownLAN))
    sketch.network("tier", .internal, "10.20.0.0/24")
    sketch.machine("a", on("tier"))
    sketch.machine("cut", on("tier", cable: false))
    sketch.machine("loose", on(nil))
    sketch.machine("bare")
    let lab = try Rehearsed(sketch)
    for name in ["cut", "loose", "bare"] {
      #expect(!lab.reaches("a", name))
      #expect(!lab.reaches(name, "a"))
    }
  }

  @Test func guestsWithLinkLocalAddressesTalk() throws {
    var sketch = try LabSketch(host: HostDraft(uplink: knownLAN))
    sketch.network("tier", .internal, "169.254.0.0/16")
    sketch.machine("a", on("tier"))
    sketch.machine("b", on("tier"))
    #expect(try Rehearsed(sketch).matrix(["a", "b", "host"]) == [".+-", "+.-", "--."])
  }

  // MARK: Planted mistakes

  @Test func aHostOnlyPrefixEqualToTheLANsHidesItsGuestFromTheHost() throws {
    var uplink = knownLAN
    uplink.gateway = address("192.168.1.254")
    var sketch = try LabSketch(host: HostDraft(uplink: uplink))
    sketch.network("admin", .hostOnly, "192.168.1.0/24")
    sketch.machine("guest", on("admin", "192.168.1.60"))
    let lab = try Rehearsed(sketch)
    #expect(!lab.reaches("host", "guest"))
    #expect(lab.reaches("host", "lan"))
  }

  @Test func aLANWithTheEnginesPrefixHidesItFromGuests() throws {
    let uplink = Uplink(ipv4: interfaceAddress("10.0.2.2/24"), gateway: address("10.0.2.1"))
    var sketch = try LabSketch(host: HostDraft(uplink: uplink))
    sketch.network("out", .nat)
    sketch.machine("a", on("out"))
    let lab = try Rehearsed(sketch)
    #expect(!lab.reaches("a", "host"), "10.0.2.2 is the engine itself there")
    #expect(!lab.reaches("a", "lan"))
    #expect(lab.reaches("a", "internet"))
  }

  @Test func theSameAddressTwiceIsNeverTwoMachines() throws {
    var sketch = try LabSketch(host: HostDraft(uplink: knownLAN))
    sketch.network("tier", .internal, "10.20.0.0/24")
    sketch.machine("first", on("tier", "10.20.0.5"))
    sketch.machine("second", on("tier", "10.20.0.5"))
    sketch.machine("third", on("tier", "10.20.0.6"))
    let lab = try Rehearsed(sketch)
    #expect(!(lab.reaches("third", "first") && lab.reaches("third", "second")))
    #expect(!lab.reaches("first", "second"))
  }

  @Test func impossibleRoutesAreLeftOut() throws {
    var sketch = try LabSketch(host: HostDraft(uplink: knownLAN))
    sketch.network("tier", .internal, "10.20.0.0/24")
    sketch.machine(
      "a", gateway: "172.16.0.1", routes: [("10.30.0.0/24", "172.16.0.1")], on("tier"))
    sketch.machine("b", on("tier"))
    #expect(try Rehearsed(sketch).matrix(["a", "b"]) == [".+", "+."])
  }

  @Test func anAdapterAddressTheKernelRefusesIsAnErrorInWords() throws {
    var sketch = try LabSketch()
    sketch.network("tier", .internal)
    sketch.machine("a", on("tier", mac: "00:00:00:00:00:00"))
    let lab = try sketch.lab()
    #expect(throws: RehearsalError.self) {
      try Rehearsal(lab: lab, plan: assignAddresses(in: lab)).run()
    }
  }
}
