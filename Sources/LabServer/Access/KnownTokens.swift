import Glibc
import LabCore
import LabStorage

/// For how long a service may go by what it knew of the tokens before. Whoever makes or revokes one
/// waits for that long, and then every service on the database knows, in whatever process.
public let tokenDelay = KnownTokens.longestAge

/// The tokens of the store, as they were a moment ago at most.
///
/// Reading them for each request would cost as much as the request. So they are kept for
/// ``longestAge`` and no longer, see ``tokenDelay``, or for as long as nothing is committed.
final class KnownTokens: Sendable {
  /// For how long what was read may be used, whatever is committed meanwhile.
  static let longestAge = Duration.milliseconds(50)

  private struct Snapshot {
    let tokens: [AccessToken]
    /// A moment before the reading began.
    let readAt: Duration
    /// Where the database stood then.
    let stamp: CommitStamp?
  }

  private let store: LabStore
  /// What was read last. No lock is held while it is read anew, so that an event loop may look.
  private let snapshot = Locked<Snapshot?>(nil)
  /// Tokens that were used since the last time that this was written down.
  private let used = Locked<[DNSLabel: Timestamp]>([:])

  init(of store: LabStore) {
    self.store = store
  }

  /// Every token there is, the revoked and expired ones too.
  func all() throws(StoreError) -> [AccessToken] {
    let stamp = store.commitStamp
    let now = monotonicNow()
    if let snapshot = current(at: stamp, now) { return snapshot.tokens }
    let tokens = try store.tokens()
    snapshot.withLock { $0 = Snapshot(tokens: tokens, readAt: now, stamp: stamp) }
    return tokens
  }

  /// The same without waiting for anything; nil where they have to be read.
  func known(at stamp: CommitStamp) -> [AccessToken]? {
    current(at: stamp, monotonicNow())?.tokens
  }

  /// The token that a secret belongs to; its use is remembered.
  func token(of secret: String, at time: Timestamp) throws(StoreError) -> AccessToken? {
    token(of: secret, among: try all(), at: time)
  }

  /// The token that a secret belongs to; its use is remembered. Each token is compared in full,
  /// whether or not one before it was the one.
  func token(
    of secret: String, among tokens: [AccessToken], at time: Timestamp
  ) -> AccessToken? {
    let digest = SecretDigest(of: secret)
    var found: AccessToken?
    for token in tokens where token.digest.matches(digest) { found = token }
    if let name = found?.name { used.withLock { $0[name] = time } }
    return found
  }

  private func current(at stamp: CommitStamp?, _ now: Duration) -> Snapshot? {
    guard let snapshot = snapshot.withLock({ $0 }) else { return nil }
    let isUnchanged = stamp != nil && snapshot.stamp == stamp
    return isUnchanged || now - snapshot.readAt <= Self.longestAge ? snapshot : nil
  }

  /// Reads them again before they are used the next time.
  func forget() {
    snapshot.withLock { $0 = nil }
  }

  /// Writes down which tokens were used since the last time; or of these, only those that were never
  /// used before.
  func writeUse(ofNewOnly: Bool = false) throws {
    let tokens = snapshot.withLock { $0 }?.tokens ?? []
    let new = Set(tokens.filter { $0.lastUsedAt == nil }.map(\.name))
    let used = used.withLock { all in
      let used = ofNewOnly ? all.filter { new.contains($0.key) } : all
      for name in used.keys { all[name] = nil }
      return used
    }
    if !used.isEmpty { try store.noteUse(of: used) }
  }
}

private func monotonicNow() -> Duration {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
}
