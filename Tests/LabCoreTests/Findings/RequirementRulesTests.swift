import Testing

@testable import LabCore

/// Rules on what the document requires.
@Suite struct RequirementRulesTests {
  static let networks = [
    network("out", .nat), network("a", .internal), network("b", .internal),
    network("shared", .natNetwork), network("admin", .hostOnly),
  ]

  @Test func unmetRequirement() throws {
    try expect(
      .unmetRequirement,
      in: lab(
        Self.networks, [vm("x", on("a")), vm("y", on("b")), vm("z", on("out"), on("a"))],
        requirements: [
          require("vms", to: "y"), require("x", to: "internet", port: 443),
          require("host", to: "x", .icmp), require("x", to: "z", allow: false),
          require("z", to: "internet", .udp, allow: false), require("x", to: "z"),
        ]),
      finds: """
        error /requirements/0: "x" does not reach "y": there is no route (and 1 more pair)
          see /vms/0
          see /vms/1
        error /requirements/1: "x" does not reach tcp port 443 of the internet: there is no route
          see /vms/0
        error /requirements/2: the host does not reach "x" by ping: there is no route
          see /vms/0
        error /requirements/3: "x" reaches "z", which must not be possible: they are on one segment
          see /vms/0
          see /vms/2
        error /requirements/4: "z" reaches the internet by udp, which must not be possible: a NAT \
        leads there
          see /vms/2
        """)
  }

  /// A requirement without findings of error is met, and the other way round.
  @Test(arguments: 0..<10)
  func everyUnmetRequirementHasAnError(block: UInt64) throws {
    for seed in block * 20..<(block + 1) * 20 {
      var source = RiskyLab(seed: seed)
      let lab = try resolve(source.draft()).get()
      guard !lab.requirements.isEmpty else { continue }
      let plan = assignAddresses(in: lab)
      let found = findings(in: lab, plan: plan).filter { $0.severity == .error }
      let fabric = compileFabric(lab: lab, plan: plan, family: .ipv4)
      for (index, requirement) in lab.requirements.enumerated() {
        let query = ConnectivityQuery(transport: requirement.transport, port: requirement.port)
        let solver = PairSolver(fabric: fabric, query: query)
        let isMet = lab.pairs(of: requirement).allSatisfy { source, target in
          requirement.isMet(
            by: solver.outcome(from: fabric.node(of: source), to: fabric.node(of: target)))
        }
        let pointer = JSONPointer.root["requirements"][index]
        let isFound = found.contains { $0.pointer == pointer || $0.related.contains(pointer) }
        try #require(isFound == !isMet, "seed \(seed), requirement \(index)")
      }
    }
  }

  @Test func isolatedByNAT() throws {
    try expect(
      .isolatedByNAT,
      in: lab(
        [
          network("out", .nat, dhcp: .standard, localhostReachable: true),
          network("shared", .natNetwork),
        ],
        [vm("x", on("out")), vm("y", on("out")), vm("z", on("shared"))],
        requirements: [require("vms", to: "vms"), require("z", to: "x", port: 22)]),
      finds: """
        error /requirements/0: "x" does not reach "y", which is behind a NAT (and 5 more \
        pairs)
          see /vms/0
          see /vms/1
          replace /networks/0/mode "nat-network"
          remove /networks/0/dhcp
          remove /networks/0/localhost_reachable
        error /requirements/1: "z" does not reach tcp port 22 of "x", which is behind a NAT
          see /vms/2
          see /vms/0
        """)
    try expect(
      .isolatedByNAT,
      isSilentOn: lab(
        Self.networks, [vm("x", on("out"), on("a")), vm("y", on("out"), on("a"))],
        requirements: [require("x", to: "y")]),
      lab(
        Self.networks, [vm("x", on("out")), vm("y", on("out"))],
        forwards: [forward(2222, to: "y", 22)], requirements: [require("x", to: "y", port: 22)]),
      lab(
        Self.networks, [vm("x", on("out")), vm("y", on("out"))],
        requirements: [require("x", to: "y", allow: false)]))
  }

