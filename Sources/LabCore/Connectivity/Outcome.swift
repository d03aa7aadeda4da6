/// How one endpoint reaches another, or what keeps it from it.
public enum Outcome: UInt8, CaseIterable, Hashable, Sendable {
  /// The diagonal.
  case itself
  /// Both are on one segment.
  case direct
  /// Through a forwarding VM or the LAN's router, addresses unchanged.
  case routed
  /// Through a NAT.
  case translated
  /// Only through a port forward.
  case forwarded
  /// One of the two has no adapter that is attached and plugged in.
  case notAttached
  /// One of the two has no address of the family.
  case noAddress
  /// The source has no way there.
  case noRoute
  /// The target is behind a NAT with no forward that serves the source.
  case isolatedByNAT
  /// The packet reaches a node that does not route.
  case notForwarded
  /// The packet arrives, its answer does not.
  case noReturnRoute
  /// Two machines, or two networks, claim the same address.
  case addressConflict
  /// The internet is not there.
  case offline
  /// A firewall, the access point or the switch keeps the packet out.
  case filtered

  /// The name in answers.
  public var name: String {
    switch self {
    case .itself: "self"
    case .direct: "direct"
    case .routed: "routed"
    case .translated: "translated"
    case .forwarded: "forwarded"
    case .notAttached: "not-attached"
    case .noAddress: "no-address"
    case .noRoute: "no-route"
    case .isolatedByNAT: "isolated-by-nat"
    case .notForwarded: "not-forwarded"
    case .noReturnRoute: "no-return-route"
    case .addressConflict: "address-conflict"
    case .offline: "offline"
    case .filtered: "filtered"
    }
  }

  /// Whether a connection is made. The diagonal counts as neither reachable nor blocked.
  public var isReachable: Bool {
    switch self {
    case .direct, .routed, .translated, .forwarded: true
    case .itself, .notAttached, .noAddress, .noRoute, .isolatedByNAT, .notForwarded,
      .noReturnRoute, .addressConflict, .offline, .filtered:
      false
    }
  }
}
