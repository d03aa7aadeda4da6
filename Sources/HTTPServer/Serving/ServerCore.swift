internal import Synchronization

/// What all threads of a server share.
final class ServerCore: Sendable {
  let configuration: Configuration
  let limits: ParserLimits
  let handler: @Sendable (Request) -> Response
  let refusal: @Sendable (Refusal, RequestID) -> Response
  let observer: @Sendable (Exchange) -> Void
  let listener: Listener
  let poller: Poller
  let table: ConnectionTable
  let requestIDs = RequestIDSource()
  private let draining = Atomic(false)

  init(
    configuration: Configuration, listener: Listener, poller: Poller, capacity: Int,
    handler: @escaping @Sendable (Request) -> Response,
    refusal: @escaping @Sendable (Refusal, RequestID) -> Response,
    observer: @escaping @Sendable (Exchange) -> Void
  ) {
    self.configuration = configuration
    limits = configuration.parserLimits
    self.listener = listener
    self.poller = poller
    self.handler = handler
    self.refusal = refusal
    self.observer = observer
    table = ConnectionTable(capacity: capacity, limits: limits)
  }

  /// Whether connections are closed as soon as they have nothing in flight.
  var isDraining: Bool { draining.load(ordering: .relaxed) }

  func startDraining() {
    draining.store(true, ordering: .relaxed)
  }

  /// Closes a connection that the caller owns.
  func close(_ connection: Connection) {
    connection.close()
    if table.release(connection), !isDraining {
      poller.rearm(listener: listener.descriptor)
    }
  }
}
