public import HTTPServer
import Logging

extension LabService {
  /// Starts a server that answers with this service and logs a line for each request.
  ///
  /// A request passes ``firstSteps()``, `outer`, ``steps()``, the router and its operation. What cannot
  /// be read as a request passes none of them: it is answered with a problem and logged.
  ///
  /// - Parameters:
  ///   - listener: what listens already, in the place of where the configuration says.
  ///   - outer: what else requests pass on their way; the first is the outermost.
  ///   - format: that of the logger, for what it is told of a request.
  public func start(
    _ configuration: Configuration, at listener: Listener? = nil, behind outer: [Step] = [],
    logFormat format: LogFormat = .text
  ) throws -> Server {
    let router = try router()
    let (logger, metrics) = (logger, metrics)
    let steps = (firstSteps() + outer + steps())[...]
    let handler = handler(behind: Array(steps), router.respond)
    var configuration = configuration
    configuration.reservedPaths = watchedPaths
    configuration.proxies = access.client.trust
    let server = try Server(
      configuration, at: listener, refusal: { Problem($0).response(to: $1).secured() },
      observer: { exchange in
        metrics.count(exchange)
        switch format {
        case .text: logger.info("\(exchange.line)")
        case .json: logger.info("request", metadata: exchange.fields)
        }
      },
      atOnce: { request in
        if neverWaits(request) { return handler(request) }
        return router.answerAtOnce(to: request).map {
          HTTPServer.respond(to: request, behind: steps, $0)
        }
      }, handler: handler)
    serverLoad.withLock { load in load = { [weak server] in server?.load } }
    return server
  }
}

/// What watches the service asks for these, and never waits behind other requests.
let watchedPaths: Set<[String]> = [["healthz"], ["readyz"], ["metrics"]]

/// Whether nothing on the way of a request waits for anything.
private func neverWaits(_ request: Request) -> Bool { request.path == ["healthz"] }

extension HTTPServer.Exchange {
  /// The request and its answer in a line of the log. Neither method nor target has a blank in it.
  fileprivate var line: String {
    "request method=\(method?.description.withoutSecrets ?? "-") target=\(target?.targetForLog ?? "-")"
      + " status=\(status.code) bytes=\(bytesSent) duration_us=\(microseconds)"
      + " client=\(clientAddress) id=\(requestID)\(isComplete ? "" : " incomplete=true")"
  }

  /// The same, each by itself.
  fileprivate var fields: Logger.Metadata {
    [
      "method": "\(method?.description.withoutSecrets ?? "-")",
      "target": "\(target?.targetForLog ?? "-")",
      "route": "\(route ?? "-")", "status": .stringConvertible(Int(status.code)),
      "bytes": .stringConvertible(bytesSent), "duration_us": .stringConvertible(Int(microseconds)),
      "client": "\(clientAddress)", "id": "\(requestID)",
      "complete": .stringConvertible(isComplete),
    ]
  }

  /// Without the port where a proxy named it: the connection is the proxy's.
  private var clientAddress: String { client ?? "\(remoteAddress)" }

  private var microseconds: Int64 {
    let (seconds, attoseconds) = duration.components
    return seconds * 1_000_000 + attoseconds / 1_000_000_000_000
  }
}
