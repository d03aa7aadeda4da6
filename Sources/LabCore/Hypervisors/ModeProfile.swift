/// What one of a product's modes is: everything that the planner asks of a network.
///
/// Fabric, address plan, search, remedies and findings read these facts and never the mode's name,
/// so that another product is another table of them. Addresses are offsets into the network's
/// prefix.
public struct ModeProfile: Hashable, Sendable {
  /// The document's word for it.
  public let mode: NetworkMode
  /// The document's word for this form of it; nil where the mode has one form.
  public let variant: String?
  /// What the product calls it.
  public let native: NativeName
  /// One sentence for a person who knows none of the modes.
  public let description: String
  /// What a lab is called in which every VM is on one such network and on nothing else.
  public let summaryAlone: String
  /// Something to know before choosing it that follows from no other fact.
  public let caveat: String?
  /// Whose frames an adapter hears.
  public let segment: SegmentScope
  /// Where its networks are one switch if they have one name; nil where names join nothing.
  public let switchSpace: SwitchSpace?
  /// Where the host is on it.
  public let host: HostFoot
  /// Who routes for its VMs.
  public let router: RouterProfile
  /// Who gives its VMs their addresses.
  public let dhcp: DHCPProfile
  /// Where its IPv4 prefix comes from.
  public let prefixes: PrefixProfile
  /// What its router announces over IPv6 where the document gives no prefix.
  public let announcedIPv6: AnnouncedIPv6
  /// Who reaches its VMs through forwarded ports of the host.
  public let forwards: ForwardReach
  /// Whether an adapter's promiscuous policy has any effect.
  public let obeysPromiscuousPolicy: Bool
  /// Whether making such a network takes administrator rights on the host.
  public let needsAdministrator: Bool
  /// What passes between it and the host's other networks, where the host routes.
  public let gate: HostGate
  /// The same for IPv6.
  public let gate6: HostGate
  /// With whom its adapters exchange no frames.
  public let port: SwitchPort
  /// How many networks of the mode a host may have; nil for any number.
  public let limit: Int?
  /// What these facts were taken from.
  public let evidence: Evidence

  init(
    _ mode: NetworkMode, variant: String? = nil, native: NativeName, description: String,
    summaryAlone: String, caveat: String? = nil, segment: SegmentScope,
    switchSpace: SwitchSpace? = nil, host: HostFoot = .absent,
    router: RouterProfile = .none, dhcp: DHCPProfile, prefixes: PrefixProfile,
    announcedIPv6: AnnouncedIPv6 = .nothing, forwards: ForwardReach = .nobody,
    obeysPromiscuousPolicy: Bool = true, needsAdministrator: Bool = false,
    gate: HostGate = .closed, gate6: HostGate? = nil, port: SwitchPort = .plain, limit: Int? = nil,
    evidence: Evidence = .measured
  ) {
    self.mode = mode
    self.variant = variant
    self.native = native
    self.description = description
    self.summaryAlone = summaryAlone
    self.caveat = caveat
    self.segment = segment
    self.switchSpace = switchSpace
    self.host = host
    self.router = router
    self.dhcp = dhcp
    self.prefixes = prefixes
    self.announcedIPv6 = announcedIPv6
    self.forwards = forwards
    self.obeysPromiscuousPolicy = obeysPromiscuousPolicy
    self.needsAdministrator = needsAdministrator
    self.gate = gate
    self.gate6 = gate6 ?? gate
    self.port = port
    self.limit = limit
    self.evidence = evidence
  }
}

extension ModeProfile {
  /// Whether there is nothing but VMs on it, and no way out that is not a VM.
  public var isCutOff: Bool { host == .absent && router == .none }

  /// Whether something hands out addresses on it without being asked.
  public var handsOutAddresses: Bool {
    switch dhcp {
    case .fixed, .uplink: true
    case .server(let server): server.habit != .never
    }
  }

  /// Whether the host's own system hands out addresses on it.
  var isServedByHost: Bool {
    if case .server(let server) = dhcp { server.isHost } else { false }
  }

  /// Whether its VMs share one segment behind a router that translates.
  public var isSharedBehindNAT: Bool {
    segment == .network && (router.engine != nil || isTranslatedByHost)
  }

  /// Whether the host's own routing translates for its VMs.
  public var isTranslatedByHost: Bool { router == .host && gate.translation != .never }
}

/// Whose frames an adapter hears.
public enum SegmentScope: Hashable, Sendable {
  /// Nobody's but its router's: each adapter has a segment of its own.
  case adapter
  /// Those of all adapters on the network's switch.
  case network
  /// Those of the LAN that the host's uplink is on.
  case uplink
}

/// A namespace of switches: networks of one name in it are one switch.
public struct SwitchSpace: Hashable, Sendable {
  /// Tells namespaces of one product apart.
  let name: String
  /// Whether a network of the mode owns the switch, and others of its name only join it.
  let isOwner: Bool
}

/// Where the host is on a network.
public enum HostFoot: Hashable, Sendable {
  case absent
  /// At an offset, or at the first usable address where that one is not usable.
  case at(UInt32)
  /// At the first usable address, however short the prefix is.
  case first
  /// With its address on the LAN.
  case uplink

  /// Whether the host has an address of its own on the network's switch.
  public var isOnSwitch: Bool {
    switch self {
    case .at, .first: true
    case .absent, .uplink: false
    }
  }
}

/// Who reaches a network's VMs through forwarded ports of the host.
public enum ForwardReach: Hashable, Sendable {
  /// Nobody: nothing listens.
  case nobody
  /// Whoever reaches the host, the host itself included: a socket of the host listens.
  case everybody
  /// Whoever comes by the LAN: the host's routing changes the target of what arrives by its uplink.
  case lan
}
