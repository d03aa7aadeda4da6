/// The secret of a bearer token: shown once to whoever makes it, and then known to its owner alone.
public struct TokenSecret: Sendable {
  /// `labplan_` and 64 hexadecimal digits; or what an operator chose. The mark in front lets
  /// scanners find secrets that were committed by mistake.
  public let text: String

  /// Shorter secrets that an operator chose are refused: their digests could be guessed.
  public static let shortestLength = 32

  /// A secret of 256 random bits from the system's generator: on Linux, `getrandom(2)`.
  public static func random() -> TokenSecret {
    var generator = SystemRandomNumberGenerator()
    let words = (0..<8).map { _ in generator.next() as UInt32 }
    return TokenSecret(text: "labplan_" + words.map(SHA256.hexadecimal).joined())
  }

  /// A secret that an operator chose; nil where it is too short, or where RFC 6750 section 2.1
  /// does not let it stand behind `Bearer`.
  public init?(chosen text: String) {
    guard text.utf8.count >= Self.shortestLength, text.utf8.allSatisfy(isTokenCharacter) else {
      return nil
    }
    self.text = text
  }

  private init(text: String) {
    self.text = text
  }

  /// What of it is kept.
  public var digest: SecretDigest { SecretDigest(of: text) }
}

/// SHA-256 of a token's secret.
///
/// A plain hash will do: it has 256 random bits to hide, which nobody can try out. What slow hashes
/// and salts are for, passwords that people think up, does not occur.
public struct SecretDigest: Hashable, Sendable {
  private let words: [UInt32]

  /// The digest of what a client sent.
  public init(of secret: String) {
    words = SHA256.digest(of: secret.utf8)
  }

  /// A digest as it is kept, 64 hexadecimal digits.
  init?(hexadecimal text: String) {
    guard text.utf8.count == 64 else { return nil }
    let digits = Array(text.utf8)
    let words = stride(from: 0, to: 64, by: 8).compactMap {
      UInt32(String(decoding: digits[$0..<$0 + 8], as: UTF8.self), radix: 16)
    }
    guard words.count == 8 else { return nil }
    self.words = words
  }

  /// The digest as it is kept.
  var hexadecimal: String { words.map(SHA256.hexadecimal).joined() }

  /// Whether both are the same, found out in a time that does not depend on where they differ.
  public func matches(_ other: SecretDigest) -> Bool {
    var difference: UInt32 = 0
    for index in 0..<8 { difference |= words[index] ^ other.words[index] }
    return difference == 0
  }
}

extension SecretDigest: SQLValue {
  func bind(to statement: Statement, at index: Int32) throws(StoreError) {
    try statement.bind(hexadecimal, at: index)
  }

  static func read(from statement: Statement, at column: Int32) throws(StoreError) -> SecretDigest {
    guard let digest = SecretDigest(hexadecimal: try statement.text(at: column)) else {
      throw statement.unexpectedValue(at: column, expected: "a SHA-256 digest")
    }
    return digest
  }
}

/// A character of `b64token` (RFC 6750 section 2.1); `=` only ends one, which is not looked at.
private func isTokenCharacter(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
    UInt8(ascii: "0")...UInt8(ascii: "9"):
    true
  default: "-._~+/=".utf8.contains(byte)
  }
}
