/// What recommendations may not do, and what they have to leave as it is.
public struct Constraints: Hashable, Sendable {
  /// The modes that may be used; nil for all.
  public var modes: [NetworkMode]?
  /// Modes that may not be used.
  public var excluded: [ExcludedMode]
  /// Whether whoever builds the lab has administrator rights on the host; without them there are no
  /// host-only and no bridged networks.
  public var hasAdministrator: Bool?
  /// Whether the host's port of the LAN's switch lets in one hardware address alone (802.1X, port
  /// security); with it there are no bridged networks.
  public var hasPortSecurity: Bool?
  /// How many adapters a VM may have, 1…36; four where the document says nothing.
  public var maximumAdapters: Int?
  /// Whether a recommendation may add VMs that translate and filter.
  public var mayAddGateways: Bool?
  /// Networks that stay as they are, with the adapters on them.
  public var keptNetworks: [DNSLabel]
  /// Adapters that stay as they are, with their networks.
  public var keptAdapters: [KeptAdapter]

  /// Constraints of the given parts.
  public init(
    modes: [NetworkMode]? = nil, excluded: [ExcludedMode] = [], hasAdministrator: Bool? = nil,
    hasPortSecurity: Bool? = nil, maximumAdapters: Int? = nil, mayAddGateways: Bool? = nil,
    keptNetworks: [DNSLabel] = [], keptAdapters: [KeptAdapter] = []
  ) {
    self.modes = modes
    self.excluded = excluded
    self.hasAdministrator = hasAdministrator
    self.hasPortSecurity = hasPortSecurity
    self.maximumAdapters = maximumAdapters
    self.mayAddGateways = mayAddGateways
    self.keptNetworks = keptNetworks
    self.keptAdapters = keptAdapters
  }
}

/// A mode that may not be used, and why.
public struct ExcludedMode: Hashable, Sendable {
  /// The mode.
  public var mode: NetworkMode?
  /// For people, 1…200 characters.
  public var reason: String?

  /// An exclusion of the given parts.
  public init(mode: NetworkMode?, reason: String? = nil) {
    self.mode = mode
    self.reason = reason
  }
}

/// An adapter that stays as it is.
public struct KeptAdapter: Hashable, Sendable {
  /// The VM that has it.
  public var vm: DNSLabel?
  /// 1-based.
  public var slot: Int?

  /// The adapter in a VM's slot.
  public init(vm: DNSLabel?, slot: Int?) {
    self.vm = vm
    self.slot = slot
  }
}

extension Constraints {
  /// Why a mode may not be used; nil where it may.
  public func reasonAgainst(_ profile: ModeProfile) -> String? {
    let mode = profile.mode
    if let excluded = excluded.first(where: { $0.mode == mode }) {
      return excluded.reason ?? "the constraints exclude it"
    }
    if let modes, !modes.contains(mode) { return "the constraints do not list it" }
    if hasAdministrator == false, profile.needsAdministrator {
      return "it takes administrator rights on the host"
    }
    if hasPortSecurity == true, profile.segment == .uplink {
      return "the LAN's port lets in one hardware address alone"
    }
    return nil
  }
}
