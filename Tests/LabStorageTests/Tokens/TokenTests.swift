import LabCore
import Testing

@testable import LabStorage

@Suite("Tokens in the store")
struct TokenTests {
  private let folder: TemporaryDirectory
  private let store: LabStore
  private let now = Timestamp(milliseconds: 1_000)

  init() throws {
    folder = try TemporaryDirectory()
    store = try LabStore(path: folder.file("labs.sqlite"))
  }

  private func label(_ text: String) throws -> DNSLabel { try DNSLabel(parsing: text) }

  private func token(
    _ name: String, _ secret: TokenSecret = .random(), role: AccessRole = .edit,
    labs: LabScope = .all, expiresAt: Timestamp? = nil
  ) throws -> AccessToken {
    AccessToken(
      name: try label(name), digest: secret.digest, role: role, labs: labs, createdAt: now,
      expiresAt: expiresAt)
  }

  // MARK: Secrets

  @Test func secretsAreLongMarkedAndNeverTheSame() {
    let secrets = (0..<1000).map { _ in TokenSecret.random().text }
    #expect(Set(secrets).count == secrets.count)
    for secret in secrets {
      let digits = secret.dropFirst("labplan_".count)
      #expect(secret.hasPrefix("labplan_") && digits.count == 64)
      #expect(digits.allSatisfy { "0123456789abcdef".contains($0) })
    }
    // Every one of the 256 bits is sometimes set and sometimes not.
    let bits = secrets.map { secret in secret.dropFirst(8).compactMap { Int(String($0), radix: 16) }
    }
    for place in 0..<64 {
      #expect(bits.reduce(0) { $0 | $1[place] } == 15, "\(place)")
      #expect(bits.reduce(15) { $0 & $1[place] } == 0, "\(place)")
    }
  }

  @Test(arguments: [
    ("", false), (String(repeating: "a", count: 31), false),
    (String(repeating: "a", count: 32), true), ("abcXYZ019-._~+/abcXYZ019-._~+/=====", true),
    (String(repeating: "a", count: 31) + " ", false),
    (String(repeating: "a", count: 31) + "\n", false),
    (String(repeating: "ü", count: 32), false),
  ])
  func aChosenSecretIsLongEnoughAndFitsTheHeader(text: String, isOne: Bool) {
    #expect((TokenSecret(chosen: text) != nil) == isOne)
  }

  @Test func digestsMatchWhereTheSecretsAreTheSame() throws {
    let secret = TokenSecret.random()
    #expect(secret.digest.matches(SecretDigest(of: secret.text)))
    let kept = try #require(SecretDigest(hexadecimal: secret.digest.hexadecimal))
    #expect(kept.matches(secret.digest))
    #expect(secret.digest.hexadecimal == SHA256.hexadecimalDigest(of: secret.text.utf8))
    #expect(!secret.digest.matches(SecretDigest(of: secret.text + "0")))
    #expect(SecretDigest(hexadecimal: "12") == nil)
    #expect(SecretDigest(hexadecimal: String(repeating: "g", count: 64)) == nil)
  }

  /// Every word counts: a digest that differs in one bit anywhere is another one.
  @Test func aDigestThatDiffersInOneDigitIsAnother() throws {
    let zeros = [Character](repeating: "0", count: 64)
    let zero = try #require(SecretDigest(hexadecimal: String(zeros)))
    for place in zeros.indices {
      var digits = zeros
      digits[place] = "1"
      let other = try #require(SecretDigest(hexadecimal: String(digits)))
      #expect(!zero.matches(other), "\(place)")
    }
  }

  // MARK: The store

