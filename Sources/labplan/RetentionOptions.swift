import ArgumentParser
import LabStorage

/// How much of the history `serve` keeps.
struct RetentionOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Revisions to keep per lab.", valueName: "n"))
  var keepRevisions = 10_000

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Days to keep revisions; a lab's newest is always kept. Default: forever.", valueName: "n"))
  var keepDays: Int?

  func validate() throws {
    try check("keep-revisions", keepRevisions, 1...1_000_000_000)
    if let keepDays { try check("keep-days", keepDays, 1...36_500) }
  }

  /// The same for the store.
  var retention: HistoryRetention {
    HistoryRetention(revisions: keepRevisions, age: keepDays.map { Int64($0) * 86_400_000 })
  }
}
