import Glibc
import HTTPServer

/// What the service has done since it started, counted.
///
/// Threads count into shards, so that hardly any waits for another; reading adds them up.
final class ServiceMetrics: Sendable {
  /// Work whose time is taken apart from its request's.
  enum Work: Int, CaseIterable, Sendable {
    case read, write, plan
  }

  /// What a request is counted under. Its values are few, whatever clients send.
  struct RequestKind: Hashable, Sendable {
    /// One that the service knows, or else `other`.
    let method: String
    /// The pattern of the route, or else `none`.
    let route: String
    let status: Int
  }

  /// What one shard has counted, or all of them.
  struct Counts: Sendable {
    var requests: [RequestKind: Int] = [:]
    /// By route.
    var durations: [String: Histogram] = [:]
    var bytesSent = 0
    var work = [Histogram](repeating: Histogram(), count: Work.allCases.count)
    /// Those that began less those that ended; a shard's own may be below zero.
    var requestsInFlight = 0
    var workInProgress = [Int](repeating: 0, count: Work.allCases.count)
  }

  private let shards = (0..<8).map { _ in Locked(Counts()) }

  /// The shard of this thread: the C library's descriptors of threads are pages apart.
  private var shard: Locked<Counts> { shards[Int(bitPattern: pthread_self()) >> 12 & 7] }

  /// Counts a request whose response is out.
  func count(_ exchange: Exchange) {
    let kind = RequestKind(
      method: name(of: exchange.method), route: exchange.route ?? "none",
      status: Int(exchange.status.code))
    let nanoseconds = nanoseconds(of: exchange.duration)
    shard.withLock { counts in
      counts.requests[kind, default: 0] += 1
      counts.durations[kind.route, default: Histogram()].add(nanoseconds: nanoseconds)
      counts.bytesSent += exchange.bytesSent
    }
  }

  /// Counts a request from now until the body ends.
  func countInFlight<Result>(_ body: () -> Result) -> Result {
    shard.withLock { $0.requestsInFlight += 1 }
    defer { shard.withLock { $0.requestsInFlight -= 1 } }
    return body()
  }

  /// Does some work and takes its time.
  func time<Result, Failure: Error>(
    _ work: Work, _ body: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let start = ContinuousClock.now
    shard.withLock { $0.workInProgress[work.rawValue] += 1 }
    defer {
      let nanoseconds = nanoseconds(of: ContinuousClock.now - start)
      shard.withLock { counts in
        counts.workInProgress[work.rawValue] -= 1
        counts.work[work.rawValue].add(nanoseconds: nanoseconds)
      }
    }
    return try body()
  }

  /// What all shards have counted so far.
  func total() -> Counts {
    shards.reduce(into: Counts()) { total, shard in
      let counts = shard.withLock { $0 }
      total.requests.merge(counts.requests) { $0 + $1 }
      for (route, histogram) in counts.durations {
        total.durations[route, default: Histogram()].add(histogram)
      }
      total.bytesSent += counts.bytesSent
      total.requestsInFlight += counts.requestsInFlight
      for index in total.work.indices {
        total.work[index].add(counts.work[index])
        total.workInProgress[index] += counts.workInProgress[index]
      }
    }
  }
}

private func name(of method: HTTPServer.Method?) -> String {
  switch method {
  case nil, .other: "other"
  case let method?: method.description
  }
}

private func nanoseconds(of duration: Duration) -> Int64 {
  let (seconds, attoseconds) = duration.components
  return seconds * 1_000_000_000 + attoseconds / 1_000_000_000
}
