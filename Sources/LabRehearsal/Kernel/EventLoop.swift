internal import CNamespaces
internal import Glibc

/// Waits for many descriptors at once and calls whoever waits for them (epoll(7)).
final class EventLoop {
  /// What a descriptor may be waited for, or is ready for.
  struct Readiness: OptionSet {
    let rawValue: UInt32
    static let readable = Readiness(rawValue: EPOLLIN.rawValue)
    static let failed = Readiness(rawValue: EPOLLERR.rawValue | EPOLLHUP.rawValue)
  }

  private struct Watch {
    let serial: UInt32
    let descriptor: Descriptor
    let handle: (Readiness) -> Void
  }

  private let epoll: Descriptor
  /// By descriptor number.
  private var watches: [Watch?] = []
  private var serial: UInt32 = 0
  /// The first error in a handler, which has nobody to throw it to.
  private(set) var fault: RehearsalError?

  init() throws(RehearsalError) {
    let created = epoll_create1(Int32(EPOLL_CLOEXEC))
    guard created >= 0 else {
      throw .refused(step: "wait for sockets", errorNumber: errno)
    }
    epoll = Descriptor(adopting: created)
  }

  /// Calls a handler whenever a descriptor is readable or has failed, and keeps it open meanwhile.
  func watch(_ descriptor: Descriptor, _ handle: @escaping (Readiness) -> Void) {
    let number = Int(descriptor.number)
    while watches.count <= number { watches.append(nil) }
    serial &+= 1
    watches[number] = Watch(serial: serial, descriptor: descriptor, handle: handle)
    var event = epoll_event()
    event.events = Readiness.readable.rawValue
    // The serial number tells a descriptor from a later one of the same number.
    event.data.u64 = UInt64(serial) << 32 | UInt64(number)
    if epoll_ctl(epoll.number, EPOLL_CTL_ADD, descriptor.number, &event) != 0 {
      report(.refused(step: "wait for a socket", errorNumber: errno))
    }
  }

  /// Calls a handler with every connection to a listening socket, and who opened it. Connections
  /// are reset when they are closed.
  func watchConnections(
    to listener: Descriptor,
    _ handle: @escaping (Descriptor, SocketAddress) throws(RehearsalError) -> Void
  ) {
    watch(listener) { [unowned self] _ in
      attempt { () throws(RehearsalError) in
        while let (connection, peer) = try listener.accept() { try handle(connection, peer) }
      }
    }
  }

  /// Does something in a handler, keeping its error for whoever runs the loop.
  func attempt(_ step: () throws(RehearsalError) -> Void) {
    do {
      try step()
    } catch {
      report(error)
    }
  }

  /// Waits for a descriptor no longer.
  func forget(_ descriptor: Descriptor) {
    let number = Int(descriptor.number)
    guard number < watches.count, watches[number]?.descriptor === descriptor else { return }
    var unused = epoll_event()
    _ = epoll_ctl(epoll.number, EPOLL_CTL_DEL, descriptor.number, &unused)
    watches[number] = nil
  }

  /// Waits for none any longer, so that no handler keeps alive what it uses.
  func forgetAll() {
    watches.removeAll()
  }

  private func report(_ error: RehearsalError) {
    if fault == nil { fault = error }
  }

  /// Calls the handlers of all descriptors that are ready, waiting for the first one at most so
  /// long; answers how many there were.
  func turn(waitingMilliseconds: Int) throws(RehearsalError) -> Int {
    let count = withUnsafeTemporaryAllocation(of: epoll_event.self, capacity: 256) { events in
      let count = Int(
        epoll_wait(epoll.number, events.baseAddress, 256, Int32(clamping: waitingMilliseconds)))
      for event in events.prefix(max(0, count)) { dispatch(event) }
      return count
    }
    if let fault { throw fault }
    return max(0, count)
  }

  private func dispatch(_ event: epoll_event) {
    let number = Int(event.data.u64 & 0xffff_ffff)
    guard number < watches.count, let watch = watches[number],
      watch.serial == UInt32(event.data.u64 >> 32)
    else { return }
    watch.handle(Readiness(rawValue: event.events))
  }
}
