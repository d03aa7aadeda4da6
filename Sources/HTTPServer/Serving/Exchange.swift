/// A request and its response, as an access log wants them.
public struct Exchange: Sendable {
  /// The method; nil when the request line could not be read.
  public let method: Method?
  /// The request target as it was sent; nil when the request line could not be read.
  public let target: String?
  /// The status of the response.
  public let status: Status
  /// Bytes of the response that were handed to the system, head and framing included.
  public let bytesSent: Int
  /// From the moment the request was read whole until the last byte of the response was handed to
  /// the system.
  public let duration: Duration
  /// Whether the response was handed over whole. A ``LiveBody`` is whole when its client leaves.
  public let isComplete: Bool
  /// What the request is called.
  public let requestID: RequestID
  /// The pattern of the route that answered; nil where none did.
  public let route: String?
  /// The other end of the connection.
  public let remoteAddress: SocketAddress
  /// The client's address where that is another one: see ``Response/client``.
  public let client: String?
}
