internal import Synchronization

/// What all threads of a server share.
final class ServerCore: Sendable {
  let configuration: Configuration
  let limits: ParserLimits
  let handler: @Sendable (Request) -> Response
  /// Answers what needs no waiting, on an event loop.
  let atOnce: @Sendable (Request) -> Response?
  let refusal: @Sendable (Refusal, RequestID) -> Response
  let observer: @Sendable (Exchange) -> Void
  let listener: Listener
  /// One for each event loop; the first one watches the listener as well.
  let pollers: [Poller]
  let table: ConnectionTable
  /// Requests for handlers.
  let queue: RequestQueue
  /// Requests of the reserved paths, with a thread of their own.
  let reservedQueue: RequestQueue
  /// Connections of each client, or requests where a proxy speaks for it.
  let clients: ClientQuota
  let bodies: BodyBudget
  let stopNotice = StopNotice()
  let threads = ThreadGroup()
  let requestIDs = RequestIDSource()
  private let draining = Atomic(false)

  init(
    configuration: Configuration, listener: Listener, pollers: [Poller], capacity: Int,
    handler: @escaping @Sendable (Request) -> Response,
    atOnce: @escaping @Sendable (Request) -> Response?,
    refusal: @escaping @Sendable (Refusal, RequestID) -> Response,
    observer: @escaping @Sendable (Exchange) -> Void
  ) {
    self.configuration = configuration
    limits = configuration.parserLimits
    self.listener = listener
    self.pollers = pollers
    self.handler = handler
    self.atOnce = atOnce
    self.refusal = refusal
    self.observer = observer
    table = ConnectionTable(capacity: capacity, limits: limits)
    let limit = max(1, configuration.maximumRequestsInFlight)
    queue = RequestQueue(limit: limit, threads: configuration.threads)
    reservedQueue = RequestQueue(limit: limit, threads: 1)
    clients = ClientQuota(limit: max(1, configuration.maximumConnectionsPerClient))
    bodies = BodyBudget(
      limit: max(configuration.maximumBodyBytesInFlight, configuration.maximumBodyBytes))
  }

  /// Whether connections are closed as soon as they have nothing in flight.
  var isDraining: Bool { draining.load(ordering: .relaxed) }

  func startDraining() {
    draining.store(true, ordering: .relaxed)
  }

  /// Lets the listener take connections in again.
  func rearmListener() {
    pollers[0].rearm(listener: listener.descriptor)
  }

  /// Closes a connection that the caller owns.
  func close(_ connection: Connection) {
    _ = bodies.change(from: connection.takeHeldBytes(), to: 0)
    if let client = connection.takeClient() { clients.giveBack(client) }
    connection.close()
    if table.release(connection), !isDraining { rearmListener() }
  }
}
