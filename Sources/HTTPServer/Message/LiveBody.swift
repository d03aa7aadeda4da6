/// A body whose bytes come when something happens, for as long as client and server like.
///
/// While there is nothing to send, it holds a connection and no thread. Bytes are asked for when
/// ``wake()`` was called, from whatever thread, and the client has taken all before; a slow client
/// is therefore never a queue that grows, but one that asks less often. Heartbeats keep the
/// connection open through proxies and find clients that are gone.
///
/// The body ends with ``Piece/end``, when the client leaves, or when the server stops.
///
/// Unchecked because the server asks for one piece at a time, from whichever thread has the
/// connection, and hands the connection over with the ordering that needs.
public final class LiveBody: @unchecked Sendable {
  /// What there is to send now.
  public enum Piece: Sendable {
    /// These bytes, and maybe more at once.
    case bytes([UInt8])
    /// Nothing, until ``LiveBody/wake()``.
    case nothingYet
    /// Nothing any more.
    case end
  }

  /// What is sent when nothing was for a while.
  let heartbeat: [UInt8]
  /// How long nothing is sent at most.
  let interval: Duration
  private let produce: () throws -> Piece
  private let onEnd: @Sendable () -> Void
  private let state = Lock(State())

  private struct State {
    var isWoken = false
    var hasEnded = false
    var waiter: Waiter?
  }

  /// The connection that waits for the body.
  struct Waiter {
    let poller: Poller
    let descriptor: Int32
    let slot: Int

    func arm(_ interest: Poller.Interest) -> Bool {
      poller.rearm(connection: descriptor, slot: slot, interest)
    }
  }

  /// A live body.
  ///
  /// - Parameters:
  ///   - heartbeat: sent when nothing was for `interval`; something that means nothing.
  ///   - onEnd: called once, from any thread, when nothing will be asked for any more.
  ///   - next: gives what there is; asked again until there is nothing yet. When it throws, the
  ///     connection is cut.
  public init(
    heartbeat: [UInt8], every interval: Duration = .seconds(15),
    onEnd: @escaping @Sendable () -> Void = {}, next: sending @escaping () throws -> Piece
  ) {
    self.heartbeat = heartbeat
    self.interval = interval
    self.onEnd = onEnd
    produce = next
  }

  deinit {
    end()
  }

  /// Says that there may be something to send. Cheap, and never waits for the client.
  public func wake() {
    state.withLock { state in
      guard !state.isWoken else { return }
      state.isWoken = true
      // Under the lock: the descriptor is closed only after the waiter has left.
      _ = state.waiter?.arm(.writable)
    }
  }

  func next() throws -> Piece {
    state.withLock { $0.isWoken = false }
    return try produce()
  }

  /// Lets a connection wait for ``wake()``, or for its end. Under the same lock as waking, so that
  /// the later of the two wins.
  func arm(_ waiter: Waiter, otherwise interest: Poller.Interest) -> Bool {
    state.withLock { state in
      state.waiter = waiter
      return waiter.arm(state.isWoken ? .writable : interest)
    }
  }

  /// Lets the connection go. Nothing is asked for after this.
  func end() {
    let isFirst = state.withLock { state in
      state.waiter = nil
      defer { state.hasEnded = true }
      return !state.hasEnded
    }
    if isFirst { onEnd() }
  }
}
