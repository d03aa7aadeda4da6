internal import CEpoll
internal import Glibc

/// The epoll set of one event loop.
///
/// Connections are registered edge-triggered and stay so: what comes while a thread has one is
/// remembered by ``Ownership``, so that a request costs no system call to arm it again.
struct Poller: Sendable {
  /// What to wake for.
  enum Interest: Sendable {
    /// Something to read, or the end of it; each time that more comes.
    case input
    /// As well, room to send after there was none.
    case inputAndRoom
    /// Room to send, now or later; once.
    case writable
    /// The other end has finished sending, or is gone; once.
    case hangUp
    /// The other end is gone; once.
    case end

    fileprivate var events: UInt32 {
      switch self {
      case .input: EPOLLIN.rawValue | EPOLLRDHUP.rawValue | EPOLLET.rawValue
      case .inputAndRoom: Self.input.events | EPOLLOUT.rawValue
      case .writable: EPOLLOUT.rawValue | EPOLLONESHOT.rawValue
      case .hangUp: EPOLLRDHUP.rawValue | EPOLLONESHOT.rawValue
      // Errors and hang-ups are always reported.
      case .end: EPOLLONESHOT.rawValue
      }
    }
  }

  /// What an event is about.
  enum Wakeup: Equatable {
    case stop
    case listener
    /// - Parameter hasEnded: whether the other end sends nothing more: what is left to read has an
    ///   end, of which no other event will tell.
    case connection(slot: Int, hasEnded: Bool)
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

  /// Registers the listener, armed for one event.
  func add(listener: Int32) -> Bool {
    control(EPOLL_CTL_ADD, listener, Self.listenerEvents, Self.listenerToken)
  }

  /// Arms the listener again.
  func rearm(listener: Int32) {
    _ = control(EPOLL_CTL_MOD, listener, Self.listenerEvents, Self.listenerToken)
  }

  /// Registers a connection. What it is ready for already is reported too.
  func add(connection: Int32, slot: Int, _ interest: Interest) -> Bool {
    control(EPOLL_CTL_ADD, connection, interest.events, UInt64(slot))
  }

  /// Arms a connection anew. What it is ready for already is reported too.
  func rearm(connection: Int32, slot: Int, _ interest: Interest) -> Bool {
    control(EPOLL_CTL_MOD, connection, interest.events, UInt64(slot))
  }

  /// Makes the loop's ``wait(_:_:)`` tell of ``Wakeup/stop``, now and from now on.
  func signalStop() {
    eventfd_write(stopSignal, 1)
  }

  /// Waits until something happens, and calls `body` with each event.
  func wait(_ events: UnsafeMutableBufferPointer<epoll_event>, _ body: (Wakeup) -> Void) {
    let count = epoll_wait(set, events.baseAddress, Int32(events.count), -1)
    for index in 0..<max(0, Int(count)) {
      let event = events[index]
      switch event.data.u64 {
      case Self.stopToken: body(.stop)
      case Self.listenerToken: body(.listener)
      case let slot:
        body(
          .connection(
            slot: Int(truncatingIfNeeded: slot), hasEnded: event.events & Self.endEvents != 0))
      }
    }
  }

  private static var stopToken: UInt64 { .max }
  private static var listenerToken: UInt64 { .max - 1 }
  private static var listenerEvents: UInt32 { EPOLLIN.rawValue | EPOLLONESHOT.rawValue }
  private static var endEvents: UInt32 {
    EPOLLRDHUP.rawValue | EPOLLHUP.rawValue | EPOLLERR.rawValue
  }

  private func control(
    _ operation: Int32, _ descriptor: Int32, _ events: UInt32, _ token: UInt64
  ) -> Bool {
    var event = epoll_event(events: events, data: epoll_data_t(u64: token))
    return epoll_ctl(set, operation, descriptor, &event) == 0
  }
}
