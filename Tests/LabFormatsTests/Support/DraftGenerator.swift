import LabCore
import TestSupport

/// Random lab documents: every part that a draft can say, whether or not it resolves.
struct DraftGenerator {
  var random: SeededGenerator

  init(seed: UInt64) {
    random = SeededGenerator(seed: seed)
  }

  private mutating func maybe<Value>(_ make: (inout DraftGenerator) throws -> Value) rethrows
    -> Value?
  {
    Bool.random(using: &random) ? try make(&self) : nil
  }

  private mutating func list<Value>(
    _ count: Int, _ make: (inout DraftGenerator) throws -> Value
  ) rethrows -> [Value] {
    try (0..<Int.random(in: 0...count, using: &random)).map { _ in try make(&self) }
  }

  private mutating func choice<Choice: CaseIterable>() -> Choice {
    let cases = Array(Choice.allCases)
    return cases[Int.random(in: 0..<cases.count, using: &random)]
  }

  private mutating func bool() -> Bool { Bool.random(using: &random) }

  /// Names that YAML could take for something else are among them.
  private mutating func name() throws -> DNSLabel {
    let names = [
      "a", "web-1", "no", "true", "null", "0", "22", "0x1f", "1e3", "y", "on", "vms", "beta-test",
    ]
    return try DNSLabel(parsing: names[Int.random(in: 0..<names.count, using: &random)])
  }

  private mutating func text() -> String {
    var documents = DocumentGenerator(seed: random.next())
    return documents.text()
  }

  private mutating func line() -> String {
    let line = String(
      String.UnicodeScalarView(
        text().unicodeScalars.filter {
          $0.properties.generalCategory != .control && $0 != "," && $0 != ":"
        }))
    return line.isEmpty ? "eth0" : line
  }

  private mutating func ipv4() -> IPv4Address {
    IPv4Address(bits: UInt32.random(in: 0...UInt32.max, using: &random))
  }

  private mutating func ipv6() -> IPv6Address {
    let high = UInt128(random.next()) << 64
    return IPv6Address(bits: bool() ? high : high | UInt128(random.next()))
  }

  private mutating func prefix4() -> IPv4Prefix {
    IPv4Prefix(containing: ipv4(), length: Int.random(in: 0...32, using: &random))
  }

  private mutating func prefix6() -> IPv6Prefix {
    IPv6Prefix(containing: ipv6(), length: Int.random(in: 0...128, using: &random))
  }

  private mutating func anyPrefix() -> AnyPrefix { bool() ? .ipv4(prefix4()) : .ipv6(prefix6()) }

  private mutating func port() -> Int { Int.random(in: 1...65535, using: &random) }

  mutating func lab() throws -> LabDraft {
    LabDraft(
      name: try maybe { try $0.name() }, description: maybe { $0.text() },
      hypervisor: maybe {
        HypervisorDraft(
          product: $0.maybe { $0.choice() },
          version: $0.maybe { HypervisorVersion(major: 7, minor: $0.bool() ? 10 : 1) })
      },
      host: try maybe { try $0.host() }, networks: try list(4) { try $0.network() },
      vms: try list(4) { try $0.machine() }, portForwards: try list(3) { try $0.forward() },
      requirements: try list(3) { try $0.requirement() },
      constraints: try maybe { try $0.constraints() } ?? Constraints())
  }

  private mutating func constraints() throws -> Constraints {
    Constraints(
      modes: maybe { [$0.choice()] },
      excluded: list(2) { generator in
        ExcludedMode(
          mode: generator.maybe { $0.choice() }, reason: generator.maybe { $0.line() })
      },
      hasAdministrator: maybe { $0.bool() }, hasPortSecurity: maybe { $0.bool() },
      maximumAdapters: maybe { $0.slot() }, mayAddGateways: maybe { $0.bool() },
      keptNetworks: try list(2) { try $0.name() },
      keptAdapters: try list(2) { generator in
        KeptAdapter(
          vm: try generator.maybe { try $0.name() }, slot: generator.maybe { $0.slot() })
      })
  }

  private mutating func slot() -> Int { Int.random(in: 1...36, using: &random) }

  private mutating func host() throws -> HostDraft {
    HostDraft(
      name: try maybe { try $0.name() }, os: maybe { $0.choice() }, internet: maybe { $0.bool() },
      forwarding: maybe { $0.bool() }, masquerade: maybe { $0.bool() },
      routes: list(2) { $0.route() }, uplink: try maybe { try $0.uplink() },
      occupied: list(3) { $0.anyPrefix() })
  }

  private mutating func uplink() throws -> Uplink {
    Uplink(
      interface: maybe { $0.line() }, kind: maybe { $0.choice() },
      ipv4: maybe { InterfaceAddress(address: $0.ipv4(), prefixLength: 24) },
      ipv6: maybe { InterfaceAddress(address: $0.ipv6(), prefixLength: 64) },
      gateway: maybe { $0.ipv4() }, gateway6: maybe { $0.ipv6() },
      dhcp: maybe { $0.prefix4().addresses }, clientIsolation: maybe { $0.bool() },
      routes: list(2) { $0.route() },
      forwards: try list(2) { try $0.destinationForward(slot: false) })
  }

