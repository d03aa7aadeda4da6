/// The places for connections, as many as may be open.
///
/// Unchecked because a place is filled once, before its slot is first told to anyone, and stays.
final class ConnectionTable: @unchecked Sendable {
  private struct State: Sendable {
    var freeSlots: [Int] = []
    var usedSlots = 0
    var openCount = 0
    var isFull = false
  }

  let ownership: Ownership
  private let capacity: Int
  private let limits: ParserLimits
  private let places: UnsafeMutablePointer<Connection?>
  private let state = Lock(State())

  init(capacity: Int, limits: ParserLimits) {
    self.capacity = capacity
    self.limits = limits
    ownership = Ownership(count: capacity)
    places = .allocate(capacity: capacity)
    places.initialize(repeating: nil, count: capacity)
  }

  deinit {
    places.deinitialize(count: capacity)
    places.deallocate()
  }

  /// How many slots have ever been used: all connections are below.
  var usedSlots: Int { state.withLock { $0.usedSlots } }

  /// The connection that will have been idle for too long first.
  var longestIdle: Int? { ownership.longestIdle(among: usedSlots) }

  /// How many connections are open.
  var openCount: Int { state.withLock { $0.openCount } }

  /// The connection of a slot that was used before.
  func connection(_ slot: Int) -> Connection? {
    guard slot >= 0, slot < capacity else { return nil }
    return places[slot]
  }

  /// A place for a new connection, owned by the caller. Nil when all are taken, and then
  /// ``release(_:)`` says when there is one again.
  func claim() -> Connection? {
    state.withLock { state in
      guard let slot = nextSlot(&state) else {
        state.isFull = true
        return nil
      }
      state.openCount += 1
      ownership.claim(slot)
      let connection = places[slot] ?? Connection(slot: slot, limits: limits)
      places[slot] = connection
      return connection
    }
  }

  /// Gives a place back. True when someone was refused one meanwhile.
  func release(_ connection: Connection) -> Bool {
    ownership.release(connection.slot)
    var wasFull = false
    state.signal { state in
      state.freeSlots.append(connection.slot)
      state.openCount -= 1
      wasFull = state.isFull
      state.isFull = false
    }
    return wasFull
  }

  /// Remembers that a connection had to be refused, as if the table were full.
  func noteRefused() {
    state.withLock { $0.isFull = true }
  }

  /// True once if a connection was refused and there is room.
  func takeRefused() -> Bool {
    state.withLock { state in
      guard state.isFull, state.openCount < capacity else { return false }
      state.isFull = false
      return true
    }
  }

  /// Waits until no connection is open, at most until the moment.
  func waitUntilEmpty(until moment: Instant) {
    state.wait(until: moment) { $0.openCount == 0 }
  }

  private func nextSlot(_ state: inout State) -> Int? {
    if let slot = state.freeSlots.popLast() { return slot }
    guard state.usedSlots < capacity else { return nil }
    state.usedSlots += 1
    return state.usedSlots - 1
  }
}
