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
  private let isStopped = Lock(false)

  /// Binds, listens and starts the threads.
  ///
  /// The process's limit of open files is raised as far as the system lets it.
  ///
  /// - Parameters:
  ///   - configuration: where to listen, and the limits.
  ///   - refusal: makes the answers to requests that cannot be understood or do not come in time.
  ///   - observer: told of each exchange once its response is out, from the thread that sent it.
  ///   - handler: answers each request, on any thread, on many at once.
  public init(
    _ configuration: Configuration,
    refusal: @escaping @Sendable (Refusal, RequestID) -> Response = { refusal, _ in
      refusal.plainResponse
    },
    observer: @escaping @Sendable (Exchange) -> Void = { _ in },
    handler: @escaping @Sendable (Request) -> Response
  ) throws(ServerError) {
    let listener = try Listener(host: configuration.host, port: configuration.port)
    let pollers: [Poller]
    do throws(ServerError) {
      pollers = try makePollers(max(1, configuration.loops))
    } catch {
      close(listener.descriptor)
      throw error
    }
    let capacity = min(
      configuration.maximumConnections, raiseDescriptorLimit() - reservedFiles, 1_000_000)
    core = ServerCore(
      configuration: configuration, listener: listener, pollers: pollers,
      capacity: max(1, capacity),
      handler: handler, refusal: refusal, observer: observer)
    localAddress = listener.address
    sweepPhase = Lock(.running)
    threads = try startThreads(core, sweepPhase)
  }

  /// Stops listening, lets what is in flight finish, and returns when every thread has ended.
  ///
  /// Idle connections are closed at once; others with their next response, or when the time is
  /// up. A handler that still runs then is waited for, as nothing can interrupt it. Never call
  /// this from a handler. Further calls return once the first has.
  public func stop(drainingWithin limit: Duration) {
    isStopped.withLock { isStopped in
      guard !isStopped else { return }
      isStopped = true
      let deadline = monotonicNow() &+ limit.nanoseconds
      core.startDraining()
      core.listener.stop()
      sweepPhase.signal { $0 = .draining }
      core.table.waitUntilEmpty(until: deadline)
      stopThreads(core, sweepPhase, threads)
      core.closeEverything()
    }
  }
}

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
    threads.append(try Thread { DeadlineSweep(core: core, phase: sweepPhase).run() })
    for _ in 0..<max(1, core.configuration.threads) {
      threads.append(try Thread { Worker(core: core, mayBlock: true).run() })
    }
    for number in core.pollers.indices {
      threads.append(try Thread { EventLoop(core, number: number).run() })
    }
    guard core.pollers[0].add(listener: core.listener.descriptor) else {
      throw ServerError.outOfResources()
    }
  } catch {
    stopThreads(core, sweepPhase, threads)
    core.closeEverything()
    throw error
  }
  return threads
}

private func stopThreads(
  _ core: ServerCore, _ sweepPhase: Lock<DeadlineSweep.Phase>, _ threads: [Thread]
) {
  sweepPhase.signal { $0 = .stopped }
  for poller in core.pollers { poller.signalStop() }
  core.queue.stop()
  for thread in threads { thread.join() }
}

extension ServerCore {
  /// Closes every descriptor. No thread may be running.
  fileprivate func closeEverything() {
    while let connection = queue.takeLeftover() { close(connection) }
    for slot in 0..<table.usedSlots where table.ownership.takeParked(slot) {
      if let connection = table.connection(slot) { close(connection) }
    }
    Glibc.close(listener.descriptor)
    for poller in pollers { poller.close() }
  }
}
