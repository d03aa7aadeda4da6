public import LabCore

/// A request that is carried out once, however often it is sent
/// (draft-ietf-httpapi-idempotency-key-header).
public struct IdempotentRequest: Hashable, Sendable {
  /// The client's key.
  public let key: String
  /// For which method and path it counts, and for whose.
  public let operation: String
  /// The name of the token that it came with; empty where there was none.
  let caller: String
  /// SHA-256 of what is asked for, in hexadecimal digits.
  public let contentHash: String
  /// For how long a key counts after it was used, in milliseconds: 24 hours.
  public static let life: Int64 = 24 * 60 * 60 * 1_000

  /// A request with a key.
  ///
  /// - Parameters:
  ///   - operation: the method and path; they have a blank between them alone.
  ///   - token: the name of the token that the request came with. Two clients that happen to make
  ///     the same key are none of each other's business.
  ///   - content: what is asked for; another request with the same key is refused.
  public init(key: String, operation: String, token: DNSLabel?, content: [UInt8]) {
    self.key = key
    self.operation = token.map { "\(operation) \($0)" } ?? operation
    caller = token?.text ?? ""
    contentHash = SHA256.hexadecimalDigest(of: content)
  }
}

/// An answer that is given again when its request is sent again.
public struct RecordedAnswer: Hashable, Sendable {
  /// The status, 200 to 299.
  public let status: Int
  /// The header fields, as `name: value` lines.
  public let headers: String
  /// The body, a text.
  public let body: String

  /// An answer of the given parts.
  public init(status: Int, headers: String, body: String) {
    self.status = status
    self.headers = headers
    self.body = body
  }
}

/// What became of a request that may have been sent before.
public enum Once<Outcome> {
  /// It was carried out now.
  case now(Outcome)
  /// It was before; this was the answer.
  case before(RecordedAnswer)
  /// Its key was used for another request.
  case keyInUse
}

extension Once: Sendable where Outcome: Sendable {}
