import ArgumentParser
import LabStorage

/// Which database a command works on.
struct DatabaseOption: ParsableArguments {
  @Option(
    help: ArgumentHelp("The SQLite file that holds the labs, as for serve.", valueName: "file"))
  var database = "labplan.sqlite"
}

/// Runs `body`; what fails stands on standard error in words.
func maintaining<Result>(
  _ body: () throws(MaintenanceError) -> Result
) throws(ExitCode) -> Result {
  do throws(MaintenanceError) { return try body() } catch {
    for line in error.lines { complain("labplan: \(line)") }
    throw ExitCode.failure
  }
}

extension DatabaseCheck {
  /// What is in the database, as in "3 labs and 12 revisions".
  var contents: String {
    "\(labCount) \(labCount == 1 ? "lab" : "labs") and "
      + "\(revisionCount) \(revisionCount == 1 ? "revision" : "revisions")"
  }
}
