internal import Glibc

/// A running HTTP/1.1 server.
///
/// A few event loops watch the connections, read requests and write responses, and never block. Plain
/// threads behind them carry one request at a time through a synchronous handler, which may block.
public final class Server: Sendable {
  /// Where the server listens, with the port that was picked.
  public let localAddress: SocketAddress

  let core: ServerCore
  private let threads: [Thread]
  private let sweepPhase: Lock<DeadlineSweep.Phase>
  /// Whether every thread has; nil before the server was stopped.
  private let hasEnded = Lock<Bool?>(nil)

  /// Binds, listens and starts the threads.
  ///
  /// The process's limit of open files is raised as far as the system lets it.
  ///
  /// - Parameters:
  ///   - configuration: where to listen, and the limits.
  ///   - listener: what listens already, in the place of where the configuration says.
  ///   - refusal: makes the answers to requests that cannot be understood or do not come in time.
  ///   - observer: told of each exchange once its response is out, from the thread that sent it.
  ///   - atOnce: answers what needs no waiting, and nil for all else. It is asked before the
  ///     handler, on event loops and on the thread of the reserved paths, and must never block.
  ///   - handler: answers each request, on any thread, on many at once.
  public init(
    _ configuration: Configuration, at listener: Listener? = nil,
    refusal: @escaping @Sendable (Refusal, RequestID) -> Response = { refusal, _ in
      refusal.plainResponse
    },
    observer: @escaping @Sendable (Exchange) -> Void = { _ in },
    atOnce: @escaping @Sendable (Request) -> Response? = { _ in nil },
    handler: @escaping @Sendable (Request) -> Response
  ) throws(ServerError) {
    let socket =
      if let listener { listener } else {
        try Listener(host: configuration.host, port: configuration.port)
      }
    let pollers: [Poller]
    do throws(ServerError) {
      pollers = try makePollers(max(1, configuration.loops))
    } catch {
      close(socket.descriptor)
      throw error
    }
    let capacity = min(
      configuration.maximumConnections, raiseDescriptorLimit() - reservedFiles, 1_000_000)
    core = ServerCore(
      configuration: configuration, listener: socket, pollers: pollers,
      capacity: max(1, capacity),
      handler: handler, atOnce: atOnce, refusal: refusal, observer: observer)
    localAddress = socket.address
    sweepPhase = Lock(.running)
    threads = try startThreads(core, sweepPhase)
  }

  /// Stops listening, lets what is in flight finish, and returns once every thread has ended, or
  /// half a second after the time is up.
  ///
  /// Idle connections are closed at once; others with their next response, or when the time is
  /// up. A handler that still runs then is told so (``Request/interruption``). Nothing can force it to
  /// end, so one that does not ask is left behind: its thread goes on, and the last of them closes
  /// what is open. Never call this from a handler. Further calls return once the first has.
  ///
  /// - Returns: whether every thread has ended.
  @discardableResult
  public func stop(drainingWithin limit: Duration) -> Bool {
    hasEnded.withLock { hasEnded in
      if let hasEnded { return hasEnded }
      let deadline = monotonicNow() &+ limit.nanoseconds
      core.startDraining()
      core.listener.stop()
      sweepPhase.signal { $0 = .draining }
      core.table.waitUntilEmpty(until: deadline)
      let end = stopThreads(core, sweepPhase, threads, within: lastGrace)
      hasEnded = end
      return end
    }
  }
}

/// How long threads may take to end once they are told to.
private let lastGrace = Duration.milliseconds(500)

/// Files besides connections: the listener, the epoll set, a database and its kin, logs.
private let reservedFiles = 48

private func makePollers(_ count: Int) throws(ServerError) -> [Poller] {
  var pollers: [Poller] = []
  do throws(ServerError) {
    for _ in 0..<count { pollers.append(try Poller()) }
  } catch {
    for poller in pollers { poller.close() }
    throw error
  }
  return pollers
}

private func startThreads(
  _ core: ServerCore, _ sweepPhase: Lock<DeadlineSweep.Phase>
) throws(ServerError) -> [Thread] {
  var threads: [Thread] = []
  do throws(ServerError) {
    func start(_ body: @escaping @Sendable () -> Void) throws(ServerError) {
      core.threads.enter()
      do throws(ServerError) {
        threads.append(
          try Thread {
            body()
            core.threads.leave()
          })
      } catch {
        core.threads.leave()
        throw error
      }
    }
    try start { DeadlineSweep(core: core, phase: sweepPhase).run() }
    for _ in 0..<max(1, core.configuration.threads) {
      try start { Worker(core: core, duty: .handlers).run() }
    }
    try start { Worker(core: core, duty: .reserved).run() }
    for number in core.pollers.indices {
      try start { EventLoop(core, number: number).run() }
    }
    guard core.pollers[0].add(listener: core.listener.descriptor) else {
      throw ServerError.outOfResources()
    }
  } catch {
    stopThreads(core, sweepPhase, threads, within: lastGrace)
    throw error
  }
  return threads
}

/// Tells every thread to end, and closes what is open once all have. False where that takes longer
/// than it may: then the last one closes.
@discardableResult
private func stopThreads(
  _ core: ServerCore, _ sweepPhase: Lock<DeadlineSweep.Phase>, _ threads: [Thread],
  within limit: Duration
) -> Bool {
  core.stopNotice.give()
  sweepPhase.signal { $0 = .stopped }
  for poller in core.pollers { poller.signalStop() }
  core.queue.stop()
  core.reservedQueue.stop()
  let end = monotonicNow() &+ limit.nanoseconds
  guard core.threads.waitForAll(until: end, otherwise: { core.closeEverything() }) else {
    for thread in threads { thread.detach() }
    return false
  }
  for thread in threads { thread.join() }
  core.closeEverything()
  return true
}

extension ServerCore {
  /// Closes every descriptor. No thread may be running.
  fileprivate func closeEverything() {
    for queue in [queue, reservedQueue] {
      while let connection = queue.takeLeftover() { close(connection) }
    }
    for slot in 0..<table.usedSlots where table.ownership.takeParked(slot) {
      if let connection = table.connection(slot) { close(connection) }
    }
    Glibc.close(listener.descriptor)
    for poller in pollers { poller.close() }
  }
}
