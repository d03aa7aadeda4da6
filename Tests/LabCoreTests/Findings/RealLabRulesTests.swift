import Testing

@testable import LabCore

/// Rules on what labs of people say: VMs that route and serve, copies, networks within VMs.
@Suite struct RealLabRulesTests {
  @Test func dhcpServerNotThere() throws {
    try expect(
      .dhcpServerNotThere,
      in: lab(
        [
          network("a", .internal, "10.9.0.0/24", dhcp: served("dc")),
          network("b", .internal, "10.8.0.0/24", dhcp: served("dc")),
          network("c", .internal, "10.7.0.0/24", dhcp: served("dc")),
        ], [vm("dc", on("a"), on("c", "10.7.0.10")), vm("x", on("a", "10.9.0.1"), on("b"))]),
      finds: """
        error /networks/0/dhcp/server: "dc", the DHCP server of "a", has no static address there
          see /vms/0/adapters/0
          add /vms/0/adapters/0/address "10.9.0.2"
        error /networks/1/dhcp/server: "dc", the DHCP server of "b", has no adapter on it
          see /vms/0
          remove /networks/1/dhcp/server
        """)
  }

  /// Nobody calls the server's address wrong, and nobody proposes a second server.
  @Test func servedByMachine() throws {
    let draft = lab(
      [network("a", .internal, "10.9.0.0/24", gateway: "10.9.0.1", dhcp: served("fw"))],
      [
        vm("fw", on("a", "10.9.0.1"), forwarding: true), vm("x", on("a")),
        vm("y", on("a"), on(nil)),
      ])
    for rule in [
      FindingRule.dhcpServerAddressTaken, .addressOfService, .noDHCPServer, .staticInDHCPPool,
    ] { try expect(rule, isSilentOn: draft) }
    let plan = assignAddresses(in: try resolve(draft).get())
    #expect(plan.adapters[1][0].ipv4.source == .reserved)
    #expect(plan.networks[0].ipv4?.dhcp?.server == address4("10.9.0.1"))
  }

  @Test func severalDHCPServers() throws {
    try expect(
      .severalDHCPServers,
      in: lab(
        [
          network("a", .internal, "10.9.0.0/24", dhcp: served("dc"), called: "lab"),
          network("b", .internal, dhcp: .standard, called: "lab"),
        ], [vm("dc", on("a", "10.9.0.10")), vm("x", on("b"))]),
      finds: """
        error /networks/1/dhcp: "b" and "a" are one switch, and each has a DHCP server
          see /networks/0/dhcp
          remove /networks/1/dhcp
        """)
    try expect(
      .severalDHCPServers,
      isSilentOn: lab(
        [
          network("a", .internal, dhcp: .standard, called: "lab"),
          network("b", .internal, dhcp: .standard, called: "lab"),
        ], [vm("x", on("a"), on("b"))]))
  }

  @Test func copiesShareIdentity() throws {
    let draft = lab(
      [network("a", .hostOnly, "192.168.56.0/24", dhcp: .standard)],
      [copy("one", of: "base"), copy("two", of: "base"), copy("three", of: "other")])
    try expect(
      .copiesShareIdentity, in: draft,
      finds: """
        error /vms/0/copy_of: "one" and "two" are copies of "base" and get one address on "a", \
        192.168.56.102: to its DHCP server they are one client; give each a machine-id of its own \
        and take copy_of away
          see /vms/1/copy_of
          remove /vms/1/copy_of
        """)
    let plan = assignAddresses(in: try resolve(draft).get())
    #expect(plan.adapters[0][0].ipv4 == plan.adapters[1][0].ipv4)
    #expect(plan.adapters[0][0].ipv4 != plan.adapters[2][0].ipv4)
    try expect(.duplicateAddress, isSilentOn: draft)
  }

  /// Static addresses, and addresses set in the guests, need no identity.
  @Test func copiesWithoutDHCPDiffer() throws {
    try expect(
      .copiesShareIdentity,
      isSilentOn: lab(
        [network("a", .internal, "10.9.0.0/24")],
        [copy("one", of: "base"), copy("two", of: "base")]))
  }

