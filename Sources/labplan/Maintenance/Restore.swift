import ArgumentParser
import LabStorage

/// `labplan restore`.
struct Restore: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Put a backup in the place of a database.",
    discussion: """
      Stop the service first: a database that a process has open is refused. The backup is read \
      from end to end before anything happens, and stays as it is. What was there before is kept \
      beside it as FILE.before-restore. Labs go on counting their revisions from the backup's, so \
      clients should read a lab again before they change it.

      To undo one change of one lab there is no need for this: see \
      POST /v1/labs/{lab}/revisions/{revision}/restore.

      EXAMPLES:
        labplan restore labs-2026-11-26.sqlite
        labplan restore --database /var/lib/labplan/labs.sqlite /backup/labs.sqlite
      """)

  @Argument(help: "The backup to read.")
  var file: String

  @OptionGroup var option: DatabaseOption

  func run() throws {
    let (check, former) = try maintaining { () throws(MaintenanceError) in
      try restoreDatabase(at: option.database, from: file)
    }
    var text = "\(option.database) holds \(check.contents)\n"
    if let former { text += "what it held before is in \(former)\n" }
    try StandardOutput.write(text.utf8)
  }
}
