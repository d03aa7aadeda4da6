import ArgumentParser
import LabStorage

/// How much of the history `serve` keeps.
struct RetentionOptions: ParsableArguments {
  @Option(help: "How many revisions of each lab are kept; all where it is left out.")
  var keepRevisions: Int?

  @Option(
    help: """
      For how many days revisions are kept; for ever where it is left out. The newest of a lab \
      always is.
      """)
  var keepDays: Int?

  func validate() throws {
    if let keepRevisions, keepRevisions < 1 {
      throw ValidationError("keep-revisions is a number from 1, not \(keepRevisions)")
    }
    if let keepDays, !(1...36_500).contains(keepDays) {
      throw ValidationError("keep-days is a number from 1 to 36500, not \(keepDays)")
    }
  }

  /// The same for the store.
  var retention: HistoryRetention {
    HistoryRetention(revisions: keepRevisions, age: keepDays.map { Int64($0) * 86_400_000 })
  }
}
