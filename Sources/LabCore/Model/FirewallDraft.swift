/// `vms[].firewall` of a document: a preset's name, or what is let in and through.
public enum FirewallDraft: Hashable, Sendable {
  case preset(Firewall.Preset)
  /// Nil for a chain that the document leaves out: everything is accepted.
  case chains(inbound: FirewallChainDraft?, forward: FirewallChainDraft?)

  /// All rules, those of `inbound` first.
  public var rules: [FirewallRuleDraft] {
    switch self {
    case .preset: []
    case .chains(let inbound, let forward): (inbound?.except ?? []) + (forward?.except ?? [])
    }
  }
}

/// `inbound` or `forward` of a firewall.
public struct FirewallChainDraft: Hashable, Sendable {
  /// `accept` or `deny`.
  public var policy: FirewallChain.Policy?
  /// What the policy does not apply to.
  public var except: [FirewallRuleDraft]

  /// A chain of the given parts.
  public init(policy: FirewallChain.Policy?, except: [FirewallRuleDraft] = []) {
    self.policy = policy
    self.except = except
  }
}

/// One of `except`: what all that is given must match.
public struct FirewallRuleDraft: Hashable, Sendable {
  /// The slot by which a packet comes in.
  public var slot: Int?
  /// Who sends it.
  public var from: FirewallPeerDraft?
  /// Whom it is for.
  public var to: FirewallPeerDraft?
  /// `protocol`.
  public var transport: FirewallRule.Transport?
  /// The port it is for.
  public var port: Int?

  /// A rule of the given parts.
  public init(
    slot: Int? = nil, from: FirewallPeerDraft? = nil, to: FirewallPeerDraft? = nil,
    transport: FirewallRule.Transport? = nil, port: Int? = nil
  ) {
    self.slot = slot
    self.from = from
    self.to = to
    self.transport = transport
    self.port = port
  }
}

/// `from` or `to` of a firewall's rule: endpoints as requirements name them, or a prefix.
public enum FirewallPeerDraft: Hashable, Sendable, CustomStringConvertible {
  case endpoints(EndpointSelector)
  case prefix(AnyPrefix)

  /// The peer as a document writes it.
  public var description: String {
    switch self {
    case .endpoints(let selector): selector.description
    case .prefix(let prefix): prefix.description
    }
  }
}