  @Test func insideOverlaps() throws {
    try expect(
      .insideOverlaps,
      in: lab(
        [
          network("nodes", .hostOnly, "192.168.56.0/24"), network("far", .internal, "10.9.0.0/24"),
        ],
        [
          node("n1", "192.168.0.0/16", on("nodes")), node("n2", "192.168.0.0/16", on("nodes")),
          node("vpn", "10.9.0.0/25", on("nodes")), node("fine", "10.244.0.0/16", on("nodes")),
        ]),
      finds: """
        error /vms/0/inside/0/prefix: 192.168.0.0/16 inside "n1" and 1 more VM overlaps \
        192.168.56.0/24 of "nodes"
          see /networks/0/ipv4
          see /vms/1/inside/0/prefix
          replace /vms/0/inside/0/prefix "10.0.0.0/16"
          replace /vms/1/inside/0/prefix "10.0.0.0/16"
        warning /vms/2/inside/0/prefix: 10.9.0.0/25 inside "vpn" overlaps 10.9.0.0/24 of "far"
          see /networks/1/ipv4
          replace /vms/2/inside/0/prefix "10.1.0.0/25"
        """)
  }

  @Test func masqueradeWithoutForwarding() throws {
    var outer = on("a")
    outer.masquerade = true
    let machines = [vm("fw", outer, on("b")), vm("ok", outer, on("b"), forwarding: true)]
    var computer = host()
    computer.masquerade = true
    try expect(
      .masqueradeWithoutForwarding,
      in: lab([network("a", .nat), network("b", .internal)], machines, host: computer),
      finds: """
        warning /host/masquerade: the host translates what it forwards, but forwards nothing
          add /host/forwarding true
        warning /vms/0/adapters/0/masquerade: "fw" translates what it forwards, but forwards nothing
          add /vms/0/forwarding true
        """)
  }

  @Test func multiHomedDomainController() throws {
    let networks = [network("mgmt", .nat), network("domain", .hostOnly, "192.168.57.0/24")]
    try expect(
      .multiHomedDomainController,
      in: lab(
        networks,
        [
          vm("dc01", on("mgmt"), on("domain", "192.168.57.10"), os: .windows, tags: ["dc"]),
          vm("srv", on("mgmt"), on("domain", "192.168.57.22"), os: .windows, tags: ["member"]),
          vm("dc02", on("domain", "192.168.57.11"), os: .windows, tags: ["dc"]),
        ]),
      finds: """
        warning /vms/0/adapters/0: the domain controller "dc01" registers its NAT address, 10.0.2.15, \
        in DNS, where members cannot reach it; turn registration off on adapter 1, and let members \
        use its address in the domain (192.168.57.10) as their only DNS server
          see /vms/0/adapters/1
        """)
  }

  @Test func pingToFirewall() throws {
    let networks = [network("a", .hostOnly, "192.168.57.0/24")]
    try expect(
      .pingToFirewall,
      in: lab(
        networks,
        [
          vm("opnsense", on("a"), os: .bsd), vm("gw", on("a"), os: .bsd, forwarding: true),
          vm("nas", on("a"), os: .bsd),
        ],
        requirements: [
          require("host", to: "opnsense", .icmp), require("host", to: "gw", .icmp),
          require("host", to: "nas", .icmp), require("host", to: "gw"),
        ]),
      finds: """
        info /requirements/0: "opnsense" is a firewall, which may drop pings; say with "firewall" \
        what it lets in
          see /vms/0
        info /requirements/1: "gw" is a firewall, which may drop pings; say with "firewall" what it \
        lets in
          see /vms/1
        """)
  }

  @Test func namedGatewayIsElsewhere() throws {
    var named = network("a", .internal, "10.9.0.0/24")
    named.gateway = .machine(label("fw"))
    try expect(
      .gatewayWithoutOwner, in: lab([named, network("b", .internal)], [vm("fw", on("b"))]),
      finds: """
        error /networks/0/gateway: "fw", the gateway of "a", has no adapter on it
          see /vms/0
          remove /networks/0/gateway
        """)
  }

