/// Connections that wait for a thread that may block, in the order in which they came.
///
/// New requests and answers that go on (the next piece of a body, news for an event stream) wait in
/// lanes of their own and take turns, so that neither starves the other. Half of the threads at most
/// go on with answers.
///
/// **Invariant:** a connection in here is owned by the queue; whoever takes it owns it.
final class RequestQueue: Sendable {
  /// What a connection waits for.
  enum Work {
    /// It brings a request.
    case request
    /// Its answer has begun.
    case continuation
  }

  private struct Lane {
    /// The next ones, the first of them last.
    private var front: [Connection] = []
    /// Those behind them, in order.
    private var back: [Connection] = []

    var isEmpty: Bool { front.isEmpty && back.isEmpty }

    mutating func append(_ connection: Connection) {
      back.append(connection)
    }

    mutating func takeFirst() -> Connection? {
      if front.isEmpty {
        front = back.reversed()
        back.removeAll(keepingCapacity: true)
      }
      return front.popLast()
    }
  }

  private struct State {
    var requests = Lane()
    var continuations = Lane()
    /// Requests that are in here or being served.
    var inFlight = 0
    /// Threads that go on with an answer.
    var continuing = 0
    var lastWork = Work.continuation
    var isStopped = false

    /// What comes next.
    func nextWork(_ mostContinuing: Int) -> Work? {
      let goesOn = !continuations.isEmpty && continuing < mostContinuing
      if goesOn, requests.isEmpty || lastWork == .request { return .continuation }
      return requests.isEmpty ? nil : .request
    }
  }

  /// How many requests may be in flight before new ones are turned away.
  private let limit: Int
  private let mostContinuing: Int
  private let state = Lock(State())

  /// - Parameter threads: how many take connections out of it.
  init(limit: Int, threads: Int) {
    self.limit = limit
    mostContinuing = max(1, threads / 2)
  }

  /// How many requests wait for a thread or have one.
  var inFlight: Int { state.withLock { $0.inFlight } }

  /// Lets a connection wait for a thread. False, and then nothing is done, where it brings a request
  /// and as many as may be are in flight; what has begun always goes on.
  func put(_ connection: Connection) -> Bool {
    let isRequest = connection.pending != nil
    return state.signalOne { state in
      guard isRequest else {
        state.continuations.append(connection)
        return true
      }
      guard state.inFlight < limit else { return false }
      state.inFlight += 1
      state.requests.append(connection)
      return true
    }
  }

  /// The next connection, once there is one; nil when the queue was stopped. ``noteServed(_:)`` is
  /// due once it is served.
  func take() -> (connection: Connection, work: Work)? {
    state.waitForever {
      $0.nextWork(mostContinuing) != nil || $0.isStopped
    } then: { state in
      guard !state.isStopped, let work = state.nextWork(mostContinuing) else { return nil }
      state.lastWork = work
      switch work {
      case .request:
        return state.requests.takeFirst().map { ($0, work) }
      case .continuation:
        state.continuing += 1
        return state.continuations.takeFirst().map { ($0, work) }
      }
    }
  }

  /// Says that a connection that was taken is served.
  func noteServed(_ work: Work) {
    state.withLock { state in
      switch work {
      case .request: state.inFlight -= 1
      case .continuation: state.continuing -= 1
      }
    }
  }

  /// Ends waiting for good.
  func stop() {
    state.signal { $0.isStopped = true }
  }

  /// A connection that nobody has taken before the end.
  func takeLeftover() -> Connection? {
    state.withLock { $0.requests.takeFirst() ?? $0.continuations.takeFirst() }
  }
}