  mutating func network() throws -> NetworkDraft {
    NetworkDraft(
      name: try maybe { try $0.name() }, mode: maybe { $0.choice() },
      hypervisorName: maybe { $0.line() }, ipv4: maybe { $0.prefix4() },
      ipv6: maybe { $0.prefix6() }, gateway: try maybe { try $0.reference() },
      gateway6: maybe { $0.ipv6() },
      dhcp: try maybe { try $0.dhcp() },
      hostAddress: maybe { $0.bool() ? .absent : .address($0.ipv4()) },
      size: maybe { Int.random(in: 1...65534, using: &$0.random) },
      localhostReachable: maybe { $0.bool() })
  }

  mutating func machine() throws -> VirtualMachineDraft {
    VirtualMachineDraft(
      name: try maybe { try $0.name() }, os: maybe { $0.choice() },
      tags: try list(3) { try $0.name() },
      forwarding: maybe { $0.bool() }, gateway: maybe { $0.ipv4() }, gateway6: maybe { $0.ipv6() },
      routes: list(2) { $0.route() },
      adapters: try list(4) { try $0.adapter() }, maximumAdapters: maybe { $0.slot() },
      firewall: try maybe { try $0.firewall() },
      forwards: try list(2) { try $0.destinationForward(slot: true) },
      copyOf: try maybe { try $0.name() },
      inside: list(2) { generator in
        InnerNetworkDraft(
          prefix: generator.maybe { $0.anyPrefix() }, masquerade: generator.maybe { $0.bool() })
      })
  }

  private mutating func route() -> RouteDraft {
    RouteDraft(
      to: maybe { $0.anyPrefix() },
      via: maybe { $0.bool() ? .ipv4($0.ipv4()) : .ipv6($0.ipv6()) })
  }

  private mutating func dhcp() throws -> DHCPRequest {
    switch Int.random(in: 0..<3, using: &random) {
    case 0: .off
    case 1: .served(by: try name(), first: maybe { $0.ipv4() }, last: maybe { $0.ipv4() })
    default:
      .on(
        server: maybe { $0.ipv4() }, first: maybe { $0.ipv4() }, last: maybe { $0.ipv4() })
    }
  }

  private mutating func reference() throws -> AddressReference {
    bool() ? .address(ipv4()) : .machine(try name())
  }

  private mutating func destinationForward(slot: Bool) throws -> DestinationForwardDraft {
    DestinationForwardDraft(
      slot: slot ? maybe { $0.slot() } : nil, transport: maybe { $0.choice() },
      port: maybe { $0.port() }, target: try maybe { try $0.reference() },
      targetPort: maybe { $0.port() })
  }

  private mutating func firewall() throws -> FirewallDraft {
    if bool() { return .preset(choice()) }
    return .chains(inbound: try maybe { try $0.chain() }, forward: try maybe { try $0.chain() })
  }

  private mutating func chain() throws -> FirewallChainDraft {
    FirewallChainDraft(
      policy: maybe { $0.choice() },
      except: try list(3) { generator in
        FirewallRuleDraft(
          slot: generator.maybe { $0.slot() }, from: try generator.maybe { try $0.peer() },
          to: try generator.maybe { try $0.peer() }, transport: generator.maybe { $0.choice() },
          port: generator.port())
      })
  }

  private mutating func peer() throws -> FirewallPeerDraft {
    bool() ? .prefix(anyPrefix()) : .endpoints(try selector())
  }

  private mutating func adapter() throws -> AdapterDraft {
    AdapterDraft(
      slot: maybe { Int.random(in: 1...8, using: &$0.random) },
      network: try maybe { try $0.name() },
      address: maybe { $0.ipv4() }, address6: maybe { $0.ipv6() },
      mac: maybe { MACAddress(bits: $0.random.next()) }, model: maybe { $0.choice() },
      promiscuous: maybe { $0.choice() }, cableConnected: maybe { $0.bool() },
      masquerade: maybe { $0.bool() },
      secondary: list(2) { generator in
        SecondaryAddressDraft(
          address: generator.maybe { $0.ipv4() },
          mac: generator.maybe { MACAddress(bits: $0.random.next()) })
      })
  }

  private mutating func forward() throws -> PortForwardDraft {
    PortForwardDraft(
      name: maybe { $0.line() }, transport: maybe { $0.choice() }, hostAddress: maybe { $0.ipv4() },
      hostPort: maybe { $0.port() }, vm: try maybe { try $0.name() },
      slot: maybe { Int.random(in: 1...8, using: &$0.random) }, guestPort: maybe { $0.port() })
  }

  private mutating func requirement() throws -> RequirementDraft {
    RequirementDraft(
      from: try maybe { try $0.selector() }, to: try maybe { try $0.selector() },
      transport: maybe { $0.choice() }, port: maybe { $0.port() }, allow: maybe { $0.bool() })
  }

  private mutating func selector() throws -> EndpointSelector {
    let keywords: [EndpointSelector] = [.vms, .host, .lan, .internet]
    switch Int.random(in: 0..<3, using: &random) {
    case 0: return keywords[Int.random(in: 0..<4, using: &random)]
    case 1: return .tag(try name())
    default:
      let name = try name()
      return name.text == "vms" ? .vms : .vm(name)
    }
  }
}