  /// A VM that is named as the router has its address where the document gives none.
  @Test func namedGatewayHasAnAddress() throws {
    var named = network("a", .internal, "10.9.0.0/24")
    named.gateway = .machine(label("fw"))
    let draft = lab([named], [vm("fw", on("a"), forwarding: true), vm("x", on("a"))])
    let plan = assignAddresses(in: try resolve(draft).get())
    let router = plan.adapters[0][0].ipv4.address
    #expect(router != nil && plan.networks[0].ipv4?.gateway == router)
    #expect(plan.adapters[1][0].ipv4.gateway == router)
  }

  /// The fix of an overlap puts no VM on a server's address, nor into its pool.
  @Test func renumberingKeepsClearOfServers() throws {
    let draft = lab(
      [network("a", .hostOnly, "192.168.99.0/24")], [vm("x", on("a", "192.168.99.100"))],
      version: "6.1", host: host(.macos, uplink: uplink("192.168.99.23/24")))
    try expect(
      .prefixOverlapsUplink, in: draft,
      finds: """
        error /networks/0/ipv4: 192.168.99.0/24 of "a" overlaps 192.168.99.0/24 of the LAN; the \
        host cannot tell the two apart
          see /host/uplink/ipv4
          replace /networks/0/ipv4 "192.168.57.0/24"
          replace /vms/0/adapters/0/address "192.168.57.100"
        """)
  }

