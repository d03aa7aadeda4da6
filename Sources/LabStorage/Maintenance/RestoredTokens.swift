public import LabCore

/// What became of the tokens of a database that was restored.
public struct RestoredTokens: Hashable, Sendable {
  /// Tokens that were good in the backup and revoked, or given another secret, since. They stay
  /// revoked.
  public internal(set) var revoked: [DNSLabel] = []
  /// Tokens that are good, and were not in the database before, as far as that could be read.
  public internal(set) var returned: [DNSLabel] = []
  /// Whether the database had tokens and has none: the service answers everyone.
  public internal(set) var areGone = false
}

/// Revokes in a copy what was revoked in the database whose place it takes, as far as that one can be
/// read.
func keepRevocations(
  of path: String, in copy: String
) throws(MaintenanceError) -> RestoredTokens {
  let former = (try? formerTokens(of: path)) ?? []
  return try maintaining(copy) { () throws(StoreError) in
    let target = try Connection(to: DatabaseLocation(path: copy), access: .copy)
    return try target.transaction(.write) { () throws(StoreError) in
      try target.keepRevocations(of: former)
    }
  }
}

private func formerTokens(of path: String) throws(StoreError) -> [AccessToken] {
  guard fileExists(path) else { return [] }
  let connection = try Connection(to: DatabaseLocation(path: path), access: .readOnly)
  return try connection.transaction(.snapshot) { () throws(StoreError) in
    try connection.hasTable("tokens") ? try connection.tokens() : []
  }
}

extension Connection {
  fileprivate func keepRevocations(
    of former: [AccessToken]
  ) throws(StoreError) -> RestoredTokens {
    var result = RestoredTokens()
    let restored = try hasTable("tokens") ? tokens() : []
    result.areGone = restored.isEmpty && !former.isEmpty
    let known = Dictionary(former.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    for token in restored where token.revokedAt == nil {
      guard let now = known[token.name] else {
        result.returned.append(token.name)
        continue
      }
      // A token that was given another secret was revoked as well.
      guard let end = now.digest == token.digest ? now.revokedAt : now.createdAt else { continue }
      try revokeToken(token.name, at: end)
      result.revoked.append(token.name)
    }
    return result
  }
}
