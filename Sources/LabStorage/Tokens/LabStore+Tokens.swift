public import LabCore

/// What became of an attempt to make a token.
public enum TokenCreation: Hashable, Sendable {
  /// The token is good from now on.
  case created
  /// A token of that name is there, or was.
  case nameTaken
}

extension LabStore {
  /// Every token by name, the revoked and expired ones too.
  public func tokens() throws(StoreError) -> [AccessToken] {
    try database.readSnapshot { (connection) throws(StoreError) in try connection.tokens() }
  }

  /// Makes a token.
  ///
  /// - Throws: `LimitReached` or a `StoreError`.
  public func create(_ token: AccessToken) throws -> TokenCreation {
    try database.write { connection in
      guard try connection.tokenID(token.name) == nil else { return .nameTaken }
      guard try connection.number("SELECT count(*) FROM tokens") < limits.tokens else {
        throw LimitReached(thing: .tokens, most: limits.tokens)
      }
      try connection.insert(token)
      return .created
    }
  }

  /// Makes a token, or gives the one of its name a new secret, role and lifetime: for secrets that
  /// are set from outside, as in a container.
  public func createOrReplace(_ token: AccessToken) throws {
    try database.write { connection in
      if let id = try connection.tokenID(token.name) {
        if try connection.digest(ofToken: id) == token.digest { return }
        try connection.run("DELETE FROM tokens WHERE id = ?", id)
      }
      try connection.insert(token)
    }
  }

  /// Revokes tokens, all or, where one of them is not there, none.
  ///
  /// - Returns: the names that no token has. A token that was revoked before stays as it is.
  public func revokeTokens(_ names: [DNSLabel], at time: Timestamp) throws -> [DNSLabel] {
    try database.write { connection in
      let unknown = try names.filter { try connection.tokenID($0) == nil }
      guard unknown.isEmpty else { return unknown }
      for name in names {
        try connection.revokeToken(name, at: time)
      }
      return []
    }
  }

  /// Notes when tokens were last used.
  public func noteUse(of tokens: [DNSLabel: Timestamp]) throws {
    try database.write { connection in
      for (name, time) in tokens {
        try connection.run(
          "UPDATE tokens SET last_used_at = ? WHERE name = ? AND coalesce(last_used_at, 0) < ?",
          time, name, time)
      }
    }
  }
}

extension Connection {
  fileprivate func tokenID(_ name: DNSLabel) throws(StoreError) -> Int64? {
    try first("SELECT id FROM tokens WHERE name = ?", name) { (row) throws(StoreError) in
      try row.next(Int64.self)
    }
  }

  fileprivate func digest(ofToken id: Int64) throws(StoreError) -> SecretDigest? {
    try first("SELECT secret_sha256 FROM tokens WHERE id = ? AND revoked_at IS NULL", id) {
      (row) throws(StoreError) in try row.next(SecretDigest.self)
    }
  }

  fileprivate func insert(_ token: AccessToken) throws(StoreError) {
    let id = try first(
      """
      INSERT INTO tokens (name, secret_sha256, role, all_labs, created_at, expires_at)
      VALUES (?, ?, ?, ?, ?, ?) RETURNING id
      """,
      token.name, token.digest, token.role, token.labs == .all, token.createdAt, token.expiresAt
    ) { (row) throws(StoreError) in try row.next(Int64.self) }
    guard let id else { throw StoreError(.misuse, "an inserted token has no id") }
    guard case .only(let labs) = token.labs else { return }
    try runForEach(labs.sorted(), "INSERT INTO token_labs (token_id, lab) VALUES (?, ?)") {
      (arguments, lab) throws(StoreError) in
      try arguments.bind(id)
      try arguments.bind(lab)
    }
  }

  /// Revokes a token that is not revoked yet.
  func revokeToken(_ name: DNSLabel, at time: Timestamp) throws(StoreError) {
    try run("UPDATE tokens SET revoked_at = ? WHERE name = ? AND revoked_at IS NULL", time, name)
  }

  /// Several statements: the caller has a transaction open.
  func tokens() throws(StoreError) -> [AccessToken] {
    var labs: [Int64: Set<DNSLabel>] = [:]
    try forEach("SELECT token_id, lab FROM token_labs") { (row) throws(StoreError) in
      let id = try row.next(Int64.self)
      labs[id, default: []].insert(try row.next())
    }
    return try all(
      """
      SELECT id, name, secret_sha256, role, all_labs, created_at, expires_at, revoked_at,
        last_used_at
      FROM tokens ORDER BY name
      """
    ) { (row) throws(StoreError) in
      let id = try row.next(Int64.self)
      let (name, digest) = (try row.next(DNSLabel.self), try row.next(SecretDigest.self))
      let (role, hasAllLabs) = (try row.next(AccessRole.self), try row.next(Bool.self))
      var token = AccessToken(
        name: name, digest: digest, role: role,
        labs: hasAllLabs ? .all : .only(labs[id] ?? []), createdAt: try row.next(),
        expiresAt: try row.next())
      token.revokedAt = try row.next()
      token.lastUsedAt = try row.next()
      return token
    }
  }
}

extension AccessRole: SQLValue {}
