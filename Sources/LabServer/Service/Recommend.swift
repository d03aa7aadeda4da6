import HTTPServer
import LabCore

extension Call {
  /// Recommends labs for as long as the request lets it: as `limit_ms` says, or else as the usual
  /// effort takes, and no longer than the client waits.
  func recommend(for lab: Lab) throws(Problem) -> RecommendationReport {
    guard let limit = query.limitMilliseconds else {
      return try recommend(for: lab, effort: .usual, limit: nil)
    }
    return try recommend(for: lab, effort: .untilStopped, limit: .milliseconds(limit))
  }

  /// Recommends labs beside a plan, which is not to wait for them.
  func recommendBriefly(for lab: Lab) throws(Problem) -> RecommendationReport {
    try recommend(for: lab, effort: .usual, limit: limitBesidePlan)
  }

  private func recommend(
    for lab: Lab, effort: SearchEffort, limit: Duration?
  ) throws(Problem) -> RecommendationReport {
    let clock = ContinuousClock()
    let end = limit.map { clock.now + $0 }
    var look = clock.now
    var isAbandoned = false
    let report = LabCore.recommend(for: lab, effort: effort) {
      let now = clock.now
      if now > look {
        // To look costs a system call.
        isAbandoned = isAbandoned || request.isAbandoned
        look = now + .milliseconds(5)
      }
      return !isAbandoned && end.map { now < $0 } ?? true
    }
    if isAbandoned {
      throw Problem(.requestTimeout, "The client has gone; nobody waits for the answer.")
    }
    return report
  }
}

/// Recommends labs beside a plan for a person.
func recommendBriefly(for lab: Lab) -> RecommendationReport {
  let clock = ContinuousClock()
  let end = clock.now + limitBesidePlan
  return recommend(for: lab) { clock.now < end }
}

/// How long the search beside a plan takes at most.
private let limitBesidePlan = Duration.milliseconds(500)
