/// What kind of connection a matrix asks about.
public struct ConnectivityQuery: Hashable, Sendable {
  /// What the connection is made of.
  public var transport: Requirement.Transport
  /// The target's own port, 1…65535; nil for any of them.
  public var port: Int?
  /// Of which family the addresses are.
  public var family: AddressFamily

  /// TCP to any port over IPv4, where nothing else is said.
  public init(
    transport: Requirement.Transport = .tcp, port: Int? = nil, family: AddressFamily = .ipv4
  ) {
    self.transport = transport
    self.port = port
    self.family = family
  }
}
