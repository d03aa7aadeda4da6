import Glibc

/// A pthread mutex.
///
/// Not `Synchronization.Mutex`: on Linux that one is built on futexes the thread sanitizer does
/// not see, and every use is reported as a race.
final class Mutex: @unchecked Sendable {
  fileprivate let handle: UnsafeMutablePointer<pthread_mutex_t>

  init() {
    handle = .allocate(capacity: 1)
    pthread_mutex_init(handle, nil)
  }

  deinit {
    pthread_mutex_destroy(handle)
    handle.deallocate()
  }

  func lock() { pthread_mutex_lock(handle) }

  func unlock() { pthread_mutex_unlock(handle) }

  func withLock<Result>(_ body: () -> Result) -> Result {
    lock()
    defer { unlock() }
    return body()
  }
}

/// A pthread condition variable: threads sleep on it until another says that things have changed.
final class Condition: @unchecked Sendable {
  private let handle: UnsafeMutablePointer<pthread_cond_t>

  init() {
    handle = .allocate(capacity: 1)
    pthread_cond_init(handle, nil)
  }

  deinit {
    pthread_cond_destroy(handle)
    handle.deallocate()
  }

  /// Gives up `mutex`, sleeps until signalled, and takes it again. It may wake without a signal.
  func wait(with mutex: Mutex) { pthread_cond_wait(handle, mutex.handle) }

  func signal() { pthread_cond_signal(handle) }
}