  /// Routers share a secondary address by its hardware address; without one, it is claimed twice.
  @Test func secondaryAddressesOfTwo() throws {
    func router(_ name: String, _ address: String, mac: String?) -> VirtualMachineDraft {
      var adapter = on("a", address)
      adapter.secondary = [
        SecondaryAddressDraft(
          address: address4("10.9.0.254"), mac: mac.map { try! MACAddress(parsing: $0) })
      ]
      return vm(name, adapter)
    }
    let networks = [network("a", .internal, "10.9.0.0/24")]
    let virtual = "00:00:5e:00:01:2a"
    try expect(
      .duplicateAddress,
      isSilentOn: lab(
        networks, [router("r1", "10.9.0.1", mac: virtual), router("r2", "10.9.0.2", mac: virtual)]))
    var pooled = networks
    pooled[0].dhcp = pool("10.9.0.100", "10.9.0.254", server: "10.9.0.3")
    let draft = lab(
      pooled, [router("r1", "10.9.0.1", mac: nil), router("r2", "10.9.0.2", mac: virtual)])
    #expect(
      try findings(in: draft).filter { $0.severity == .error }.map { "\($0.rule) \($0.pointer)" }
        == [
          "static-in-dhcp-pool /vms/0/adapters/0/secondary/0/address",
          "duplicate-address /vms/1/adapters/0/secondary/0/address",
          "static-in-dhcp-pool /vms/1/adapters/0/secondary/0/address",
        ])
  }

  /// On macOS the host itself serves on host-only networks, which is no fault.
  @Test func hostOnlyNetworksOfMacOS() throws {
    for version in ["7.0.10", "7.1", "7.2.4"] {
      let draft = lab(
        [network("a", .hostOnly, "192.168.1.0/24"), network("b", .hostOnly)],
        [vm("x", on("a", "192.168.1.50"), on("b"))], version: version, host: host(.macos))
      #expect(try findings(in: draft).filter { $0.severity == .error } == [])
    }
  }

  /// Both fixes move the network to where no server has its VM's address.
  @Test func refusedPrefixMovesClearOfServers() throws {
    let draft = lab(
      [network("a", .hostOnly, "192.168.99.0/24")], [vm("x", on("a", "192.168.99.100"))],
      version: "6.1")
    let found = try findings(in: draft).filter {
      $0.rule == FindingRule.hostOnlyPrefixNotAllowed.id
    }
    #expect(found.count == 1)
    for finding in found {
      let left = try findings(in: draft.applying(finding.fix))
      #expect(left.filter { $0.severity == .error }.map(rendered) == [])
    }
  }

  /// A route of the host that leads away takes its packets where it is as long as the network's.
  @Test func prefixesInUseOnTheHost() throws {
    func found(_ occupied: String) throws -> [String] {
      try findings(
        in: lab(
          [network("a", .hostOnly, "192.168.99.0/24")], [vm("x", on("a"))],
          host: host(.windows, occupied: [occupied]))
      ).filter { $0.rule == FindingRule.prefixInUseOnHost.id }.map { "\($0.severity)" }
    }
    #expect(try found("192.168.99.0/24") == ["error"])
    #expect(try found("192.168.99.0/25") == ["error"])
    #expect(try found("192.168.0.0/16") == ["warning"])
    #expect(try found("10.0.0.0/8") == [])
  }

  /// A gateway that serves at the address of the document's server is that server.
  @Test func theServersAddressIsAMachines() throws {
    let draft = lab(
      [
        network("wan", .bridged),
        network(
          "lab", .internal, "10.100.0.0/24", gateway: "10.100.0.1",
          dhcp: pool("10.100.0.10", "10.100.0.200", server: "10.100.0.1")),
      ],
      [
        vm("pfsense", on("wan"), on("lab", "10.100.0.1"), os: .bsd, forwarding: true),
        vm("kali", on("lab")), vm("victim", on("lab"), os: .windows),
      ])
    #expect(try findings(in: draft).filter { $0.severity == .error } == [])
    #expect(try resolve(draft).get().networks[1].dhcpMachine == 0)
  }

  @Test func nothingAttached() throws {
    try expect(
      .nothingAttached, in: lab([network("a", .nat)], [vm("x"), vm("y", on(nil)), vm("z")]),
      finds: """
        info /vms: the 3 VMs are attached to no network; give them adapters, or say in requirements \
        what is to work and ask for a recommendation
        """)
    try expect(
      .nothingAttached,
      isSilentOn: lab([], [vm("x")], requirements: [require("x", to: "internet")]),
      lab([network("a", .nat)], [vm("x", on("a")), vm("y")]))
  }

  @Test func secondaryAddressesAreTaken() throws {
    var first = on("a", "10.9.0.9")
    first.secondary = [SecondaryAddressDraft(address: address4("10.9.0.1"))]
    let draft = lab(
      [network("a", .internal, "10.9.0.0/24")], [vm("r", first), vm("x", on("a"))])
    let plan = assignAddresses(in: try resolve(draft).get())
    #expect(plan.adapters[1][0].ipv4.address == address4("10.9.0.2"))
  }

  @Test func theHostHasTheAddressThatIsAskedFor() throws {
    var named = network("a", .hostOnly, "192.168.100.0/24")
    named.hostAddress = .address(address4("192.168.100.2"))
    var without = network("b", .hostOnly, "192.168.57.0/24")
    without.hostAddress = .absent
    let draft = lab([named, without], [vm("router", on("a", "192.168.100.1"), on("b"))])
    let plan = assignAddresses(in: try resolve(draft).get())
    #expect(plan.networks[0].ipv4?.host == address4("192.168.100.2"))
    #expect(plan.networks[1].ipv4?.host == nil)
    #expect(plan.adapters[0][1].ipv4.address == address4("192.168.57.1"))
    try expect(.addressOfService, isSilentOn: draft)
  }

  /// An appliance's own address is a fault that says how the network can follow it.
  @Test func applianceOutsideThePrefix() throws {
    let draft = lab(
      [network("a", .hostOnly, "192.168.56.0/24")], [vm("router", on("a", "192.168.100.1"))])
    guard case .failure(let invalid) = resolve(draft) else {
      Issue.record("it resolves")
      return
    }
    #expect(
      invalid.faults.map(\.detail) == [
        "192.168.100.1 is outside 192.168.56.0/24 of network \"a\"; where the VM cannot have another, "
          + "give the network ipv4: 192.168.100.0/24 and host_address: 192.168.100.2"
      ])
  }
}

private func served(_ machine: String) -> DHCPRequest {
  .served(by: label(machine), first: nil, last: nil)
}

private func copy(_ name: String, of disk: String) -> VirtualMachineDraft {
  var machine = vm(name, on("a"))
  machine.copyOf = label(disk)
  return machine
}

private func node(
  _ name: String, _ prefix: String, _ adapter: AdapterDraft
) -> VirtualMachineDraft {
  var machine = vm(name, adapter)
  machine.inside = [InnerNetworkDraft(prefix: .ipv4(prefix4(prefix)))]
  return machine
}
