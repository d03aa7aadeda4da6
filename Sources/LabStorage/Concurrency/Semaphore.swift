import Glibc

/// A counting semaphore that starts at zero (POSIX `sem_init`, for the threads of one process).
final class Semaphore: @unchecked Sendable {
  private let handle: UnsafeMutablePointer<sem_t>

  init() {
    handle = .allocate(capacity: 1)
    sem_init(handle, 0, 0)
  }

  deinit {
    sem_destroy(handle)
    handle.deallocate()
  }

  /// Takes one, and sleeps for as long as there is none.
  func wait() {
    while sem_wait(handle) != 0 {}  // Only a signal handler ends it early (EINTR).
  }

  /// Gives one.
  func signal() { sem_post(handle) }
}
