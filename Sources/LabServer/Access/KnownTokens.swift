import Glibc
import HTTPServer
import LabCore
import LabStorage

/// For how long a service may go by what it knew of the tokens before. Whoever makes or revokes one
/// waits for that long, and then every service on the database knows, in whatever process.
public let tokenDelay = KnownTokens.longestAge + Response.longestRepetition

/// The tokens of the store, as they were a moment ago at most.
///
/// Reading them for each request would cost as much as the request. So they are kept for
/// ``longestAge`` and no longer: see ``tokenDelay``.
final class KnownTokens: Sendable {
  /// For how long what was read may be used.
  static let longestAge = Duration.milliseconds(50)

  private struct State {
    var tokens: [AccessToken] = []
    /// A moment before the reading began; nil before the first.
    var readAt: Duration?
    /// Tokens that were used since the last time that this was written down.
    var used: [DNSLabel: Timestamp] = [:]
  }

  private let store: LabStore
  private let state = Locked(State())

  init(of store: LabStore) {
    self.store = store
  }

  /// Every token there is, the revoked and expired ones too.
  func all() throws(StoreError) -> [AccessToken] {
    let now = monotonicNow()
    return try state.withLock { state in refresh(&state, at: now) }.get()
  }

  /// The token that a secret belongs to; its use is remembered. Each token is compared in full,
  /// whether or not one before it was the one.
  func token(of secret: String, at time: Timestamp) throws(StoreError) -> AccessToken? {
    let digest = SecretDigest(of: secret)
    let now = monotonicNow()
    let result = state.withLock { state -> Result<AccessToken?, StoreError> in
      refresh(&state, at: now).map { tokens in
        var found: AccessToken?
        for token in tokens where token.digest.matches(digest) { found = token }
        if let found { state.used[found.name] = time }
        return found
      }
    }
    return try result.get()
  }

  private func refresh(
    _ state: inout State, at now: Duration
  ) -> Result<[AccessToken], StoreError> {
    if let readAt = state.readAt, now - readAt <= Self.longestAge { return .success(state.tokens) }
    do throws(StoreError) {
      state.tokens = try store.tokens()
      state.readAt = now
      return .success(state.tokens)
    } catch {
      return .failure(error)
    }
  }

  /// Reads them again before they are used the next time.
  func forget() {
    state.withLock { $0.readAt = nil }
  }

  /// Writes down which tokens were used since the last time; or of these, only those that were never
  /// used before.
  func writeUse(ofNewOnly: Bool = false) throws {
    let used = state.withLock { state in
      let new = Set(state.tokens.filter { $0.lastUsedAt == nil }.map(\.name))
      let used = ofNewOnly ? state.used.filter { new.contains($0.key) } : state.used
      for name in used.keys { state.used[name] = nil }
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
