internal import CEpoll
internal import Glibc

/// The one epoll set that all threads wait on.
///
/// Every descriptor but the stop signal is registered one-shot: one event wakes one thread, and no
/// other until the descriptor is armed again.
struct Poller: Sendable {
  /// What to wake for.
  enum Interest {
    case readable
    case writable
    /// The other end has finished sending, or is gone.
    case hangUp
    /// The other end is gone.
    case end

    fileprivate var events: UInt32 {
      switch self {
      case .readable: EPOLLIN.rawValue
      case .writable: EPOLLOUT.rawValue
      case .hangUp: EPOLLRDHUP.rawValue
      // Errors and hang-ups are always reported.
      case .end: 0
      }
    }
  }

  /// What an event is about.
  enum Wakeup: Equatable {
    case stop
    case listener
    case connection(slot: Int)
  }

  private let set: Int32
  private let stopSignal: Int32

  init() throws(ServerError) {
    set = epoll_create1(Int32(EPOLL_CLOEXEC))
    guard set >= 0 else { throw .outOfResources() }
    stopSignal = eventfd(0, Int32(EFD_NONBLOCK) | Int32(EFD_CLOEXEC))
    guard stopSignal >= 0 else {
      let code = errno
      Glibc.close(set)
      throw .outOfResources(code: code)
    }
    var event = epoll_event(events: EPOLLIN.rawValue, data: epoll_data_t(u64: Self.stopToken))
    // A fresh eventfd in a fresh set: nothing is left that could refuse it.
    epoll_ctl(set, EPOLL_CTL_ADD, stopSignal, &event)
  }

  func close() {
    Glibc.close(stopSignal)
    Glibc.close(set)
  }

  /// Registers the listener, armed.
  func add(listener: Int32) -> Bool {
    control(EPOLL_CTL_ADD, listener, EPOLLIN.rawValue, Self.listenerToken)
  }

  /// Arms the listener again.
  func rearm(listener: Int32) {
    _ = control(EPOLL_CTL_MOD, listener, EPOLLIN.rawValue, Self.listenerToken)
  }

  /// Registers a connection, armed for reading.
  func add(connection: Int32, slot: Int) -> Bool {
    control(EPOLL_CTL_ADD, connection, EPOLLIN.rawValue, UInt64(slot))
  }

  /// Arms a connection again.
  func rearm(connection: Int32, slot: Int, _ interest: Interest) -> Bool {
    control(EPOLL_CTL_MOD, connection, interest.events, UInt64(slot))
  }

  /// Wakes every thread that waits, now and from now on, with ``Wakeup/stop``.
  func signalStop() {
    eventfd_write(stopSignal, 1)
  }

  /// Waits for one event. A thread takes one at a time: were it to take more, the later ones would
  /// wait for its handler.
  func wait() -> Wakeup {
    var event = epoll_event()
    while epoll_wait(set, &event, 1, -1) < 1 {}
    switch event.data.u64 {
    case Self.stopToken: return .stop
    case Self.listenerToken: return .listener
    case let slot: return .connection(slot: Int(truncatingIfNeeded: slot))
    }
  }

  private static var stopToken: UInt64 { .max }
  private static var listenerToken: UInt64 { .max - 1 }

  private func control(
    _ operation: Int32, _ descriptor: Int32, _ events: UInt32, _ token: UInt64
  ) -> Bool {
    var event = epoll_event(
      events: events | EPOLLONESHOT.rawValue, data: epoll_data_t(u64: token))
    return epoll_ctl(set, operation, descriptor, &event) == 0
  }
}
