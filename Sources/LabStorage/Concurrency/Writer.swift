/// The one connection that writes, shared by any number of threads.
///
/// Writes are served first come, first served, and **in groups**: whoever is waiting while a
/// commit is being synced to disk shares the next commit, so that one sync acknowledges many
/// writes. Within a group each write has a savepoint of its own: one that throws is undone alone.
///
/// There is no writing thread. The first to come leads: it runs the work of everybody in its
/// group, commits, wakes them, and hands the lead to the first of those who came meanwhile.
///
/// **Invariant:** only the leader touches the connection, and there is one leader at a time.
final class Writer: @unchecked Sendable {
  /// The most writes that share a commit; bounds how long the first of them waits.
  static let largestGroup = 64

  /// Told of what is undone.
  private let memory: (any UndoneWrites)?
  private let connection: Connection
  private let files: OpenFiles?
  private var checkpoints = CheckpointSchedule()
  private let mutex = Mutex()
  // All guarded by `mutex`.
  private var queue = FirstInFirstOut<PendingWrite>()
  private var hasLeader = false
  private var hasFailed = false
  private var observers: [@Sendable () -> Void] = []

  /// - Parameters:
  ///   - files: those that every change has to go to.
  ///   - memory: told of what is undone.
  init(
    _ connection: Connection, to files: OpenFiles? = nil,
    remembering memory: (any UndoneWrites)? = nil
  ) {
    self.connection = connection
    self.files = files
    self.memory = memory
  }

  /// How many writes wait to be run.
  var waitingCount: Int { mutex.withLock { queue.count } }

  /// Whether the disk did not take the last change.
  var isFailing: Bool { mutex.withLock { hasFailed } }

  /// Calls `observer` after every commit, on the thread that committed, once those who wait for it
  /// have been woken. It must not call `write`.
  func afterCommit(_ observer: @escaping @Sendable () -> Void) {
    mutex.withLock { observers.append(observer) }
  }

  /// Runs `work` in a transaction and returns once it is durable.
  ///
  /// `work` may run on another thread, while the caller waits, and it runs a second time when the
  /// group it shared a transaction with was lost: it must not do anything but read and write
  /// through its connection, and must let the connection's errors out. It must not call `write`.
  ///
  /// - Throws: what `work` threw, with its changes undone; or the `StoreError` of the commit.
  func write<Result>(_ work: (Connection) throws -> Result) throws -> Result {
    var result: Result?
    try withoutActuallyEscaping({ connection in result = try work(connection) }) { body in
      try submit(PendingWrite(body))
    }
    guard let result else { throw StoreError(.misuse, "a write was acknowledged but never ran") }
    return result
  }

  private func submit(_ write: PendingWrite) throws {
    let leads = mutex.withLock {
      queue.append(write)
      defer { hasLeader = true }
      return !hasLeader
    }
    if leads || write.wait() == .leads { lead() }
    if let error = write.error { throw error }
  }

  // The leader is the first in the queue, so its own write is in its group.
  private func lead() {
    var group: [PendingWrite] = []
    do {
      try files?.check()
      try connection.begin(.write)
      if !runGroup(&group) { runEachAlone(group) }
    } catch {
      takeGroup(into: &group)
      for write in group { write.error = error }
    }
    noteFailure(of: group)
    acknowledge(group)
    for observer in mutex.withLock({ observers }) { observer() }
    checkpoints.run(on: connection)
    handOver()
  }

  /// Runs writes until nobody waits, then commits; false when SQLite ended the transaction.
  private func runGroup(_ group: inout [PendingWrite]) -> Bool {
    while group.count < Self.largestGroup, let write = takeNext() {
      group.append(write)
      guard runInSavepoint(write) else { return false }
    }
    do {
      try connection.commit()
      return true
    } catch {
      rollBack()
      guard group.count == 1 else { return false }
      group[0].error = error
      return true
    }
  }

  /// False when the transaction as a whole was lost with the write.
  private func runInSavepoint(_ write: PendingWrite) -> Bool {
    do {
      try connection.setSavepoint()
      memory?.noteSavepoint()
      try write.run(on: connection)
      guard connection.isInTransaction else { return false }
      try connection.releaseSavepoint()
      return true
    } catch {
      write.error = error
      memory?.forgetSinceSavepoint()
      do {
        try connection.rollBackToSavepoint()
        return true
      } catch {
        rollBack()
        return false
      }
    }
  }

  /// After a lost group: whoever was not the cause must not suffer for it.
  private func runEachAlone(_ group: [PendingWrite]) {
    memory?.forgetAll()
    for write in group {
      write.error = nil
      do {
        try connection.begin(.write)
        try write.run(on: connection)
        try connection.commit()
      } catch {
        rollBack()
        write.error = error
      }
    }
  }

  private func rollBack() {
    memory?.forgetAll()
    connection.rollBack()
  }

  private func takeNext() -> PendingWrite? {
    mutex.withLock { queue.popFirst() }
  }

  private func takeGroup(into group: inout [PendingWrite]) {
    while group.count < Self.largestGroup, let write = takeNext() { group.append(write) }
  }

  private func noteFailure(of group: [PendingWrite]) {
    let hasFailed = group.contains { ($0.error as? StoreError)?.kind.isOfDisk ?? false }
    guard hasFailed || group.contains(where: { $0.error == nil }) else { return }
    mutex.withLock { self.hasFailed = hasFailed }
  }

  private func acknowledge(_ group: [PendingWrite]) {
    for write in group { write.wake(.finished) }
  }

  private func handOver() {
    let next = mutex.withLock {
      if queue.first == nil { hasLeader = false }
      return queue.first
    }
    next?.wake(.leads)
  }
}

/// What remembers writes, and has to forget those that are undone.
protocol UndoneWrites: Sendable {
  /// What is written from now on may be undone alone.
  func noteSavepoint()
  /// What was written since the savepoint was undone.
  func forgetSinceSavepoint()
  /// Everything in the transaction was undone.
  func forgetAll()
}

/// A write on its way, and the thread that waits for it.
///
/// Each has a semaphore of its own: threads that are woken at the same time and first had to take
/// one mutex would only go back to sleep.
private final class PendingWrite {
  /// What its thread is woken for.
  enum Call {
    case leads
    case finished
  }

  private var work: ((Connection) throws -> Void)?
  private let semaphore = Semaphore()
  /// Set before the semaphore, and read after it.
  private var call = Call.finished
  /// Set by the leader before its thread is woken.
  var error: (any Error)?

  init(_ work: @escaping (Connection) throws -> Void) {
    self.work = work
  }

  func run(on connection: Connection) throws {
    try work?(connection)
  }

  /// Sleeps until the write is done, or its thread is the one to lead.
  func wait() -> Call {
    semaphore.wait()
    return call
  }

  func wake(_ call: Call) {
    // Its caller may only return once nobody else holds its closure.
    if call == .finished { work = nil }
    self.call = call
    semaphore.signal()
  }
}

extension StoreError.Kind {
  /// Whether the disk, or its file system, did not take a change.
  fileprivate var isOfDisk: Bool {
    switch self {
    case .full, .readOnly, .inputOutput: true
    case .busy, .cannotOpen, .corrupt, .foreignDatabase, .newerSchema, .alteredMigration,
      .constraint, .outOfMemory, .misuse:
      false
    }
  }
}
