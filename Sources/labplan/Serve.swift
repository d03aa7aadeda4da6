public import ArgumentParser
import Glibc
import HTTPServer
import LabServer
import LabStorage
public import Logging

/// `labplan serve`.
struct Serve: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run the REST service.",
    discussion: """
      Prints "listening on http://HOST:PORT" on standard output when it is ready, and logs a line \
      for each request on standard error. SIGTERM and SIGINT let the requests in flight finish \
      and then stop it.

      EXAMPLES:
        labplan serve
        labplan serve --port 0 --database /var/lib/labplan/labs.sqlite
        curl --json @lab.json http://127.0.0.1:8080/v1/labs
      """)

  @Option(help: "The address or name to listen at; 0.0.0.0 and :: are all of the machine's.")
  var host = "127.0.0.1"

  @Option(help: "The TCP port to listen at; 0 picks a free one.")
  var port: UInt16 = 8080

  @Option(
    help: ArgumentHelp(
      "The SQLite file that holds the labs, created where there is none.", valueName: "file"))
  var database = "labplan.sqlite"

  @Option(
    help: """
      The least that is logged: \(Logger.Level.allCases.map(\.rawValue).joined(separator: ", ")). \
      Requests are info.
      """)
  var logLevel = Logger.Level.info

  @Option(help: "How many threads serve requests: as many can wait for the disk at a time.")
  var threads = Configuration().threads

  func validate() throws {
    guard (1...256).contains(threads) else {
      throw ValidationError("threads is a number from 1 to 256, not \(threads)")
    }
  }

  func run() throws {
    // Before any thread starts, so that all of them inherit it.
    let stop = StopSignals()
    var logger = Logger(label: "labplan") { _ in LineLog(descriptor: STDERR_FILENO) }
    logger.logLevel = logLevel
    let service: LabService
    let server: Server
    do {
      service = LabService(store: try LabStore(path: database), logger: logger)
      var configuration = Configuration(host: host, port: port)
      configuration.threads = threads
      server = try service.start(configuration)
    } catch {
      complain("labplan: \(error)")
      throw ExitCode.failure
    }
    try StandardOutput.write("listening on http://\(server.localAddress)\n".utf8)
    let signal = stop.wait()
    logger.info("stopping", metadata: ["signal": "\(signal)"])
    server.stop(drainingWithin: .seconds(10))
  }
}

extension Logger.Level: @retroactive ExpressibleByArgument {}
