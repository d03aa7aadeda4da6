public import HTTPServer
import Logging

extension LabService {
  /// Starts a server that answers with this service and logs a line for each request.
  ///
  /// A request passes `outer`, ``steps()``, the router and its operation. What cannot be read as a
  /// request passes none of them: it is answered with a problem and logged.
  ///
  /// - Parameter outer: what comes before the service's own steps; the first is the outermost.
  public func start(_ configuration: Configuration, behind outer: [Step] = []) throws -> Server {
    let router = try router()
    let logger = logger
    return try Server(
      configuration, refusal: { Problem($0).response(to: $1) },
      observer: { exchange in logger.info("\(exchange.line)") },
      handler: handler(behind: outer + steps(), router.respond))
  }
}

extension HTTPServer.Exchange {
  /// The request and its answer in a line of the log. Neither method nor target has a blank in it.
  fileprivate var line: String {
    let (seconds, attoseconds) = duration.components
    let microseconds = seconds * 1_000_000 + attoseconds / 1_000_000_000_000
    return "request method=\(method?.description ?? "-") target=\(target ?? "-")"
      + " status=\(status.code) bytes=\(bytesSent) duration_us=\(microseconds)"
      + " client=\(remoteAddress) id=\(requestID)\(isComplete ? "" : " incomplete=true")"
  }
}