  @Test func hostLoopbackClosed() throws {
    let vms = [vm("x", on("out")), vm("y", on("shared"))]
    let wanted = [require("vms", to: "host")]
    try expect(
      .hostLoopbackClosed, in: lab(Self.networks, vms, requirements: wanted, version: "7.0"),
      finds: """
        info /networks/0: "x" on "out" does not reach services that listen on the host's loopback \
        alone
          see /requirements/0
          add /networks/0/localhost_reachable true
        """)
    try expect(
      .hostLoopbackClosed,
      isSilentOn: lab(Self.networks, vms, requirements: wanted, version: "6.1"),
      lab(Self.networks, vms, requirements: [require("vms", to: "internet")]),
      lab([network("out", .nat, localhostReachable: false)], [vms[0]], requirements: wanted),
      lab(Self.networks, [vms[1]], requirements: wanted))
  }

  @Test(
    arguments: [
      (21, Requirement.Transport.tcp, "active FTP opens a connection back, which does not get in"),
      (1723, .tcp, "PPTP also needs GRE, which does not pass"),
      (5060, .udp, "SIP writes addresses into its messages, which stay as they are"),
      (2049, .tcp, "NFS servers ask for source ports below 1024, which are not kept"),
      (5353, .udp, "it finds machines by multicast, which does not pass"),
      (138, .udp, "NetBIOS finds machines by broadcast, which does not pass"),
      (443, .tcp, nil), (21, .udp, nil),
    ] as [(Int, Requirement.Transport, String?)])
  func protocolThroughNAT(port: Int, transport: Requirement.Transport, trouble: String?) throws {
    let requirements = [
      require("x", to: "internet", transport, port: port),
      require("x", to: "y", transport, port: port),
    ]
    try expect(
      .protocolThroughNAT,
      in: lab(
        Self.networks, [vm("x", on("out"), on("a")), vm("y", on("a"))], requirements: requirements),
      finds: trouble.map {
        """
        info /requirements/0/port: "x" reaches \(transport) port \(port) of the internet through \
        NAT; \($0)
          see /vms/0
        """
      } ?? "")
  }

  @Test func pingToWindows() throws {
    let vms = [vm("tux", on("a"), os: .linux), vm("win", on("a"), os: .windows)]
    try expect(
      .pingToWindows, in: lab(Self.networks, vms, requirements: [require("vms", to: "vms", .icmp)]),
      finds: """
        warning /requirements/0: "win" runs Windows, whose firewall drops pings unless told \
        otherwise
          see /vms/1
        """)
    try expect(
      .pingToWindows,
      isSilentOn: lab(
        Self.networks, vms,
        requirements: [
          require("win", to: "tux", .icmp), require("tux", to: "win"),
          require("tux", to: "win", .icmp, allow: false),
        ]))
  }

  @Test func windowsHostFirewall() throws {
    let vms = [vm("x", on("out")), vm("y", on("admin"))]
    let wanted = [require("vms", to: "host", port: 445)]
    try expect(
      .windowsHostFirewall,
      in: lab(Self.networks, vms, requirements: wanted, host: host(.windows)),
      finds: """
        warning /requirements/0: Windows takes host-only networks for public ones; its firewall \
        stops "y" unless told otherwise
          see /vms/1
        """)
    try expect(
      .windowsHostFirewall, isSilentOn: lab(Self.networks, vms, requirements: wanted),
      lab(Self.networks, [vms[0]], requirements: wanted, host: host(.windows)),
      lab(
        Self.networks, vms, requirements: [require("host", to: "y", port: 445)],
        host: host(.windows)))
  }
}

extension Lab {
  /// The ordered pairs of different endpoints that a requirement speaks of.
  fileprivate func pairs(of requirement: Requirement) -> [(Endpoint, Endpoint)] {
    let targets = endpoints(of: requirement.to)
    return endpoints(of: requirement.from).flatMap { source in
      targets.filter { $0 != source }.map { (source, $0) }
    }
  }
}
