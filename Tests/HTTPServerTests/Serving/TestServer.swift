internal import Glibc

@testable import HTTPServer

/// Runs a server on a free port for as long as `body` runs.
func withServer<Result>(
  _ configure: (inout Configuration) -> Void = { _ in },
  observer: @escaping @Sendable (Exchange) -> Void = { _ in },
  handler: @escaping @Sendable (Request) -> Response = echo,
  _ body: (Server) throws -> Result
) throws -> Result {
  var configuration = Configuration(port: 0)
  configuration.threads = 2
  configure(&configuration)
  let server = try Server(configuration, observer: observer, handler: handler)
  defer { server.stop(drainingWithin: .zero) }
  return try body(server)
}

extension Server {
  /// Waits until that many requests wait for a thread or have one; ten seconds at most.
  func waitForRequestsInFlight(_ count: Int) {
    let end = monotonicNow() + 10_000_000_000
    while core.queue.inFlight < count, monotonicNow() < end { sched_yield() }
  }

  /// Waits until every request is answered and its thread free; ten seconds at most.
  func waitUntilNoneIsInFlight() {
    let end = monotonicNow() + 10_000_000_000
    while core.queue.inFlight > 0, monotonicNow() < end { sched_yield() }
  }
}

/// Answers with the method and target, and with the body if there is one.
@Sendable func echo(_ request: Request) -> Response {
  let text = "\(request.method) \(request.target)"
  let body = request.body.isEmpty ? Array(text.utf8) : request.body
  return Response(status: .ok, body: .bytes(body))
}

/// Something that handlers wait for and tests bring about.
final class Event: Sendable {
  private let hasHappened = Lock(false)

  func happen() {
    hasHappened.signal { $0 = true }
  }

  /// Whether it has happened already.
  var isPast: Bool { hasHappened.withLock { $0 } }

  /// Waits; false after ten seconds.
  @discardableResult
  func wait() -> Bool {
    hasHappened.wait(until: monotonicNow() + 10_000_000_000) { $0 }
  }
}

/// What an observer was told, in order.
final class ExchangeLog: Sendable {
  private let exchanges = Lock<[Exchange]>([])

  func note(_ exchange: Exchange) {
    exchanges.signal { $0.append(exchange) }
  }

  /// The first `count` exchanges, once there are so many; fewer after ten seconds.
  func first(_ count: Int) -> [Exchange] {
    let all = exchanges.wait(until: monotonicNow() + 10_000_000_000) { $0.count >= count }
    return Array(all.prefix(count))
  }
}
