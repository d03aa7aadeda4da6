internal import Synchronization

/// One word for each connection: whether a thread has it, or until when it may wait.
///
/// **Invariant:** whoever turned a word from a deadline into `busy` owns the connection, its
/// descriptor and its registration, until it parks or releases it. Workers and the deadline sweep
/// take connections by the same rule, so that they never meet in one.
///
/// Unchecked because the words are atomic and the memory is freed with the last reference alone.
final class Ownership: @unchecked Sendable {
  private let words: UnsafeMutablePointer<Atomic<UInt64>>
  private let count: Int

  private static let free: UInt64 = 0
  private static let busy: UInt64 = 1
  private static let busyWithMissedEvent: UInt64 = 2
  /// Deadlines are from here on, in steps of four; what is over says what the connection waits for.
  private static let firstDeadline: UInt64 = 4

  /// What a connection waits for.
  enum Waiting: UInt64 {
    /// The rest of a request, or the client's taking of a response.
    case progress = 0
    /// A request of which nothing has come.
    case request = 1
    /// News for a live body.
    case news = 2
  }

  init(count: Int) {
    self.count = count
    words = .allocate(capacity: count)
    for slot in 0..<count { (words + slot).initialize(to: Atomic(Self.free)) }
  }

  deinit {
    words.deinitialize(count: count)
    words.deallocate()
  }

  /// Takes a new connection's word for the thread that accepted it.
  func claim(_ slot: Int) {
    words[slot].store(Self.busy, ordering: .relaxed)
  }

  /// Takes a connection because of an event. False when another thread has it, which will then
  /// look once more before it parks, or when it is closed: an event can come late.
  func take(_ slot: Int) -> Bool {
    while true {
      let word = words[slot].load(ordering: .relaxed)
      switch word {
      case Self.free, Self.busyWithMissedEvent:
        return false
      case Self.busy:
        if replace(slot, word, with: Self.busyWithMissedEvent) { return false }
      default:
        if replace(slot, word, with: Self.busy) { return true }
      }
    }
  }

  /// Takes a connection that waits, if its deadline has come.
  func takeExpired(_ slot: Int, at now: Instant) -> Bool {
    take(slot) { $0 & ~3 <= now }
  }

  /// Takes a connection that has nothing in flight.
  func takeQuiet(_ slot: Int) -> Bool {
    take(slot) { $0 & 3 != Waiting.progress.rawValue }
  }

  /// Takes a connection that waits for a request of which nothing has come.
  func takeIdle(_ slot: Int) -> Bool {
    take(slot) { $0 & 3 == Waiting.request.rawValue }
  }

  /// The connection, of so many, that will have waited for a request for too long first.
  func longestIdle(among slots: Int) -> Int? {
    var longest: (slot: Int, word: UInt64)?
    for slot in 0..<slots {
      let word = words[slot].load(ordering: .relaxed)
      guard word >= Self.firstDeadline, word & 3 == Waiting.request.rawValue else { continue }
      if longest.map({ word < $0.word }) ?? true { longest = (slot, word) }
    }
    return longest?.slot
  }

  /// Takes a connection that waits, for whatever.
  func takeParked(_ slot: Int) -> Bool {
    take(slot) { _ in true }
  }

  /// The deadline of a connection that waits.
  func deadline(_ slot: Int) -> Instant? {
    let word = words[slot].load(ordering: .relaxed)
    return word >= Self.firstDeadline ? word & ~3 : nil
  }

  /// Lets a connection wait. False when an event came meanwhile: the caller still has it and must
  /// serve it again.
  func park(_ slot: Int, until deadline: Instant, for waiting: Waiting) -> Bool {
    let word = max(deadline, Self.firstDeadline) & ~3 | waiting.rawValue
    if replace(slot, Self.busy, with: word) { return true }
    words[slot].store(Self.busy, ordering: .relaxed)
    return false
  }

  /// Gives up a closed connection's word.
  func release(_ slot: Int) {
    words[slot].store(Self.free, ordering: .releasing)
  }

  private func take(_ slot: Int, where isWanted: (UInt64) -> Bool) -> Bool {
    let word = words[slot].load(ordering: .relaxed)
    return word >= Self.firstDeadline && isWanted(word) && replace(slot, word, with: Self.busy)
  }

  private func replace(_ slot: Int, _ old: UInt64, with new: UInt64) -> Bool {
    words[slot].compareExchange(
      expected: old, desired: new, ordering: .acquiringAndReleasing
    ).exchanged
  }
}
