/// The threads of a server that have not ended.
final class ThreadGroup: Sendable {
  private struct State: Sendable {
    var count = 0
    /// What is left to do by the last one.
    var lastRites: (@Sendable () -> Void)?
  }

  private let state = Lock(State())

  /// Counts a thread that is about to start.
  func enter() {
    state.withLock { $0.count += 1 }
  }

  /// Counts a thread that ends.
  func leave() {
    let lastRites = state.withLock { state -> (@Sendable () -> Void)? in
      state.count -= 1
      guard state.count == 0 else { return nil }
      defer { state.lastRites = nil }
      return state.lastRites
    }
    state.signal { _ in }
    lastRites?()
  }

  /// Waits until all have ended, at most until the moment. False where some have not: the last of
  /// those then does what is `otherwise` left to do.
  func waitForAll(
    until moment: Instant, otherwise lastRites: @escaping @Sendable () -> Void
  ) -> Bool {
    state.wait(until: moment) { $0.count == 0 }
    return state.withLock { state in
      guard state.count > 0 else { return true }
      state.lastRites = lastRites
      return false
    }
  }
}
