extension NetworkMode {
  /// What comes nearest where a product lacks it, the nearest first.
  public var nearest: [NetworkMode] {
    switch self {
    case .nat: [.natNetwork, .bridged]
    case .natNetwork: [.nat, .bridged]
    case .bridged: [.routed, .natNetwork]
    case .internal: [.hostOnly]
    case .hostOnly: [.internal]
    case .routed: [.natNetwork, .bridged, .hostOnly]
    }
  }

  /// Whether somebody has to route for its VMs.
  public var needsRouter: Bool {
    switch self {
    case .nat, .natNetwork, .routed: true
    case .bridged, .internal, .hostOnly: false
    }
  }
}
