import HTTPServer

/// Slows down clients that guess: each may fail so often a minute, and is then not listened to for a
/// while.
final class FailureBrake: Sendable {
  private let failures: Locked<RequestRate>

  /// - Parameter quota: how many failures a minute each client may have; that many at once too.
  init(perMinute quota: Int) {
    failures = Locked(RequestRate(quota: quota))
  }

  /// How many seconds a client has to wait before it may try again; nil where it may now.
  func wait(of client: ClientKey) -> Int? {
    let now = monotonicNanoseconds()
    let verdict = failures.withLock { $0.verdict(on: client, at: now) }
    return verdict.isGranted ? nil : verdict.secondsToNext
  }

  /// Counts a failure.
  func noteFailure(of client: ClientKey) {
    let now = monotonicNanoseconds()
    _ = failures.withLock { $0.count(client, at: now) }
  }
}

extension Step {
  /// Answers clients that sent too many wrong tokens with 429, whatever token they send next: to
  /// try the right one would otherwise cost a guess nothing. Requests without a token pass, and so
  /// do health checks, which no token is needed for.
  static func brake(on wrongTokens: FailureBrake) -> Step {
    Step { request, rest in
      guard request.headers.contains(.authorization), !isHealthCheck(request),
        let address = request.clientAddress
      else {
        return rest(request)
      }
      let client = ClientKey(address: address)
      if let seconds = wrongTokens.wait(of: client) {
        return tooManyGuesses(seconds).response(to: request.id)
      }
      let response = rest(request)
      if response.status == .unauthorized { wrongTokens.noteFailure(of: client) }
      return response
    }
  }
}

private func isHealthCheck(_ request: Request) -> Bool {
  request.path == ["healthz"] || request.path == ["readyz"]
}

private func tooManyGuesses(_ seconds: Int) -> Problem {
  var problem = Problem(
    .tooManyRequests,
    "Too many wrong tokens came from your address; try again in \(seconds) s.")
  problem.headers.append(.retryAfter, "\(seconds)")
  return problem
}
