/// A request that has been read whole and found well-formed.
public struct Request: Sendable {
  /// The protocol version of a request. Versions 1.2 to 1.9 count as 1.1 (RFC 9110, section 2.5).
  public enum Version: Hashable, Sendable {
    /// HTTP/1.0.
    case http10
    /// HTTP/1.1.
    case http11
  }

  /// The method.
  public let method: Method
  /// The request target as it was sent: `/v1/labs?limit=10`.
  public let target: String
  /// The segments of the path, each decoded for itself, so that `%2F` stays inside its segment.
  ///
  /// `/` has no segments, `/a/b` has two, `/a/` has `a` and an empty one. No segment is `.` or `..`
  /// and none holds a control character. `OPTIONS *` has none; see ``isServerWide``.
  public let path: [String]
  /// The decoded query.
  public let query: Query
  /// The protocol version.
  public let version: Version
  /// The header fields.
  public internal(set) var headers: Headers
  /// The body, with any transfer coding removed.
  public let body: [UInt8]
  /// The other end of the connection; nil for a request that came from no socket.
  public internal(set) var remoteAddress: SocketAddress?
  /// What the request is called: what `X-Request-ID` says where that is fit, or else a new name.
  public internal(set) var id = RequestID(number: 0)
  /// How long the work on it makes sense; nil for a request that came from no socket.
  var lifetime: RequestLifetime?
  private var facts: [ObjectIdentifier: any Sendable] = [:]

  /// Whether the request is `OPTIONS *`, about the server rather than a resource.
  public var isServerWide: Bool { target == "*" }

  /// Why nobody waits for the answer any more; nil while somebody does. A client that has only
  /// finished sending still waits.
  ///
  /// A system call: ask it every few milliseconds from work that takes long, from the handler or
  /// from threads that the handler waits for. Work that does not ask is not interrupted.
  public var interruption: Interruption? { lifetime?.interruption(version: version) }

  /// Whether the client has gone; see ``interruption``.
  public var isAbandoned: Bool { lifetime?.client.isGone(version: version) ?? false }

  /// How long the work may still take: zero once its time is up, nil where it has no end.
  public var timeLeft: Duration? {
    guard let deadline = lifetime?.deadline else { return nil }
    let now = monotonicNow()
    return deadline > now ? .nanoseconds(Int64(clamping: deadline - now)) : .zero
  }

  /// What a ``Step`` on the way to the handler found out, by its type.
  public subscript<Fact: Sendable>(_ type: Fact.Type) -> Fact? {
    get { facts[ObjectIdentifier(type)] as? Fact }
    set { facts[ObjectIdentifier(type)] = newValue }
  }
}

extension Request {
  init(
    method: Method, target: String, path: [String], query: Query, version: Version,
    headers: Headers, body: [UInt8]
  ) {
    self.method = method
    self.target = target
    self.path = path
    self.query = query
    self.version = version
    self.headers = headers
    self.body = body
  }
}
