import ArgumentParser
import HTTPServer

/// What `serve` puts up with from its clients.
struct LimitOptions: ParsableArguments {
  private static let defaults = Configuration()

  @Option(help: "How many connections may be open; the next ones wait.")
  var maxConnections = defaults.maximumConnections

  @Option(help: "How many requests may be in flight; more are answered with 503.")
  var maxRequests = defaults.maximumRequestsInFlight

  @Option(help: "Bytes of a request's head at most; more is answered with 431.")
  var maxHeadBytes = defaults.maximumHeadBytes

  @Option(help: "Header fields of a request at most; more is answered with 431.")
  var maxHeaderFields = defaults.maximumHeaderCount

  @Option(help: "Bytes of a request's target at most; more is answered with 414.")
  var maxTargetBytes = defaults.maximumTargetBytes

  @Option(help: "Bytes of a request's body at most; more is answered with 413.")
  var maxBodyBytes = defaults.maximumBodyBytes

  @Option(
    help: ArgumentHelp("How long a head may take; longer is answered with 408.", valueName: "s"))
  var headTimeout = 10.0

  @Option(
    help: ArgumentHelp(
      "How long a body may take, besides what --lowest-rate grants; longer is answered with 408.",
      valueName: "s"))
  var bodyTimeout = 20.0

  @Option(
    help: ArgumentHelp(
      """
      How long a client may take to receive an answer, besides what --lowest-rate grants; then the \
      connection is cut.
      """, valueName: "s"))
  var writeTimeout = 20.0

  @Option(
    help: ArgumentHelp(
      "Each so many bytes, in either direction, add a second to the time they may take.",
      valueName: "bytes"))
  var lowestRate = defaults.lowestRate

  @Option(
    help: ArgumentHelp(
      "How long a connection may stay open between requests.", valueName: "s"))
  var idleTimeout = 60.0

  @Option(
    help: ArgumentHelp(
      "How long the service works on an answer; then it answers 503, or with the best so far.",
      valueName: "s"))
  var answerTimeout = 10.0

  @Option(
    help: ArgumentHelp(
      "How long requests in flight may take once the service is asked to stop.", valueName: "s"))
  var drainTimeout = 10.0

  func validate() throws {
    try check("max-connections", maxConnections, 1...1_000_000)
    try check("max-requests", maxRequests, 1...1_000_000)
    try check("max-head-bytes", maxHeadBytes, 256...(1 << 24))
    try check("max-header-fields", maxHeaderFields, 1...10_000)
    try check("max-target-bytes", maxTargetBytes, 64...(1 << 20))
    try check("max-body-bytes", maxBodyBytes, 0...(1 << 30))
    try check("lowest-rate", lowestRate, 1...(1 << 30))
    let times = [
      ("head-timeout", headTimeout), ("body-timeout", bodyTimeout),
      ("write-timeout", writeTimeout), ("idle-timeout", idleTimeout),
      ("answer-timeout", answerTimeout),
    ]
    for (name, seconds) in times { try check(name, seconds, 0.1...86_400) }
    try check("drain-timeout", drainTimeout, 0...86_400)
  }

  private func check<Number: Comparable>(
    _ name: String, _ number: Number, _ range: ClosedRange<Number>
  ) throws {
    guard range.contains(number) else {
      throw ValidationError(
        "\(name) is a number from \(range.lowerBound) to \(range.upperBound), not \(number)")
    }
  }

  /// Puts the limits into a server's configuration.
  func apply(to configuration: inout Configuration) {
    configuration.maximumConnections = maxConnections
    configuration.maximumRequestsInFlight = maxRequests
    configuration.maximumHeadBytes = maxHeadBytes
    configuration.maximumHeaderCount = maxHeaderFields
    configuration.maximumTargetBytes = maxTargetBytes
    configuration.maximumBodyBytes = maxBodyBytes
    configuration.headTimeout = .seconds(headTimeout)
    configuration.bodyTimeout = .seconds(bodyTimeout)
    configuration.writeTimeout = .seconds(writeTimeout)
    configuration.lowestRate = lowestRate
    configuration.idleTimeout = .seconds(idleTimeout)
  }
}
