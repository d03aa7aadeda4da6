public import HTTPServer
import Logging

extension LabService {
  /// Starts a server that answers with this service and logs a line for each request.
  public func start(_ configuration: Configuration) throws -> Server {
    let router = try router()
    let logger = logger
    return try Server(
      configuration, refusal: { Problem($0).response },
      observer: { exchange in
        logger.info("request", metadata: exchange.metadata)
      },
      handler: router.respond)
  }
}

extension HTTPServer.Exchange {
  fileprivate var metadata: Logger.Metadata {
    let (seconds, attoseconds) = duration.components
    let microseconds = seconds * 1_000_000 + attoseconds / 1_000_000_000_000
    return [
      "method": "\(method?.description ?? "-")", "target": "\(target ?? "-")",
      "status": "\(status.code)", "bytes": "\(bytesSent)", "duration_us": "\(microseconds)",
      "client": "\(remoteAddress)",
    ]
  }
}
