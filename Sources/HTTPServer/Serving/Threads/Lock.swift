internal import Glibc

/// A pthread mutex around a value, with a condition to wait for.
///
/// Not `Synchronization.Mutex`, which ThreadSanitizer does not see through on Linux.
///
/// Unchecked because the mutex guards every access to the value.
final class Lock<Value>: @unchecked Sendable {
  private let mutex: UnsafeMutablePointer<pthread_mutex_t>
  private let condition: UnsafeMutablePointer<pthread_cond_t>
  private var value: Value

  init(_ value: sending Value) {
    self.value = value
    mutex = .allocate(capacity: 1)
    pthread_mutex_init(mutex, nil)
    condition = .allocate(capacity: 1)
    var attributes = pthread_condattr_t()
    pthread_condattr_init(&attributes)
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
    pthread_cond_init(condition, &attributes)
    pthread_condattr_destroy(&attributes)
  }

  deinit {
    pthread_cond_destroy(condition)
    condition.deallocate()
    pthread_mutex_destroy(mutex)
    mutex.deallocate()
  }

  func withLock<Result>(_ body: (inout Value) -> Result) -> Result {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    return body(&value)
  }

  /// Changes the value and wakes all that wait for it.
  func signal(_ change: (inout Value) -> Void) {
    withLock(change)
    pthread_cond_broadcast(condition)
  }

  /// Changes the value and wakes one of those that wait for it.
  func signalOne<Result>(_ change: (inout Value) -> Result) -> Result {
    let result = withLock(change)
    pthread_cond_signal(condition)
    return result
  }

  /// Waits until the value is as wanted, and then changes it.
  func waitForever<Result>(
    for isWanted: (Value) -> Bool, then change: (inout Value) -> Result
  ) -> Result {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    while !isWanted(value) { pthread_cond_wait(condition, mutex) }
    return change(&value)
  }

  /// Waits until the value is as wanted or the moment has come; gives the value as it is then.
  @discardableResult
  func wait(until moment: Instant, for isWanted: (Value) -> Bool) -> Value where Value: Sendable {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    var time = timespec()
    time.tv_sec = Int(moment / 1_000_000_000)
    time.tv_nsec = Int(moment % 1_000_000_000)
    while !isWanted(value) {
      if pthread_cond_timedwait(condition, mutex, &time) == ETIMEDOUT { break }
    }
    return value
  }
}
