import ArgumentParser
import HTTPServer
import LabFormats
import LabServer

/// How much of the service its clients may use.
struct LimitOptions: ParsableArguments {
  private static let defaults = Configuration()

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Most open connections. When all are in use, the longest idle one is closed.",
      valueName: "n"))
  var maxConnections = defaults.maximumConnections

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      """
      Most open connections per client address (an IPv6 /64 counts as one); more get 429. Behind \
      a --trusted-proxy: most requests of a client at a time.
      """, valueName: "n"))
  var maxConnectionsPerClient = defaults.maximumConnectionsPerClient

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Most requests waiting or being answered; more get 503.", valueName: "n"))
  var maxRequests = defaults.maximumRequestsInFlight

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Largest request head (request line and header fields); larger ones get 431.",
      valueName: "bytes"))
  var maxHeadBytes = defaults.maximumHeadBytes

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Most header fields in a request; more get 431.", valueName: "n"))
  var maxHeaderFields = defaults.maximumHeaderCount

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Longest request target (path and query); longer ones get 414.", valueName: "bytes"))
  var maxTargetBytes = defaults.maximumTargetBytes

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Largest request body; larger ones get 413.", valueName: "bytes"))
  var maxBodyBytes = defaults.maximumBodyBytes

  @Option(help: "Networks of a lab at most.")
  var maxNetworks = DocumentLimits.Part.networks.standard

  @Option(name: .customLong("max-vms"), help: "VMs of a lab at most.")
  var maxVMs = DocumentLimits.Part.machines.standard

  @Option(help: "Adapters of a lab at most.")
  var maxAdapters = DocumentLimits.Part.adapters.standard

  @Option(help: "Port forwards of a lab at most.")
  var maxForwards = DocumentLimits.Part.portForwards.standard

  @Option(help: "Requirements of a lab at most.")
  var maxRequirements = DocumentLimits.Part.requirements.standard

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Most memory for all request bodies together; beyond it, bodies over 16 KiB get 503.",
      valueName: "bytes"))
  var maxBodyBytesInFlight = defaults.maximumBodyBytesInFlight

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Time for a request head to arrive; slower ones get 408.", valueName: "seconds"))
  var headTimeout = 10.0

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Time for a request body to arrive, plus what --lowest-rate adds; slower ones get 408.",
      valueName: "seconds"))
  var bodyTimeout = 20.0

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      """
      Time for a client to receive an answer, plus what --lowest-rate adds; then its connection is \
      cut.
      """, valueName: "seconds"))
  var writeTimeout = 20.0

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Minimum transfer rate, in bytes per second.", valueName: "bytes"))
  var lowestRate = defaults.lowestRate

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Time that a connection may stay open between requests.", valueName: "seconds"))
  var idleTimeout = 60.0

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Time to work on an answer; then it is 503, or the best answer found so far.",
      valueName: "seconds"))
  var answerTimeout = 10.0

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Processor time to work on an answer; then it is 503, or the best answer found so far.",
      valueName: "seconds"))
  var answerProcessorTime = 1.2

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Time for requests in flight to finish when the service stops; then they are cut off.",
      valueName: "seconds"))
  var drainTimeout = 10.0

  func validate() throws {
    try check("max-connections", maxConnections, 1...1_000_000)
    try check("max-connections-per-client", maxConnectionsPerClient, 1...1_000_000)
    try check("max-requests", maxRequests, 1...1_000_000)
    try check("max-head-bytes", maxHeadBytes, 256...(1 << 24))
    try check("max-header-fields", maxHeaderFields, 1...10_000)
    try check("max-target-bytes", maxTargetBytes, 64...(1 << 20))
    try check("max-body-bytes", maxBodyBytes, 0...(1 << 30))
    try check("max-body-bytes-in-flight", maxBodyBytesInFlight, 0...(1 << 40))
    try check("lowest-rate", lowestRate, 1...(1 << 30))
    let parts = [
      ("max-networks", maxNetworks), ("max-vms", maxVMs), ("max-adapters", maxAdapters),
      ("max-forwards", maxForwards), ("max-requirements", maxRequirements),
    ]
    for (name, count) in parts { try check(name, count, 0...1_000_000) }
    let times = [
      ("head-timeout", headTimeout), ("body-timeout", bodyTimeout),
      ("write-timeout", writeTimeout), ("idle-timeout", idleTimeout),
      ("answer-timeout", answerTimeout), ("answer-processor-time", answerProcessorTime),
    ]
    for (name, seconds) in times { try check(name, seconds, 0.1...86_400) }
    try check("drain-timeout", drainTimeout, 0...86_400)
  }

  /// How much a lab may hold.
  var document: DocumentLimits {
    var limits = DocumentLimits()
    limits[.networks] = maxNetworks
    limits[.machines] = maxVMs
    limits[.adapters] = maxAdapters
    limits[.portForwards] = maxForwards
    limits[.requirements] = maxRequirements
    return limits
  }

  /// How long the service works on an answer.
  var answers: AnswerLimits {
    AnswerLimits(time: .seconds(answerTimeout), processorTime: .seconds(answerProcessorTime))
  }

  /// Puts the limits into a server's configuration.
  func apply(to configuration: inout Configuration) {
    configuration.maximumConnections = maxConnections
    configuration.maximumConnectionsPerClient = maxConnectionsPerClient
    configuration.maximumRequestsInFlight = maxRequests
    configuration.maximumHeadBytes = maxHeadBytes
    configuration.maximumHeaderCount = maxHeaderFields
    configuration.maximumTargetBytes = maxTargetBytes
    configuration.maximumBodyBytes = maxBodyBytes
    configuration.maximumBodyBytesInFlight = maxBodyBytesInFlight
    configuration.headTimeout = .seconds(headTimeout)
    configuration.bodyTimeout = .seconds(bodyTimeout)
    configuration.writeTimeout = .seconds(writeTimeout)
    configuration.lowestRate = lowestRate
    configuration.idleTimeout = .seconds(idleTimeout)
    configuration.requestTimeout = .seconds(answerTimeout)
  }
}

/// Refuses a number that a flag cannot have, and says which it can.
func check<Number: Comparable>(
  _ flag: String, _ number: Number, _ range: ClosedRange<Number>
) throws {
  guard !range.contains(number) else { return }
  throw ValidationError(
    "--\(flag) must be from \(range.lowerBound) to \(range.upperBound), not \(number)")
}
