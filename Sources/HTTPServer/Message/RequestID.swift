/// What a request and its answer are called in logs, in problems and in `X-Request-ID`.
public struct RequestID: Hashable, Sendable {
  /// Visible ASCII, 1 to 128 characters.
  public let text: String

  /// The name that a client, or a proxy before it, has given to its request; nil for what could
  /// be taken for something else in a log: blanks, quotes, controls, or more than 128 characters.
  public init?(_ text: String) {
    let isFit = text.utf8.allSatisfy { $0.isVisible && $0 != 0x22 && $0 != 0x27 && $0 != 0x5C }
    guard isFit, (1...128).contains(text.utf8.count) else { return nil }
    self.text = text
  }

  /// A name for the number: 13 digits of Crockford's base 32, which a `String` holds inline.
  init(number: UInt64) {
    text = String(unsafeUninitializedCapacity: 13) { buffer in
      for index in 0..<13 {
        buffer[12 - index] = Self.digits[Int(number >> UInt64(5 * index) & 31)]
      }
      return 13
    }
  }

  private static let digits = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)
}

extension RequestID: CustomStringConvertible {
  /// The text.
  public var description: String { text }
}
