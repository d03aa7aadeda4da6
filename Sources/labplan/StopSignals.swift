import Glibc

/// The signals that ask the process to stop: SIGTERM and SIGINT.
///
/// They are blocked in the thread that makes this and in all that it starts from then on; `wait`
/// then takes them one at a time, and no handler runs in the middle of anything.
struct StopSignals {
  private let signals: sigset_t

  /// Blocks the signals. SIGPIPE is ignored: a closed socket is an error of the write.
  init() {
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGTERM)
    sigaddset(&signals, SIGINT)
    pthread_sigmask(SIG_BLOCK, &signals, nil)
    signal(SIGPIPE, SIG_IGN)
    self.signals = signals
  }

  /// Waits for one of them and gives its name.
  func wait() -> String {
    var signals = signals
    var number: Int32 = 0
    while sigwait(&signals, &number) != 0 {}
    return number == SIGINT ? "SIGINT" : "SIGTERM"
  }
}
