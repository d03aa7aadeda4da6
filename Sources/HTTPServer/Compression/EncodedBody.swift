/// The gzip form of a body that is sent often: made once, by whichever thread needs it first.
public final class EncodedBody: Sendable {
  private let bytes = Lock<[UInt8]?>(nil)

  /// One that has not been made.
  public init() {}

  /// Whether it has been made.
  var isReady: Bool { bytes.withLock { $0 != nil } }

  /// The encoded bytes of a body. Nobody waits for them here: two threads may make them at once.
  func bytes(_ body: [UInt8]) throws -> [UInt8] {
    if let known = bytes.withLock({ $0 }) { return known }
    let made = try GzipEncoder().encode(body, isLast: true)
    bytes.withLock { $0 = made }
    return made
  }
}
