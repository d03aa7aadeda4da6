/// What the host lets pass between a network and its others, where the host is the network's router.
///
/// A new connection passes when the network that it comes from lets it out and the one that it
/// goes to is open; its answer passes when the network that asked is not closed. The LAN is open.
public struct HostGate: Hashable, Sendable {
  /// What the host lets in.
  public enum Inward: Hashable, Sendable {
    case closed
    /// What answers connections that began inside.
    case replies
    case open
  }

  /// When what leaves gets the host's own address as its sender.
  public enum Translation: Hashable, Sendable {
    case never
    /// On the way out to the LAN.
    case uplink
    /// On whichever way out.
    case always
  }

  /// Whether its VMs may begin connections through the host.
  public let letsOut: Bool
  /// What gets in through the host.
  public let inward: Inward
  /// When the host speaks in its own name.
  public let translation: Translation

  init(letsOut: Bool, inward: Inward, translation: Translation = .never) {
    self.letsOut = letsOut
    self.inward = inward
    self.translation = translation
  }

  /// Nothing passes.
  static let closed = HostGate(letsOut: false, inward: .closed)
  /// Everything passes unchanged.
  static let open = HostGate(letsOut: true, inward: .open)
}

/// With whom an adapter on a switch exchanges no frames.
public struct SwitchPort: Hashable, Sendable {
  /// Whether the host's own frames do not get there, nor its frames to the host.
  let missesHost: Bool
  /// Whether those of VMs whose ports are not plain ones do not.
  let isIsolated: Bool

  /// As on any switch.
  static let plain = SwitchPort(missesHost: false, isIsolated: false)
}