  @Test func tokensAreReadAsTheyWereMade() throws {
    let made = [
      try token("alice", role: .admin, labs: .only([label("a")])),
      try token("bob", role: .read, labs: .only([label("a"), label("b")])),
      try token("ci", labs: .only([]), expiresAt: Timestamp(milliseconds: 5_000)),
    ]
    for token in made { #expect(try store.create(token) == .created) }
    #expect(try store.tokens() == made)
    #expect(made[0].labs == .all, "an admin has every lab")
  }

  @Test func theSecretIsNowhereInTheFiles() throws {
    let secret = TokenSecret.random()
    #expect(try store.create(token("alice", secret)) == .created)
    for name in ["labs.sqlite", "labs.sqlite-wal"] {
      let bytes = try folder.bytes(of: name)
      #expect(!bytes.isEmpty)
      #expect(!contains(bytes, Array(secret.text.dropFirst(8).utf8)), "\(name)")
    }
    let wal = try folder.bytes(of: "labs.sqlite-wal")
    #expect(contains(wal, Array(secret.digest.hexadecimal.utf8)), "the search finds what is there")
  }

  private func contains(_ bytes: [UInt8], _ needle: [UInt8]) -> Bool {
    bytes.indices.contains {
      bytes[$0] == needle[0] && bytes[$0...].starts(with: needle)
    }
  }

  @Test func aNameIsNeverGivenTwice() throws {
    #expect(try store.create(token("alice")) == .created)
    #expect(try store.create(token("alice")) == .nameTaken)
    #expect(try store.revokeTokens([label("alice")], at: now) == [])
    #expect(try store.create(token("alice")) == .nameTaken)
  }

  @Test func revokedTokensStayAndAreGoodForNothing() throws {
    for name in ["alice", "bob"] { #expect(try store.create(token(name)) == .created) }
    #expect(try store.revokeTokens([label("alice"), label("eve")], at: now) == [label("eve")])
    #expect(try store.tokens().allSatisfy { $0.isGood(at: now) }, "nothing was revoked")
    #expect(try store.revokeTokens([label("alice")], at: now) == [])
    let later = Timestamp(milliseconds: 2_000)
    #expect(try store.revokeTokens([label("alice")], at: later) == [])
    let tokens = try store.tokens()
    #expect(tokens.map(\.revokedAt) == [now, nil], "the first time counts")
    #expect(tokens.map { $0.isGood(at: now) } == [false, true])
  }

  @Test func aTokenIsGoodUntilItExpires() throws {
    let token = try token("alice", expiresAt: Timestamp(milliseconds: 5_000))
    #expect(token.isGood(at: Timestamp(milliseconds: 4_999)))
    #expect(!token.isGood(at: Timestamp(milliseconds: 5_000)))
  }

  @Test func theLastUseOnlyMovesOn() throws {
    #expect(try store.create(token("alice")) == .created)
    for milliseconds: Int64 in [2_000, 1_500, 3_000] {
      try store.noteUse(of: [label("alice"): Timestamp(milliseconds: milliseconds)])
    }
    #expect(try store.tokens().map(\.lastUsedAt) == [Timestamp(milliseconds: 3_000)])
  }

  @Test func aSecretFromOutsideTakesThePlaceOfTheOneBefore() throws {
    let (first, second) = (TokenSecret.random(), TokenSecret.random())
    try store.createOrReplace(token("outside", first, role: .admin))
    try store.noteUse(of: [label("outside"): now])
    try store.createOrReplace(token("outside", first, role: .admin))
    #expect(try store.tokens().map(\.lastUsedAt) == [now], "the same secret changes nothing")
    try store.createOrReplace(token("outside", second, role: .admin))
    #expect(try store.tokens().map(\.digest) == [second.digest])
    #expect(try store.revokeTokens([label("outside")], at: now) == [])
    try store.createOrReplace(token("outside", second, role: .admin))
    #expect(try store.tokens().map(\.revokedAt) == [nil])
  }

  @Test func anotherProcessSeesThemAtOnce() throws {
    let other = try LabStore(path: folder.file("labs.sqlite"))
    #expect(try other.tokens().isEmpty)
    #expect(try store.create(token("alice")) == .created)
    #expect(try other.tokens().map(\.name.text) == ["alice"])
  }
}
