/// Which connections speak for many clients, and for whom each of their requests is.
public struct ProxyTrust: Sendable {
  /// Whether the host at the other end of a connection is such a proxy.
  public let isProxy: @Sendable (_ host: String) -> Bool
  /// The address of the client that a request is for; nil where it names none.
  public let client: @Sendable (Request) -> String?

  /// Trust in certain proxies. Both are asked on event loops and must not block.
  public init(
    isProxy: @escaping @Sendable (_ host: String) -> Bool,
    client: @escaping @Sendable (Request) -> String?
  ) {
    self.isProxy = isProxy
    self.client = client
  }

  /// Every connection is a client's own.
  public static let nobody = ProxyTrust(isProxy: { _ in false }, client: { _ in nil })
}
