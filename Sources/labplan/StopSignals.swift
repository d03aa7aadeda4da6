import Glibc

/// The signals that ask the process to stop: SIGTERM, SIGINT, and SIGHUP, which the end of a terminal
/// or of an SSH session sends.
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
    sigaddset(&signals, SIGHUP)
    pthread_sigmask(SIG_BLOCK, &signals, nil)
    signal(SIGPIPE, SIG_IGN)
    self.signals = signals
  }

  /// Waits for one of them and gives its name.
  func wait() -> String {
    var signals = signals
    while true {
      switch sigwaitinfo(&signals, nil) {
      case SIGINT: return "SIGINT"
      case SIGTERM: return "SIGTERM"
      case SIGHUP: return "SIGHUP"
      default: continue
      }
    }
  }
}
