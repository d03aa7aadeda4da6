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

  /// Waits for one of them and gives its name; nil once so many seconds are over.
  func wait(seconds: Int) -> String? {
    var signals = signals
    var limit = timespec(tv_sec: seconds, tv_nsec: 0)
    while true {
      switch sigtimedwait(&signals, nil, &limit) {
      case SIGINT: return "SIGINT"
      case SIGTERM: return "SIGTERM"
      case _ where errno == EAGAIN: return nil
      default: continue
      }
    }
  }
}
