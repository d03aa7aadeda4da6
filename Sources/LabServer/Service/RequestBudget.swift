import HTTPServer
import LabCore

extension LabService {
  /// What the answer to a request may take.
  func budget(for request: Request) -> Budget { Budget(for: request, within: answerTime) }
}

extension Budget {
  /// What the answer to a request may take: until its time is up, and as long as its client waits.
  convenience init(for request: Request, within limit: Duration) {
    let clock = ContinuousClock()
    let start = clock.now
    let end = start + limit
    var nextLook = start
    self.init(bytes: Self.bytesOfRequest) {
      let now = clock.now
      if now >= end { return .time }
      guard now > nextLook else { return nil }
      // To ask for the client costs a system call.
      nextLook = now + .milliseconds(5)
      switch request.interruption {
      case nil: return nil
      case .clientLeft: return .clientGone
      case .timeIsUp, .serverStops: return .time
      }
    }
  }

  /// How many bytes the tables of a request may take at a time.
  private static let bytesOfRequest = 192 << 20
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
