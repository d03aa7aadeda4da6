import Dispatch
import HTTPServer
import LabCore
import LabStorage
import Logging

/// Streams of changes, for clients that want to hear of each one as it is made.
///
/// Every stream reads the history for itself, from where it stands; the feed only tells them all
/// when there is something new. Commits of this process say so themselves; those of other processes
/// on the same file are looked for while anybody listens.
final class ChangeFeed: Sendable {
  private struct State {
    var streams: [Int: Weak] = [:]
    var lastID = 0
    var timer: (any DispatchSourceTimer)?
    var isLookDue = false
  }

  private struct Weak {
    weak var body: LiveBody?
  }

  private let store: LabStore
  private let logger: Logger
  private let onForeignChange: @Sendable () -> Void
  private let state = Locked(State())
  private let queue = DispatchQueue(label: "labplan.changes")

  /// - Parameter onForeignChange: called before streams are told of what another process wrote.
  init(of store: LabStore, logger: Logger, onForeignChange: @escaping @Sendable () -> Void) {
    self.store = store
    self.logger = logger
    self.onForeignChange = onForeignChange
    store.afterCommit { [weak self] in self?.lookSoon() }
  }

  deinit {
    state.withLock { $0.timer?.cancel() }
  }

  /// How often commits of other processes are looked for.
  private static var patience: DispatchTimeInterval { .milliseconds(200) }

  /// A body that sends changes as events, in the order in which they were made.
  ///
  /// - Parameters:
  ///   - lab: whose changes; nil for those of all labs.
  ///   - sequence: after which change the stream begins.
  ///   - isAdmitted: whether whoever listens still may; asked before anything is sent, at the latest
  ///     with the next heartbeat.
  func stream(
    of lab: DNSLabel?, after sequence: Int64, while isAdmitted: @escaping @Sendable () -> Bool
  ) -> LiveBody {
    let id = state.withLock { state in
      state.lastID += 1
      return state.lastID
    }
    var reader = ChangeReader(store: store, lab: lab, sequence: sequence)
    let body = LiveBody(
      heartbeat: ServerSentEvent.heartbeat, onEnd: { [weak self] in self?.leave(id) },
      next: { isAdmitted() ? try reader.next() : .end })
    // Before the body is asked for the first time, so that nothing is missed in between.
    state.withLock { state in
      state.streams[id] = Weak(body: body)
      if state.timer == nil { state.timer = startLooking() }
    }
    return body
  }

  private func leave(_ id: Int) {
    state.withLock { state in
      state.streams[id] = nil
      guard state.streams.isEmpty else { return }
      state.timer?.cancel()
      state.timer = nil
    }
  }

  /// Commits come in on the thread that everybody's writes wait for: it is not held up, and a burst
  /// of them is one look.
  private func lookSoon() {
    let isFirst = state.withLock { state in
      guard !state.streams.isEmpty, !state.isLookDue else { return false }
      state.isLookDue = true
      return true
    }
    if isFirst { queue.async { [weak self] in self?.wakeAll() } }
  }

  private func wakeAll() {
    let bodies = state.withLock { state in
      state.isLookDue = false
      return state.streams.values.compactMap(\.body)
    }
    for body in bodies { body.wake() }
  }

  private func startLooking() -> any DispatchSourceTimer {
    let timer = DispatchSource.makeTimerSource(queue: queue)
    let watch = Watch(store)
    timer.setEventHandler { [weak self] in
      guard let self else { return }
      do throws(StoreError) {
        if try watch.hasChanged() {
          onForeignChange()
          wakeAll()
        }
      } catch {
        logger.warning("changes of other processes are not seen", metadata: ["error": "\(error)"])
      }
    }
    timer.schedule(deadline: .now(), repeating: Self.patience, leeway: .milliseconds(20))
    timer.activate()
    return timer
  }
}

/// A watch that is opened on the queue that uses it.
///
/// Unchecked because one serial queue uses it.
private final class Watch: @unchecked Sendable {
  private let store: LabStore
  private var watch: ChangeWatch?

  init(_ store: LabStore) {
    self.store = store
  }

  /// True at first: what was committed until then may have gone unseen.
  func hasChanged() throws(StoreError) -> Bool {
    if let watch { return try watch.hasChanged() }
    watch = try store.watch()
    return true
  }
}
