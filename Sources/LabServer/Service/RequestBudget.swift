internal import Glibc
import HTTPServer
import LabCore

/// How long the service works on one answer.
public struct AnswerLimits: Sendable {
  /// From the request's arrival on.
  public var time: Duration
  /// Of the processor. It does not run while other requests have the processor, so that a busy
  /// service answers what an idle one does.
  public var processorTime: Duration

  /// Limits of ten seconds and of 1.2 seconds of the processor.
  public init(time: Duration = .seconds(10), processorTime: Duration = .milliseconds(1200)) {
    self.time = time
    self.processorTime = processorTime
  }
}

extension LabService {
  /// What the answer to a request may take.
  func budget(for request: Request) -> Budget { Budget(for: request, within: answerLimits) }
}

extension Budget {
  /// What the answer to a request may take: until its time is up, and as long as its client waits.
  convenience init(for request: Request, within limits: AnswerLimits) {
    let clock = ContinuousClock()
    let start = clock.now
    let end = start + limits.time
    var nextLook = start
    var meter = ThreadMeter()
    self.init(bytes: Self.bytesOfRequest) {
      let now = clock.now
      if now >= end { return .time }
      guard now > nextLook else { return nil }
      // To ask for the client and for the thread's time costs a system call each.
      nextLook = now + .milliseconds(5)
      if meter.reading() >= limits.processorTime { return .time }
      switch request.interruption {
      case nil: return nil
      case .clientLeft: return .clientGone
      case .timeIsUp, .serverStops: return .time
      }
    }
  }

  /// How many bytes the tables of a request may take at a time.
  private static let bytesOfRequest = 144 << 20
}

/// What threads have had of the processor for one piece of work, which may pass from one to another
/// (clock_gettime(2)).
private struct ThreadMeter {
  private var thread = pthread_self()
  private var last = ThreadMeter.now
  private var sum = Duration.zero

  mutating func reading() -> Duration {
    let now = Self.now
    if pthread_equal(thread, pthread_self()) != 0 {
      sum += now - last
    } else {
      thread = pthread_self()
    }
    last = now
    return sum
  }

  private static var now: Duration {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
  }
}

extension Call {
  /// Does a part of the answer within the request's budget; past it the answer is 503.
  func within<Result>(
    _ work: (Budget) throws(BudgetExhausted) -> Result
  ) throws(Problem) -> Result {
    do throws(BudgetExhausted) { return try work(budget) } catch { throw Problem(error) }
  }
}

extension Problem {
  /// An answer that was given up before it was whole.
  init(_ reason: BudgetExhausted) {
    switch reason {
    case .clientGone:
      self.init(.requestTimeout, "The client has gone; nobody waits for the answer.")
    case .time:
      self.init(
        .overloaded,
        "The answer takes longer than the service works on one. Ask for a part of it, or make the"
          + " lab smaller.")
      headers.append(.retryAfter, "1")
    case .steps, .memory:
      self.init(
        .overloaded,
        "The answer takes more work or memory than the service spends on one. Ask for a part of"
          + " it, or make the lab smaller.")
    }
  }
}
