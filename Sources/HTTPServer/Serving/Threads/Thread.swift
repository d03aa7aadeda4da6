internal import Glibc

/// A thread of the system, outside every pool, so that what blocks in it holds up nothing else.
struct Thread: Sendable {
  private let handle: pthread_t

  /// Starts a thread that takes no signals: those are for the thread that waits for them.
  ///
  /// - Throws: `outOfResources` when the system has no thread left.
  init(_ body: @escaping @Sendable () -> Void) throws(ServerError) {
    var everySignal = sigset_t()
    var before = sigset_t()
    sigfillset(&everySignal)
    pthread_sigmask(SIG_SETMASK, &everySignal, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    let box = Unmanaged.passRetained(Body(run: body))
    var handle = pthread_t()
    let result = pthread_create(&handle, nil, runBody, box.toOpaque())
    guard result == 0 else {
      box.release()
      throw .outOfResources(code: result)
    }
    self.handle = handle
  }

  /// Waits until the thread has ended.
  func join() {
    pthread_join(handle, nil)
  }

  /// Leaves the thread to itself.
  func detach() {
    pthread_detach(handle)
  }
}

private final class Body: Sendable {
  let run: @Sendable () -> Void

  init(run: @escaping @Sendable () -> Void) {
    self.run = run
  }
}

private func runBody(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  guard let argument else { return nil }
  Unmanaged<Body>.fromOpaque(argument).takeRetainedValue().run()
  return nil
}
