/// Does the same work once for all who want it at the same time: one does it, the others wait and get
/// what came of it.
///
/// Unchecked because `mutex`, and not the type, keeps threads apart.
final class SingleFlight<Key: Hashable & Sendable, Value: Sendable>: @unchecked Sendable {
  private final class Flight {
    // Both guarded by the owner's mutex.
    var waiting: [Semaphore] = []
    var result: Result<Value, StoreError>?
  }

  private let mutex = Mutex()
  // Guarded by `mutex`.
  private var flights: [Key: Flight] = [:]

  /// How many wait for the work of another.
  var waitingCount: Int { mutex.withLock { flights.values.reduce(0) { $0 + $1.waiting.count } } }

  /// What `work` makes, made here or, where another thread is at it, there.
  func value(
    for key: Key, _ work: () throws(StoreError) -> Value
  ) throws(StoreError) -> Value {
    let (flight, arrival) = board(key)
    if let arrival {
      arrival.wait()
      return try mutex.withLock { flight.result ?? .failure(Self.lost) }.get()
    }
    let result = Result { () throws(StoreError) in try work() }
    let waiting = mutex.withLock {
      flight.result = result
      flights[key] = nil
      return flight.waiting
    }
    for semaphore in waiting { semaphore.signal() }
    return try result.get()
  }

  /// The work that is being done, with what tells of its end; or new work without it.
  private func board(_ key: Key) -> (Flight, arrival: Semaphore?) {
    mutex.withLock {
      guard let flight = flights[key] else {
        let flight = Flight()
        flights[key] = flight
        return (flight, nil)
      }
      let arrival = Semaphore()
      flight.waiting.append(arrival)
      return (flight, arrival)
    }
  }

  private static var lost: StoreError { StoreError(.misuse, "a result is missing") }
}
