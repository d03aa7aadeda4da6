internal import CEpoll

/// A thread that watches its share of the connections.
///
/// It reads, answers what it can from memory, and writes; it never waits for anything else. Whatever
/// may block (a handler, the next piece of a body) it leaves to the threads behind the
/// ``RequestQueue``, so that a slow request holds up no other connection.
final class EventLoop {
  private let core: ServerCore
  private let number: Int
  private let worker: Worker
  private let events: UnsafeMutableBufferPointer<epoll_event>
  /// The loop that watches the next connection. Only the first loop takes any in.
  private var nextLoop = 0
  private var isStopped = false

  /// How many events are taken from the system at a time.
  private static var mostEvents: Int { 64 }

  /// - Parameter number: which of the server's pollers is its own.
  init(_ core: ServerCore, number: Int) {
    self.core = core
    self.number = number
    worker = Worker(core: core, duty: .eventLoop)
    events = .allocate(capacity: Self.mostEvents)
  }

  deinit {
    events.deallocate()
  }

  /// Serves whatever is ready, until the server stops.
  func run() {
    let poller = core.pollers[number]
    while !isStopped {
      poller.wait(events) { wakeup in
        switch wakeup {
        case .stop: isStopped = true
        case .listener: accept()
        case .connection(let slot, let hasEnded): serve(slot, hasEnded: hasEnded)
        }
      }
    }
  }

  private func serve(_ slot: Int, hasEnded: Bool) {
    guard core.table.ownership.take(slot), let connection = core.table.connection(slot) else {
      return
    }
    connection.noteEvent(mayHaveEnded: hasEnded)
    worker.begin()
    worker.serve(connection)
  }

  /// Takes one connection in, and serves what it has sent already. Loops take turns at watching.
  private func accept() {
    guard !core.isDraining, let connection = core.table.claim() ?? claimFromIdle() else { return }
    switch core.listener.accept() {
    case .connection(let descriptor, let address):
      // Before anything is done with it: others must not wait for that.
      core.rearmListener()
      worker.begin()
      let client =
        core.configuration.proxies.isProxy(address.host) ? nil : ClientKey(address: address.host)
      if let client, !core.clients.take(client) {
        _ = core.table.release(connection)
        worker.turnAway(descriptor, address)
        return
      }
      connection.open(descriptor, address, of: client, watchedBy: nextLoop, at: worker.now)
      nextLoop = (nextLoop + 1) % core.pollers.count
      worker.serve(connection)
    case .nothingWaiting:
      _ = core.table.release(connection)
      core.rearmListener()
    case .outOfResources:
      // The listener stays unarmed until a connection is closed, or the deadline sweep comes by.
      _ = core.table.release(connection)
      core.table.noteRefused()
    }
  }

  /// The place of the connection that has been idle for longest, which is closed. One whose next
  /// request has just come is answered in the place of that.
  private func claimFromIdle() -> Connection? {
    for _ in 0..<Self.mostTries {
      guard let slot = core.table.longestIdle, core.table.ownership.takeIdle(slot),
        let idle = core.table.connection(slot)
      else { return nil }
      if PeerState.hasSent(to: idle.descriptor) {
        idle.noteEvent(mayHaveEnded: true)
        worker.begin()
        worker.serve(idle)
      } else {
        core.close(idle)
        return core.table.claim()
      }
    }
    return nil
  }

  private static var mostTries: Int { 8 }
}
