internal import Glibc

/// A running HTTP/1.1 server.
///
/// Plain threads wait together for whatever is ready, and each carries one request at a time
/// through a synchronous handler. Sockets never block a thread; handlers may, and then as many as
/// there are threads can do so at once.
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
    let poller: Poller
    do throws(ServerError) {
      poller = try Poller()
    } catch {
      close(listener.descriptor)
      throw error
    }
    let capacity = min(
      configuration.maximumConnections, raiseDescriptorLimit() - reservedFiles, 1_000_000)
    core = ServerCore(
      configuration: configuration, listener: listener, poller: poller, capacity: max(1, capacity),
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

private func startThreads(
  _ core: ServerCore, _ sweepPhase: Lock<DeadlineSweep.Phase>
) throws(ServerError) -> [Thread] {
  var threads: [Thread] = []
  do throws(ServerError) {
    threads.append(try Thread { DeadlineSweep(core: core, phase: sweepPhase).run() })
    for _ in 0..<max(1, core.configuration.threads) {
      threads.append(try Thread { Worker(core: core).run() })
    }
    guard core.poller.add(listener: core.listener.descriptor) else {
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
  core.poller.signalStop()
  for thread in threads { thread.join() }
}

extension ServerCore {
  /// Closes every descriptor. No thread may be running.
  fileprivate func closeEverything() {
    for slot in 0..<table.usedSlots where table.ownership.takeParked(slot) {
      if let connection = table.connection(slot) { close(connection) }
    }
    Glibc.close(listener.descriptor)
    poller.close()
  }
}
