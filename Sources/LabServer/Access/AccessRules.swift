public import LabCore

/// Who may use the service from where: what whoever starts it decides.
public struct AccessRules: Sendable {
  /// Whether only this machine can connect. A service without tokens then answers everyone;
  /// elsewhere it answers nobody.
  public var listensAtLoopback = true
  /// What `Host` may say, beside the names of the loopback, where the service listens there.
  public var hosts: [String] = []
  /// Origins whose pages may write, besides those that the service itself answers with.
  public var origins: [String] = []
  /// The proxies whose word counts about who the client is.
  public var trustedProxies: [AnyPrefix] = []

  /// The rules of a service that only this machine can reach.
  public init() {}

  /// Whether an address or name to listen at is this machine's loopback. Names other than
  /// `localhost` are not, whatever they are resolved to.
  public static func isLoopback(_ host: String) -> Bool {
    if host.lowercased() == "localhost" { return true }
    switch try? AnyAddress(parsing: host) {
    case .ipv4(let address): return address.isLoopback
    case .ipv6(let address): return address.bits == 1
    case nil: return false
    }
  }
}
