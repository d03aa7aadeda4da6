/// What a machine lets in and lets through, with everybody's addresses filled in.
struct FabricFirewall: Hashable, Sendable {
  let inbound: FabricChain
  let forward: FabricChain

  /// The ports that rules name.
  var namedServices: [PortService] {
    (inbound.rules + forward.rules).flatMap { rule -> [PortService] in
      guard let port = rule.port else { return [] }
      return PortForward.Transport.allCases.filter {
        rule.transport == nil || rule.transport?.rawValue == $0.rawValue
      }.map { PortService(transport: $0, port: port) }
    }
  }
}

/// A policy and its exceptions.
struct FabricChain: Hashable, Sendable {
  let policy: FirewallChain.Policy
  let rules: [FabricRule]

  var isOpen: Bool { policy == .accept && rules.isEmpty }

  /// What keeps a packet from passing; nil where it passes.
  func refusal(of packet: FabricPacket) -> Refusal? {
    let match = rules.firstIndex { $0.matches(packet) }
    switch (policy, match) {
    case (.accept, nil), (.deny, _?): return nil
    case (.accept, let rule?): return .exception(rule)
    case (.deny, nil): return .policy
    }
  }

  enum Refusal: Hashable, Sendable {
    case policy
    /// By index in the document's `except`.
    case exception(Int)
  }
}

/// An exception of a chain.
struct FabricRule: Hashable, Sendable {
  /// The segment by which a packet comes in; nil for any, -1 where the adapter is on none.
  let segment: Int?
  let source: AddressMatcher?
  let target: AddressMatcher?
  /// Whether the source must be on the link by which the packet comes in.
  let isFromSameLink: Bool
  let transport: FirewallRule.Transport?
  let port: Int?

  func matches(_ packet: FabricPacket) -> Bool {
    if let segment, segment != packet.segment { return false }
    if let transport, !transport.carries(packet.transport) { return false }
    if let port, port != packet.port { return false }
    if isFromSameLink, !packet.isFromSameLink { return false }
    if let source, !source.contains(packet.source) { return false }
    if let target, !target.contains(packet.target) { return false }
    return true
  }
}

extension FirewallRule.Transport {
  /// Multicast is UDP.
  fileprivate func carries(_ transport: Requirement.Transport) -> Bool {
    switch (self, transport) {
    case (.tcp, .tcp), (.udp, .udp), (.udp, .multicast), (.icmp, .icmp): true
    default: false
    }
  }
}

/// A packet as a firewall sees it.
struct FabricPacket {
  let source: AddressBits
  let target: AddressBits
  let transport: Requirement.Transport
  /// The target's port; nil for one that no rule names.
  let port: Int?
  /// By which it comes in.
  let segment: Int
  /// Whether the receiver has an address in a prefix of the source's there.
  let isFromSameLink: Bool
}

/// A set of addresses: some machines' own, or prefixes, or all but those.
struct AddressMatcher: Hashable, Sendable {
  private let addresses: Set<AddressBits>
  private let prefixes: [FabricPrefix]
  private let isInverted: Bool

  /// The addresses given and those in the prefixes.
  init(_ addresses: [AddressBits], _ prefixes: [FabricPrefix] = []) {
    self.addresses = Set(addresses)
    self.prefixes = prefixes
    isInverted = false
  }

  /// All addresses but those in the prefixes.
  init(allBut prefixes: [FabricPrefix]) {
    addresses = []
    self.prefixes = Array(Set(prefixes)).sorted { $0.isBefore($1) }
    isInverted = true
  }

  func contains(_ address: AddressBits) -> Bool {
    let isListed =
      addresses.contains(address) || prefixes.contains { $0.contains(address) }
    return isListed != isInverted
  }
}
