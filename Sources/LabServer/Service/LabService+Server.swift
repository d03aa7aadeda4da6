public import HTTPServer
import Logging

extension LabService {
  /// Starts a server that answers with this service and logs a line for each request.
  public func start(_ configuration: Configuration) throws -> Server {
    let router = try router()
    let logger = logger
    return try Server(
      configuration, refusal: { Problem($0).response },
      observer: { exchange in logger.info("\(exchange.line)") },
      handler: router.respond)
  }
}

extension HTTPServer.Exchange {
  /// The request and its answer in a line of the log. Neither method nor target has a blank in it.
  fileprivate var line: String {
    let (seconds, attoseconds) = duration.components
    let microseconds = seconds * 1_000_000 + attoseconds / 1_000_000_000_000
    return "request method=\(method?.description ?? "-") target=\(target ?? "-")"
      + " status=\(status.code) bytes=\(bytesSent) duration_us=\(microseconds)"
      + " client=\(remoteAddress)\(isComplete ? "" : " incomplete=true")"
  }
}
