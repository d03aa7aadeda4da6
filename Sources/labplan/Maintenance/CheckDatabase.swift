import ArgumentParser
import LabStorage

/// `labplan check-database`.
struct CheckDatabase: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check-database",
    abstract: "Read a database from end to end; the exit status is 0 when it is sound.",
    discussion: """
      Checks the pages and indexes of the file, the references between rows, every lab, and that \
      every revision of the history can be restored. Writes nothing; a service may go on using the \
      database. Prints a line for each fault; the exit status is then 1. ("labplan check" checks \
      lab files.)

      EXAMPLES:
        labplan check-database
        labplan check-database --database /backup/labs.sqlite
      """)

  @OptionGroup var option: DatabaseOption

  func run() throws {
    let check = try maintaining { () throws(MaintenanceError) in
      try checkDatabase(at: option.database)
    }
    guard check.faults.isEmpty else {
      let lines = check.faults.map { "\(option.database): \($0)\n" }
      try StandardOutput.write(lines.joined().utf8)
      throw ExitCode.failure
    }
    try StandardOutput.write(
      "\(option.database) is sound: schema \(check.schema), \(check.contents)\n".utf8)
  }
}
