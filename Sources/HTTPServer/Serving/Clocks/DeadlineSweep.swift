/// The thread that ends connections whose time is up.
///
/// It sleeps until the earliest deadline it knows, or for the shortest timeout, so that none is kept
/// later than that; and looks through all words at once, 80 KB for 10,000 connections.
struct DeadlineSweep {
  /// What the sweep is for.
  enum Phase {
    /// To end connections that are due.
    case running
    /// To end idle connections as well.
    case draining
    /// Nothing any more.
    case stopped
  }

  private let core: ServerCore
  private let phase: Lock<Phase>
  private let worker: Worker
  private let longestSleep: UInt64

  init(core: ServerCore, phase: Lock<Phase>) {
    self.core = core
    self.phase = phase
    worker = Worker(core: core, duty: .eventLoop)
    let timeouts = core.configuration
    longestSleep =
      [timeouts.headTimeout, timeouts.bodyTimeout, timeouts.writeTimeout, timeouts.idleTimeout]
      .reduce(Duration.seconds(1), min).nanoseconds
  }

  /// How close together sweeps may be.
  private static var shortestSleep: UInt64 { 10_000_000 }

  /// Sweeps until the server stops.
  func run() {
    var current = Phase.running
    while current != .stopped {
      let now = monotonicNow()
      let earliest = sweep(at: now, current)
      if core.table.takeRefused(), current == .running { core.rearmListener() }
      let latest = current == .running ? now &+ longestSleep : now
      let next = max(now &+ Self.shortestSleep, min(earliest, latest))
      current = phase.wait(until: next) { $0 != current }
    }
  }

  /// Ends what is due; gives the earliest deadline that is not.
  private func sweep(at now: Instant, _ phase: Phase) -> Instant {
    let ownership = core.table.ownership
    var earliest = Instant.max
    for slot in 0..<core.table.usedSlots {
      guard let deadline = ownership.deadline(slot) else { continue }
      if deadline <= now {
        if ownership.takeExpired(slot, at: now), let connection = core.table.connection(slot) {
          worker.expire(connection)
        }
      } else if phase == .draining {
        if ownership.takeQuiet(slot), let connection = core.table.connection(slot) {
          worker.drain(connection)
        }
      } else {
        earliest = min(earliest, deadline)
      }
    }
    return earliest
  }
}
