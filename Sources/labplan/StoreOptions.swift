import ArgumentParser
import LabStorage

/// How much `serve` stores at most.
struct StoreOptions: ParsableArguments {
  private static let defaults = StoreLimits()

  @Option(parsing: .unconditional, help: ArgumentHelp("Largest number of labs.", valueName: "n"))
  var maxLabs = defaults.labs

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Largest number of reserved addresses on each network.", valueName: "n"))
  var maxReservations = defaults.reservations

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      """
      Bytes of answers kept for each token, so that a request with an Idempotency-Key is carried \
      out once. An answer is kept for 24 hours; beyond the limit the oldest go earlier.
      """, valueName: "bytes"))
  var maxAnswerBytes = defaults.answerBytes

  func validate() throws {
    try check("max-labs", maxLabs, 1...10_000_000)
    try check("max-reservations", maxReservations, 1...10_000_000)
    try check("max-answer-bytes", maxAnswerBytes, 1...(1 << 30))
  }

  /// The same for the store.
  var limits: StoreLimits {
    var limits = StoreLimits()
    limits.labs = maxLabs
    limits.names = max(limits.names, maxLabs)
    limits.reservations = maxReservations
    limits.answerBytes = maxAnswerBytes
    return limits
  }
}
