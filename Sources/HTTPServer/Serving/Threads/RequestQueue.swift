/// Connections that are to be served by a thread that may block, in the order in which they came.
///
/// **Invariant:** a connection in here is owned by the queue; whoever takes it owns it.
final class RequestQueue: Sendable {
  private struct State: Sendable {
    /// The next ones, the first of them last.
    var front: [Connection] = []
    /// Those behind them, in order.
    var back: [Connection] = []
    /// How many are in here or being served.
    var inFlight = 0
    var isStopped = false

    var isEmpty: Bool { front.isEmpty && back.isEmpty }

    mutating func takeFirst() -> Connection? {
      if front.isEmpty {
        front = back.reversed()
        back.removeAll(keepingCapacity: true)
      }
      return front.popLast()
    }
  }

  /// How many may be in flight before new requests are turned away.
  private let limit: Int
  private let state = Lock(State())

  init(limit: Int) {
    self.limit = limit
  }

  /// How many connections wait for a thread or have one.
  var inFlight: Int { state.withLock { $0.inFlight } }

  /// Lets a connection wait for a thread. False, and then nothing is done, where it brings a request
  /// and as many as may be are in flight; what has begun always goes on.
  func put(_ connection: Connection) -> Bool {
    let isNew = connection.pending != nil
    return state.signalOne { state in
      guard !isNew || state.inFlight < limit else { return false }
      state.inFlight += 1
      state.back.append(connection)
      return true
    }
  }

  /// The next connection, once there is one; nil when the queue was stopped.
  func take() -> Connection? {
    state.waitForever {
      !$0.isEmpty || $0.isStopped
    } then: { state in
      state.isStopped ? nil : state.takeFirst()
    }
  }

  /// Says that a connection that was taken is served.
  func noteServed() {
    state.withLock { $0.inFlight -= 1 }
  }

  /// Ends waiting for good.
  func stop() {
    state.signal { $0.isStopped = true }
  }

  /// A connection that nobody has taken before the end.
  func takeLeftover() -> Connection? {
    state.withLock { $0.takeFirst() }
  }
}
