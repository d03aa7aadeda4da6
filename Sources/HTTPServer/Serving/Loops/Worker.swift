/// What one thread needs to serve connections. Each thread has its own.
final class Worker {
  /// What a connection waits for next.
  enum Wait {
    case readable(until: Instant)
    /// Room to send, of which there was none.
    case writable(until: Instant)
    /// Its turn, after other connections; and then room to send.
    case turn(until: Instant)
    case live(LiveBody, until: Instant)
    /// A thread that may block.
    case thread
    case closed
  }

  /// What its thread may do.
  enum Duty {
    /// What never waits.
    case eventLoop
    /// To call handlers, and whatever else takes a while.
    case handlers
    /// To call handlers for requests of the reserved paths.
    case reserved
  }

  let core: ServerCore
  let duty: Duty
  let input: UnsafeMutableBufferPointer<UInt8>
  /// Written anew for each response.
  var headBuffer: [UInt8] = []
  var date = HTTPDate()
  var now: Instant = 0

  init(core: ServerCore, duty: Duty) {
    self.core = core
    self.duty = duty
    input = .allocate(capacity: Self.inputBytes)
  }

  deinit {
    input.deallocate()
  }

  private static var inputBytes: Int { 64 * 1024 }

  /// Serves connections that wait for a thread that may block, until the server stops.
  func run() {
    let queue = duty == .reserved ? core.reservedQueue : core.queue
    while let (connection, work) = queue.take() {
      begin()
      serve(connection)
      queue.noteServed(work)
    }
  }

  /// Looks at the clock.
  func begin() {
    now = monotonicNow()
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
    switch wait {
    case .readable(let deadline):
      return park(connection, until: deadline, isArmed: watch(connection, for: .input))
    case .writable(let deadline):
      return park(connection, until: deadline, isArmed: watch(connection, for: .inputAndRoom))
    case .turn(let deadline):
      if park(connection, until: deadline, isArmed: arm(connection, .writable)) { return true }
      // There is room already. To serve it again at once would leave nobody else a turn.
      return core.queue.put(connection)
    case .live(let body, let deadline):
      return park(connection, until: deadline, isArmed: arm(connection, body))
    case .thread:
      let queue = connection.pending?.isReserved == true ? core.reservedQueue : core.queue
      if queue.put(connection) { return true }
      return turnAway(connection, .overloaded).map { settle(connection, $0) } ?? false
    case .closed:
      core.close(connection)
      return true
    }
  }

  private func park(_ connection: Connection, until deadline: Instant, isArmed: Bool) -> Bool {
    guard isArmed else {
      core.close(connection)
      return true
    }
    let slot = connection.slot
    if core.table.ownership.park(slot, until: deadline, for: connection.waiting) { return true }
    // What the event was about was for the thread that took it; the end of input may be among it.
    connection.noteEvent(mayHaveEnded: true)
    return false
  }

  /// Sees to it that the connection's loop watches for something that stays armed.
  private func watch(_ connection: Connection, for interest: Poller.Interest) -> Bool {
    switch connection.armed {
    case .inputAndRoom: true
    case .input where interest == .input: true
    case .input, .writable, .hangUp, .end, nil: arm(connection, interest)
    }
  }

  private func arm(_ connection: Connection, _ interest: Poller.Interest) -> Bool {
    let poller = core.pollers[connection.loop]
    let isFirst = connection.armed == nil
    connection.armed = interest
    return isFirst
      ? poller.add(connection: connection.descriptor, slot: connection.slot, interest)
      : poller.rearm(connection: connection.descriptor, slot: connection.slot, interest)
  }

  private func arm(_ connection: Connection, _ body: LiveBody) -> Bool {
    let waiter = LiveBody.Waiter(
      poller: core.pollers[connection.loop], descriptor: connection.descriptor,
      slot: connection.slot)
    // Waking it arms it for something else, so this is no more than what it was last.
    if connection.armed == nil, !arm(connection, .end) { return false }
    connection.armed = .end
    return body.arm(waiter, otherwise: connection.clientHasFinished ? .end : .hangUp)
  }
}
