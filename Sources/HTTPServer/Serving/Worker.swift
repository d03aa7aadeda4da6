/// What one thread needs to serve connections. Each thread has its own.
final class Worker {
  /// What a connection waits for next.
  enum Wait {
    case readable(until: Instant)
    case writable(until: Instant)
    case live(LiveBody, until: Instant)
    case closed
  }

  let core: ServerCore
  let input: UnsafeMutableBufferPointer<UInt8>
  /// Written anew for each response.
  var headBuffer: [UInt8] = []
  var date = HTTPDate()
  var now: Instant = 0

  init(core: ServerCore) {
    self.core = core
    input = .allocate(capacity: Self.inputBytes)
  }

  deinit {
    input.deallocate()
  }

  private static var inputBytes: Int { 64 * 1024 }

  /// Serves whatever is ready, until the server stops.
  func run() {
    while true {
      switch core.poller.wait() {
      case .stop:
        return
      case .listener:
        accept()
      case .connection(let slot):
        guard core.table.ownership.take(slot), let connection = core.table.connection(slot) else {
          continue
        }
        now = monotonicNow()
        serve(connection)
      }
    }
  }

  /// Goes on with a connection that this thread owns, and lets it wait or closes it.
  func serve(_ connection: Connection) {
    repeat {
    } while !settle(connection, advance(connection))
  }

  /// Lets a connection wait, or closes it. False when it must be served again at once.
  func settle(_ connection: Connection, _ wait: Wait) -> Bool {
    // Armed while still owned: after parking the descriptor may be another connection's. An event
    // that comes between the two is the one that parking reports.
    let isArmed: Bool
    let deadline: Instant
    switch wait {
    case .readable(let moment): (isArmed, deadline) = (arm(connection, .readable), moment)
    case .writable(let moment): (isArmed, deadline) = (arm(connection, .writable), moment)
    case .live(let body, let moment): (isArmed, deadline) = (arm(connection, body), moment)
    case .closed: (isArmed, deadline) = (false, 0)
    }
    guard isArmed else {
      core.close(connection)
      return true
    }
    return park(connection, until: deadline)
  }

  private func arm(_ connection: Connection, _ interest: Poller.Interest) -> Bool {
    core.poller.rearm(connection: connection.descriptor, slot: connection.slot, interest)
  }

  private func arm(_ connection: Connection, _ body: LiveBody) -> Bool {
    let waiter = LiveBody.Waiter(
      poller: core.poller, descriptor: connection.descriptor, slot: connection.slot)
    return body.arm(waiter, otherwise: connection.clientHasFinished ? .end : .hangUp)
  }

  /// Takes one connection in. The listener is armed again before anything is done with it: its
  /// first request may be there already, and other connections must not wait for that.
  private func accept() {
    guard !core.isDraining, let connection = core.table.claim() else { return }
    now = monotonicNow()
    switch core.listener.accept() {
    case .connection(let descriptor, let address):
      core.poller.rearm(listener: core.listener.descriptor)
      connection.open(descriptor, address, at: now)
      start(connection)
    case .nothingWaiting:
      giveBack(connection)
      core.poller.rearm(listener: core.listener.descriptor)
    case .outOfResources:
      // The listener stays unarmed until a connection is closed, or the deadline sweep comes by.
      giveBack(connection)
      core.table.noteRefused()
    }
  }

  private func giveBack(_ connection: Connection) {
    _ = core.table.release(connection)
  }

  private func start(_ connection: Connection) {
    guard core.poller.add(connection: connection.descriptor, slot: connection.slot) else {
      core.close(connection)
      return
    }
    if !park(connection, until: idleDeadline(since: now)) { serve(connection) }
  }

  private func park(_ connection: Connection, until deadline: Instant) -> Bool {
    core.table.ownership.park(connection.slot, until: deadline, isIdle: connection.isIdle)
  }
}
