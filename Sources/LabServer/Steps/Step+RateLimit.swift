import Glibc
public import HTTPServer

extension Step {
  /// Grants each client a number of requests a minute, and tells it where it stands
  /// (draft-ietf-httpapi-ratelimit-headers); more are answered with 429 and `Retry-After`. What
  /// watches the service is not counted.
  public static func rateLimit(requestsPerMinute quota: Int) -> Step {
    let rate = Locked(RequestRate(quota: max(1, quota)))
    return Step { request, rest in
      guard !isAboutHealth(request), let client = request.clientAddress else {
        return rest(request)
      }
      let now = monotonicNanoseconds()
      let key = ClientKey(address: client)
      let verdict = rate.withLock { $0.count(key, at: now) }
      var response =
        verdict.isGranted ? rest(request) : tooMany(quota, verdict).response(to: request.id)
      response.headers.append(.rateLimitPolicy, "\"client\";q=\(quota);w=\(RequestRate.window)")
      response.headers.append(
        .rateLimit, "\"client\";r=\(verdict.remaining);t=\(verdict.secondsToNext)")
      return response
    }
  }
}

private func isAboutHealth(_ request: Request) -> Bool { watchedPaths.contains(request.path) }

private func tooMany(_ quota: Int, _ verdict: RequestRate.Verdict) -> Problem {
  var problem = Problem(
    .tooManyRequests,
    "Each client may send \(quota) requests a minute here; the next one in"
      + " \(verdict.secondsToNext) s.")
  problem.headers.append(.retryAfter, "\(verdict.secondsToNext)")
  return problem
}

/// The time of a clock that never goes back.
func monotonicNanoseconds() -> UInt64 {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
}

extension HeaderName {
  fileprivate static let rateLimit = HeaderName("RateLimit") ?? .retryAfter
  fileprivate static let rateLimitPolicy = HeaderName("RateLimit-Policy") ?? .retryAfter
}
