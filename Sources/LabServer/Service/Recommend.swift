import HTTPServer
import LabCore

extension Call {
  /// Recommends labs for as long as the request lets it: as `limit_ms` says, or else as the usual
  /// effort takes, and no longer than the client waits.
  func recommend(for lab: Lab) throws(Problem) -> RecommendationReport {
    let clock = ContinuousClock()
    let end = query.limitMilliseconds.map { clock.now + .milliseconds($0) }
    var look = clock.now
    var isAbandoned = false
    let report = LabCore.recommend(for: lab, effort: end == nil ? .usual : .untilStopped) {
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
