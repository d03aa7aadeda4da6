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
      for each request on standard error. SIGTERM, SIGINT and SIGHUP let the requests in \
      flight finish, for as long as --drain-timeout says, and then stop it.

      Without tokens the service accepts all requests, so it listens only on localhost; see "labplan \
      token". You can also set an admin token from outside: in LABPLAN_TOKEN, or in a file that \
      LABPLAN_TOKEN_FILE names.

      EXAMPLES:
        labplan serve
        labplan serve --port 0 --database /var/lib/labplan/labs.sqlite
        curl --json @lab.json http://127.0.0.1:8080/v1/labs
      """)

  @Option(help: "Address or name to listen on; 0.0.0.0 or :: for all addresses of this machine.")
  var host = "127.0.0.1"

  @Option(parsing: .unconditional, help: "TCP port to listen on; 0 picks a free one.")
  var port = 8080

  @Option(
    help: ArgumentHelp(
      "SQLite database file; created if missing, readable only by its owner.", valueName: "file"))
  var database = "labplan.sqlite"

  @Option(
    help: """
      Least severe messages to log: \
      \(Logger.Level.allCases.map(\.rawValue).joined(separator: ", ")). Requests are info.
      """)
  var logLevel = Logger.Level.info

  @Option(help: "Log format: text for people, json for programs (one object a line).")
  var logFormat = LogFormat.text

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Worker threads; also the most concurrent disk waits.", valueName: "n"))
  var threads = Configuration().threads

  @OptionGroup(title: "Access") var access: AccessOptions

  @OptionGroup(title: "Sharing") var sharing: SharingOptions

  @OptionGroup(title: "Limits") var limits: LimitOptions

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Hours before a released address is reused, unless no other is free.", valueName: "n"))
  var restHours = 24

  @OptionGroup(title: "Storage") var storage: StoreOptions

  @OptionGroup(title: "History") var retention: RetentionOptions

  func validate() throws {
    try check("port", port, 0...65_535)
    try check("threads", threads, 1...256)
    try check("rest-hours", restHours, 0...87_600)
  }

  func run() throws {
    returnFreedMemoryToTheSystem()
    // Before any thread starts, so that all of them inherit it.
    let stop = StopSignals()
    let lines = LineWriter(descriptor: STDERR_FILENO)
    defer { lines.flush() }
    var logger = Logger(label: "labplan") { [logFormat] _ in
      switch logFormat {
      case .text: LineLog(to: lines)
      case .json: JSONLog(to: lines)
      }
    }
    logger.logLevel = logLevel
    let (store, service, server) = try start(logger)
    try StandardOutput.write("listening on http://\(server.localAddress)\n".utf8)
    let upkeep = Upkeep(of: service, on: store, logger)
    let signal = stop.wait()
    logger.info("stopping", metadata: ["signal": "\(signal)"])
    upkeep.stop()
    end(server, service, store, logger, lines)
  }

  /// Starts the service. Everything that can fail without the database comes before it, so that a
  /// start that fails leaves none behind.
  private func start(_ logger: Logger) throws(ExitCode) -> (LabStore, LabService, Server) {
    do {
      let token = try TokenFromEnvironment()
      let listener = try Listener(host: host, port: UInt16(port))
      try access.checkAdmission(to: database, at: host, with: token)
      let store = try LabStore(
        path: database, keeping: retention.retention, rest: Int64(restHours) * 3_600_000,
        within: storage.limits)
      forgetOldRevisions(of: store, logger)
      try token?.keep(in: store)
      try access.checkAdmission(to: store, at: host, database: database)
      let service = LabService(
        store: store, logger: logger,
        access: access.rules(at: host, origins: sharing.corsOrigin), limits: limits.document,
        answerLimits: limits.answers)
      var configuration = Configuration(host: host, port: UInt16(port))
      configuration.threads = threads
      limits.apply(to: &configuration)
      let server = try service.start(
        configuration, at: listener, behind: sharing.steps, logFormat: logFormat)
      return (store, service, server)
    } catch let error as StoreError {
      complain("labplan: \(error.words(for: database))")
    } catch {
      complain("labplan: \(error)")
    }
    throw ExitCode.failure
  }

  /// Finishes the requests in flight, and then what upkeep would do. A handler or a disk that takes
  /// longer than it may is left behind: everything that was acknowledged is in the database.
  private func end(
    _ server: Server, _ service: LabService, _ store: LabStore, _ logger: Logger,
    _ lines: LineWriter
  ) {
    let drainTimeout = limits.drainTimeout
    let hasEnded = finishes(within: drainTimeout + 2) {
      guard server.stop(drainingWithin: .seconds(drainTimeout)) else {
        logger.warning("requests in flight were cut off", metadata: ["after_s": "\(drainTimeout)"])
        lines.flush()
        _exit(EXIT_SUCCESS)
      }
      service.noteUseOfTokens()
      store.foldLog()
    }
    guard !hasEnded else { return }
    lines.flush()
    // Threads that still run must not meet the end of what they use.
    _exit(EXIT_SUCCESS)
  }
}

extension LogFormat: ExpressibleByArgument {}
extension Logger.Level: @retroactive ExpressibleByArgument {}
