/// Who routes for a network's VMs without being asked.
public enum RouterProfile: Hashable, Sendable {
  /// Nobody, unless the document names a gateway.
  case none
  /// The router of the LAN.
  case uplink
  /// A program on the host that does with sockets of the host whatever its guests do.
  case engine(EngineProfile)
  /// The host's own routing, by its address on the network; what passes is `HostGate`'s to say.
  case host

  /// The program that translates; nil where none does.
  public var engine: EngineProfile? {
    if case .engine(let engine) = self { engine } else { nil }
  }
}

/// A program on the host that translates for its guests, as offsets into the network's prefix.
public struct EngineProfile: Hashable, Sendable {
  /// The router that guests are given.
  public let gateway: UInt32
  /// Where guests find the host's loopback.
  public let loopback: LoopbackAlias
  /// Answered for, but leading nowhere: name server, DHCP server.
  public let servers: [UInt32]
  /// Never given to an adapter.
  let reserved: [UInt32]
  /// The same over IPv6.
  let reserved6: [UInt32]
  /// Whether its guest has the host's own address on the LAN, with the LAN's router as its own, and
  /// the engine answers for every other address (passt).
  let lendsHostAddress: Bool

  init(
    gateway: UInt32, loopback: LoopbackAlias, servers: [UInt32], reserved: [UInt32],
    reserved6: [UInt32], lendsHostAddress: Bool = false
  ) {
    self.gateway = gateway
    self.loopback = loopback
    self.servers = servers
    self.reserved = reserved
    self.reserved6 = reserved6
    self.lendsHostAddress = lendsHostAddress
  }
}

/// Where the guests of an engine find the host's loopback, as an offset into the prefix.
public struct LoopbackAlias: Hashable, Sendable {
  /// Whether they do find it.
  public enum Access: Hashable, Sendable {
    case open
    /// Only where the document opens it.
    case closedByDefault
    case never
  }

  /// The address.
  public let offset: UInt32
  /// Whether it leads anywhere.
  public let access: Access
}

extension RouterProfile {
  /// Whether each guest has the host's own address on the LAN.
  var lendsHostAddress: Bool { engine?.lendsHostAddress ?? false }
}

extension Network {
  /// Whether the network's guests reach the host's loopback.
  public var reachesHostLoopback: Bool {
    guard let engine = profile.router.engine else { return false }
    return switch engine.loopback.access {
    case .open: true
    case .closedByDefault: localhostReachable ?? false
    case .never: false
    }
  }
}
