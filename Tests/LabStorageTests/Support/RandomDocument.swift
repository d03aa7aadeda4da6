import LabCore
import TestSupport
import Testing

/// Random documents that resolve, in which every part may be present, absent or empty.
struct RandomDocument {
  private var random: SeededGenerator

  init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  /// A lab of that name. A document of the generator that does not resolve is the generator's
  /// fault, and fails the test.
  mutating func next(named name: String) throws -> Lab {
    try resolve(draft(named: name)).get()
  }

  private mutating func draft(named name: String) throws -> LabDraft {
    var draft = LabDraft(name: try DNSLabel(parsing: name))
    draft.description = maybe { $0.text() }
    draft.hypervisor = try maybe { try $0.hypervisor() }
    draft.host = try maybe { try $0.host() }
    let product = draft.hypervisor?.product ?? .virtualbox
    draft.networks = try (0..<count(upTo: 4)).map { try network($0, of: product) }
    draft.vms = try (0..<count(upTo: 5)).map { try machine($0, on: draft.networks) }
    if let server = draft.vms.first?.name {
      for index in draft.networks.indices where draft.networks[index].mode == .internal && flag() {
        draft.networks[index].dhcp = .served(by: server, first: nil, last: nil)
        draft.networks[index].gateway = .machine(server)
      }
      draft.portForwards = try (0..<count(upTo: 3)).map { try portForward($0, to: draft.vms) }
      draft.requirements = try (0..<count(upTo: 4)).map { _ in try requirement(of: draft.vms) }
      draft.vms[0].maximumAdapters = maybe { Int.random(in: 1...36, using: &$0.random) }
    }
    draft.constraints = maybe { $0.constraints(of: draft) } ?? Constraints()
    return draft
  }

  private mutating func constraints(of draft: LabDraft) -> Constraints {
    Constraints(
      modes: maybe { _ in [.nat, .internal] },
      excluded: maybe { [ExcludedMode(mode: .bridged, reason: $0.maybe { _ in "802.1X" })] } ?? [],
      hasAdministrator: maybe { $0.flag() }, hasPortSecurity: maybe { $0.flag() },
      maximumAdapters: maybe { Int.random(in: 1...36, using: &$0.random) },
      mayAddGateways: maybe { $0.flag() },
      keptNetworks: Array(draft.networks.compactMap(\.name).prefix(count(upTo: 2))),
      keptAdapters: draft.vms.filter { !$0.adapters.isEmpty }.prefix(count(upTo: 2)).map {
        KeptAdapter(vm: $0.name, slot: $0.adapters[0].slot ?? 1)
      })
  }

  // MARK: Objects

  private mutating func hypervisor() throws -> HypervisorDraft {
    HypervisorDraft(
      product: maybe { $0.any(Hypervisor.Product.allCases) },
      version: try maybe {
        try #require(HypervisorVersion(parsing: $0.any(["7", "7.1", "7.0.20", "6.1.50a"])))
      })
  }

  private mutating func host() throws -> HostDraft {
    HostDraft(
      name: maybe { $0.label("host") }, os: maybe { $0.any(Host.OperatingSystem.allCases) },
      internet: maybe { $0.flag() }, forwarding: maybe { $0.flag() },
      masquerade: maybe { $0.flag() }, routes: try (0..<count(upTo: 2)).map { _ in try route() },
      uplink: try maybe { try $0.uplink() },
      occupied: try (0..<count(upTo: 3)).map { _ in
        try AnyPrefix(parsing: any(["172.17.0.0/16", "0.0.0.0/0", "fd00::/8", "10.1.2.3/32"]))
      })
  }

