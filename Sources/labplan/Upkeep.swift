import Dispatch
import LabServer
import LabStorage
import Logging

/// What a running service does now and then, on a thread of its own: nothing waits for it, so that
/// a slow disk never holds up a signal to stop.
struct Upkeep {
  private let timers: [any DispatchSourceTimer]

  /// Notes within a second which tokens were used for the first time, every minute which were used,
  /// and deletes every hour what the history should not keep: a lab that nobody writes to any more
  /// has old revisions too.
  init(of service: LabService, on store: LabStore, _ logger: Logger) {
    let queue = DispatchQueue(label: "labplan.upkeep")
    timers = [
      repeating(every: 1, on: queue) { service.noteUseOfTokens(ofNewOnly: true) },
      repeating(every: 60, on: queue) { service.noteUseOfTokens() },
      repeating(every: 3600, on: queue) { forgetOldRevisions(of: store, logger) },
    ]
  }

  /// Ends it; what is being done is finished.
  func stop() {
    for timer in timers { timer.cancel() }
  }
}

private func repeating(
  every seconds: Int, on queue: DispatchQueue, _ work: @escaping @Sendable () -> Void
) -> any DispatchSourceTimer {
  let timer = DispatchSource.makeTimerSource(queue: queue)
  timer.setEventHandler(handler: work)
  timer.schedule(deadline: .now() + .seconds(seconds), repeating: .seconds(seconds))
  timer.activate()
  return timer
}

/// Deletes what the history should not keep.
func forgetOldRevisions(of store: LabStore, _ logger: Logger) {
  do { try store.forgetOldRevisions(at: .now) } catch {
    logger.warning("old revisions stay until later", metadata: ["error": "\(error)"])
  }
}

/// Does some work on another thread, and waits for it no longer than so many seconds. False where it
/// has not ended by then.
func finishes(within seconds: Double, _ work: @escaping @Sendable () -> Void) -> Bool {
  let hasEnded = DispatchSemaphore(value: 0)
  DispatchQueue(label: "labplan.stop").async {
    work()
    hasEnded.signal()
  }
  return hasEnded.wait(timeout: .now() + seconds) == .success
}
