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

      Without tokens it listens at this machine alone; see "labplan token". An admin token can also \
      be set from outside: as LABPLAN_TOKEN, or in a file that LABPLAN_TOKEN_FILE names.

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

  @Option(help: "How it is logged: text is for people, json for programs, an object a line.")
  var logFormat = LogFormat.text

  @Option(help: "How many threads answer requests: as many can wait for the disk at a time.")
  var threads = Configuration().threads

  @OptionGroup(title: "Access") var access: AccessOptions

  @OptionGroup(title: "Sharing") var sharing: SharingOptions

  @OptionGroup(title: "Limits") var limits: LimitOptions

  @Option(
    help: """
      For how many hours an address that was given up rests before another adapter may have it, \
      unless nothing else is free.
      """)
  var restHours = 24

  @OptionGroup(title: "History") var retention: RetentionOptions

  func validate() throws {
    guard (1...256).contains(threads) else {
      throw ValidationError("threads is a number from 1 to 256, not \(threads)")
    }
    guard (0...87_600).contains(restHours) else {
      throw ValidationError("rest-hours is a number from 0 to 87600, not \(restHours)")
    }
  }

  func run() throws {
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
    let store: LabStore
    let service: LabService
    let server: Server
    do throws(StoreError) {
      store = try LabStore(
        path: database, keeping: retention.retention, rest: Int64(restHours) * 3_600_000)
    } catch {
      complain("labplan: \(error.words(for: database))")
      throw ExitCode.failure
    }
    forgetOldRevisions(of: store, logger)
    do {
      try TokenFromEnvironment()?.keep(in: store)
      try access.checkAdmission(to: store, at: host, database: database)
      service = LabService(
        store: store, logger: logger,
        access: access.rules(at: host, origins: sharing.corsOrigin),
        answerTime: .seconds(limits.answerTimeout))
      var configuration = Configuration(host: host, port: port)
      configuration.threads = threads
      limits.apply(to: &configuration)
      server = try service.start(
        configuration, behind: sharing.steps, logFormat: logFormat)
    } catch {
      complain("labplan: \(error)")
      throw ExitCode.failure
    }
    try StandardOutput.write("listening on http://\(server.localAddress)\n".utf8)
    let signal = waitForSignal(stop, lookingAfter: service, on: store, logger)
    logger.info("stopping", metadata: ["signal": "\(signal)"])
    server.stop(drainingWithin: .seconds(limits.drainTimeout))
    store.foldLog()
  }

  /// Waits for a signal to stop. Meanwhile it notes every minute which tokens were used, and deletes
  /// every hour what the history is not to keep: a lab that nobody writes to any more has old
  /// revisions too.
  private func waitForSignal(
    _ stop: StopSignals, lookingAfter service: LabService, on store: LabStore, _ logger: Logger
  ) -> String {
    var minutes = 0
    while true {
      let signal = stop.wait(seconds: 60)
      service.noteUseOfTokens()
      if let signal { return signal }
      minutes += 1
      if minutes.isMultiple(of: 60) { forgetOldRevisions(of: store, logger) }
    }
  }

  private func forgetOldRevisions(of store: LabStore, _ logger: Logger) {
    do { try store.forgetOldRevisions(at: .now) } catch {
      logger.warning("old revisions stay until later", metadata: ["error": "\(error)"])
    }
  }
}

extension LogFormat: ExpressibleByArgument {}
extension Logger.Level: @retroactive ExpressibleByArgument {}
