internal import Synchronization

/// What all threads of a server share.
final class ServerCore: Sendable {
  let configuration: Configuration
  let limits: ParserLimits
  let handler: @Sendable (Request) -> Response
  let refusal: @Sendable (Refusal, RequestID) -> Response
  let observer: @Sendable (Exchange) -> Void
  let listener: Listener
  /// One for each event loop; the first one watches the listener as well.
  let pollers: [Poller]
  let table: ConnectionTable
  let queue: RequestQueue
  let repeated = RepeatedResponses()
  let requestIDs = RequestIDSource()
  private let draining = Atomic(false)

  init(
    configuration: Configuration, listener: Listener, pollers: [Poller], capacity: Int,
    handler: @escaping @Sendable (Request) -> Response,
    refusal: @escaping @Sendable (Refusal, RequestID) -> Response,
    observer: @escaping @Sendable (Exchange) -> Void
  ) {
    self.configuration = configuration
    limits = configuration.parserLimits
    self.listener = listener
    self.pollers = pollers
    self.handler = handler
    self.refusal = refusal
    self.observer = observer
    table = ConnectionTable(capacity: capacity, limits: limits)
    queue = RequestQueue(limit: max(1, configuration.maximumRequestsInFlight))
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
    connection.close()
    if table.release(connection), !isDraining { rearmListener() }
  }
}
