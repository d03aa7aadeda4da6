/// A response to be sent.
///
/// The server adds `Date`, `X-Request-ID` and whatever frames the body. Those fields,
/// `Content-Length` and `Transfer-Encoding` among ``headers`` are ignored; `Connection: close` there
/// closes the connection after the response.
public struct Response: Sendable {
  /// The body of a response.
  public enum Body: Sendable {
    /// No body.
    case none
    /// A body in memory. It is sent from where it lies, never copied.
    case bytes([UInt8])
    /// A body made while it is sent.
    case stream(BodyStream)
    /// A body whose bytes come when something happens.
    case live(LiveBody)
  }

  /// The status.
  public var status: Status
  /// The header fields.
  public var headers: Headers
  /// The body. It is not sent in answer to HEAD, nor with 204 and 304.
  public var body: Body
  /// Keeps the gzip form of a body in memory that is sent again; nil where it is made each time.
  public var encodedBody: EncodedBody?
  /// The pattern of the route that answered, as a ``Router`` notes it; nil where none did.
  public internal(set) var route: String?
  /// The client's address, as a ``Step`` notes it that knows it from a proxy; nil where it is the
  /// other end of the connection.
  public var client: String?

  /// A response of these parts.
  public init(status: Status, headers: Headers = Headers(), body: Body = .none) {
    self.status = status
    self.headers = headers
    self.body = body
  }
}

/// A body made piece by piece, each when the socket can take more.
///
/// It is sent chunked to HTTP/1.1 clients, and ended by closing the connection to HTTP/1.0 ones.
///
/// Unchecked because the server asks for one piece at a time, from whichever thread has the
/// connection, and hands the connection over with the ordering that needs.
public final class BodyStream: @unchecked Sendable {
  private let produce: () throws -> [UInt8]?

  /// A body from a producer.
  ///
  /// - Parameter next: gives the next piece, or nil at the end. Pieces of some 64 KiB serve best.
  ///   When it throws, the connection is cut so that the client sees the body is incomplete.
  public init(_ next: sending @escaping () throws -> [UInt8]?) {
    produce = next
  }

  /// The next piece; nil at the end.
  public func next() throws -> [UInt8]? {
    try produce()
  }
}