  private mutating func uplink() throws -> Uplink {
    Uplink(
      interface: maybe { $0.text() }, kind: maybe { $0.any(Uplink.Kind.allCases) },
      ipv4: try maybe { _ in try InterfaceAddress(parsing: "192.168.1.20/24") },
      ipv6: try maybe { _ in try InterfaceAddress(parsing: "2001:db8::20/64") },
      gateway: try maybe { _ in try IPv4Address(parsing: "192.168.1.1") },
      gateway6: try maybe { try IPv6Address(parsing: $0.any(["fe80::1", "2001:db8::1"])) },
      dhcp: try maybe { _ in
        try #require(
          AddressRange(
            first: IPv4Address(parsing: "192.168.1.100"),
            last: IPv4Address(parsing: "192.168.1.199")))
      },
      clientIsolation: maybe { $0.flag() },
      routes: try (0..<count(upTo: 2)).map { _ in try route() },
      forwards: try (0..<count(upTo: 1)).map { _ in
        DestinationForwardDraft(port: 443, target: try AddressReference(parsing: "host"))
      },
      vlans: try (0..<count(upTo: 2)).map { index in
        UplinkVLAN(
          id: 10 + index, ipv4: try InterfaceAddress(parsing: "192.168.\(10 + index).0/24"),
          gateway: try maybe { _ in try IPv4Address(parsing: "192.168.\(10 + index).1") })
      })
  }

  // MARK: Lists

  private mutating func network(
    _ index: Int, of product: Hypervisor.Product
  ) throws -> NetworkDraft {
    let mode = any(product.words)
    let ipv4 = try maybe { _ in try IPv4Prefix(parsing: "10.\(index).0.0/24") }
    let ipv6 = try maybe { _ in try IPv6Prefix(parsing: "fd00:\(index)::/64") }
    return NetworkDraft(
      name: label("net\(index)"), mode: mode,
      hypervisorName: maybe { $0.any(["intnet", "NatNetwork", "vboxnet \(index)"]) },
      ipv4: ipv4, ipv6: ipv6,
      gateway: try maybe { _ in try AddressReference(parsing: "10.\(index).0.1") },
      gateway6: try maybe { try IPv6Address(parsing: $0.any(["fe80::1", "fd00:\(index)::1"])) },
      dhcp: try maybe { try $0.dhcp(index, mode) },
      hostAddress: try maybe { generator in
        guard mode == .hostOnly else { return nil }
        return generator.flag()
          ? .absent : .address(try IPv4Address(parsing: "10.\(index).0.2"))
      } ?? nil,
      size: maybe { Int.random(in: 1...65534, using: &$0.random) },
      localhostReachable: mode == .nat ? maybe { $0.flag() } : nil,
      variant: product == .libvirt && mode == .bridged ? maybe { _ in "macvtap-private" } : nil,
      vlan: product.facts.hasVLANs && mode == .bridged
        ? maybe { Int.random(in: 1...4094, using: &$0.random) } : nil,
      announced: mode == .routed ? maybe { $0.flag() } : nil)
  }

  private mutating func dhcp(_ index: Int, _ mode: NetworkMode) throws -> DHCPRequest {
    guard mode != .bridged, flag() else { return .off }
    return .on(
      server: try maybe { _ in try IPv4Address(parsing: "10.\(index).0.3") },
      first: try maybe { _ in try IPv4Address(parsing: "10.\(index).0.100") },
      last: try maybe { _ in try IPv4Address(parsing: "10.\(index).0.200") })
  }

  private mutating func machine(
    _ index: Int, on networks: [NetworkDraft]
  ) throws -> VirtualMachineDraft {
    var machine = VirtualMachineDraft(name: label("vm\(index)"))
    machine.os = maybe { $0.any(VirtualMachine.OperatingSystem.allCases) }
    machine.tags = (0..<count(upTo: 3)).map { _ in label(any(["client", "server", "dmz"])) }
    machine.forwarding = maybe { $0.flag() }
    machine.gateway = try maybe { _ in try IPv4Address(parsing: "10.0.0.254") }
    machine.gateway6 = try maybe { _ in try IPv6Address(parsing: "fd00::fe") }
    machine.routes = try (0..<count(upTo: 3)).map { _ in try route() }
    var slot = 0
    for _ in 0..<count(upTo: 4) {
      let explicit = maybe { slot + 1 + $0.count(upTo: 2) }
      slot = explicit ?? slot + 1
      machine.adapters.append(try adapter(inSlot: explicit, on: networks))
    }
    machine.copyOf = maybe { $0.label("base") }
    machine.firewall = maybe { $0.firewall() }
    machine.forwards = (0..<count(upTo: 2)).map { _ in
      DestinationForwardDraft(
        port: 80, target: .machine(label("vm0")), targetPort: maybe { _ in 8080 })
    }
    machine.inside = try (0..<count(upTo: 2)).map { _ in
      let prefix = any(["10.244.0.0/24", "fd10::/64"])
      return InnerNetworkDraft(
        prefix: try AnyPrefix(parsing: prefix), masquerade: maybe { $0.flag() })
    }
    return machine
  }

  private mutating func route() throws -> RouteDraft {
    try flag()
      ? RouteDraft(to: AnyPrefix(parsing: "10.9.0.0/16"), via: AnyAddress(parsing: "10.0.0.1"))
      : RouteDraft(to: AnyPrefix(parsing: "::/0"), via: AnyAddress(parsing: "fd00::1"))
  }

  private mutating func adapter(
    inSlot slot: Int?, on networks: [NetworkDraft]
  ) throws -> AdapterDraft {
    let network = networks.isEmpty ? nil : maybe { $0.any(networks) }
    let host = count(upTo: 200) + 2
    return AdapterDraft(
      slot: slot, network: network?.name,
      address: maybe { _ in network?.ipv4.map { IPv4Address(bits: $0.network.bits + UInt32(host)) }
      }
        ?? nil,
      address6: maybe { _ in
        network?.ipv6.map { IPv6Address(bits: $0.network.bits + UInt128(host)) }
      } ?? nil,
      mac: maybe { MACAddress(bits: $0.random.next() & 0xfeff_ffff_ffff) },
      model: maybe { $0.any(AdapterModel.allCases) },
      promiscuous: maybe { $0.any(PromiscuousPolicy.allCases) },
      cableConnected: maybe { $0.flag() }, masquerade: maybe { $0.flag() },
      secondary: network?.ipv4.map { prefix in
        (0..<count(upTo: 2)).map {
          SecondaryAddressDraft(
            address: IPv4Address(bits: prefix.network.bits + UInt32(210 + $0)),
            mac: maybe { MACAddress(bits: $0.random.next() & 0xfeff_ffff_ffff) })
        }
      } ?? [])
  }

  private mutating func firewall() -> FirewallDraft {
    guard flag() else { return .preset(any(Firewall.Preset.allCases)) }
    return .chains(inbound: maybe { $0.chain() }, forward: maybe { $0.chain() })
  }

  private mutating func chain() -> FirewallChainDraft {
    FirewallChainDraft(
      policy: any(FirewallChain.Policy.allCases),
      except: (0..<count(upTo: 2)).map { _ in
        FirewallRuleDraft(
          from: .endpoints(any([.lan, .vms, .vm(label("vm0"))])),
          transport: maybe { $0.any(FirewallRule.Transport.allCases) })
      })
  }

  private mutating func portForward(
    _ index: Int, to machines: [VirtualMachineDraft]
  ) throws -> PortForwardDraft {
    let machine = any(machines)
    var slots: [Int] = []
    for adapter in machine.adapters { slots.append(adapter.slot ?? (slots.last ?? 0) + 1) }
    return PortForwardDraft(
      name: maybe { "\($0.text()) \(index)" },
      transport: maybe { $0.any(PortForward.Transport.allCases) },
      hostAddress: try maybe { try IPv4Address(parsing: $0.any(["0.0.0.0", "127.0.0.1"])) },
      hostPort: Int.random(in: 1...65535, using: &random), vm: machine.name,
      slot: slots.isEmpty ? nil : maybe { $0.any(slots) },
      guestPort: Int.random(in: 1...65535, using: &random))
  }

  private mutating func requirement(of machines: [VirtualMachineDraft]) throws -> RequirementDraft {
    let transport = maybe { $0.any(Requirement.Transport.allCases) }
    return RequirementDraft(
      from: endpoint(of: machines), to: endpoint(of: machines), transport: transport,
      port: transport == .icmp ? nil : maybe { Int.random(in: 1...65535, using: &$0.random) },
      allow: maybe { $0.flag() })
  }

  private mutating func endpoint(of machines: [VirtualMachineDraft]) -> EndpointSelector {
    let names = machines.compactMap(\.name).map(EndpointSelector.vm)
    let tags = machines.flatMap(\.tags).map(EndpointSelector.tag)
    return any([.vms, .host, .lan, .internet] + names + tags)
  }

  // MARK: Choices

  private mutating func flag() -> Bool { Bool.random(using: &random) }

  private mutating func count(upTo limit: Int) -> Int { Int.random(in: 0...limit, using: &random) }

  private mutating func maybe<Value>(
    _ make: (inout RandomDocument) throws -> Value
  ) rethrows -> Value? {
    flag() ? try make(&self) : nil
  }

  private mutating func any<Value>(_ values: [Value]) -> Value {
    values[Int.random(in: values.indices, using: &random)]
  }

  private mutating func text() -> String {
    any(["", "plain", "zwei Wörter", "quote ' and \"", "line\nbreak", "nul\0inside", "\u{1F5A7}"])
  }

  private func label(_ text: String) -> DNSLabel {
    // Written by hand above; a wrong one fails the test at once.
    try! DNSLabel(parsing: text)
  }
}
