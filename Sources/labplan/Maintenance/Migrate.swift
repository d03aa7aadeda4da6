import ArgumentParser
import LabStorage

/// `labplan migrate`.
struct Migrate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Bring a database to the newest schema.",
    discussion: """
      serve does the same when it starts: this is for those who want to see it done before. Each \
      migration is one transaction, so that nothing is ever half done, and runs once. A database \
      that a newer labplan has migrated is refused, and stays as it is; there is no way back but \
      a backup. So make one first.

      EXAMPLES:
        labplan backup before-upgrade.sqlite && labplan migrate
        labplan migrate --database /var/lib/labplan/labs.sqlite
      """)

  @OptionGroup var option: DatabaseOption

  func run() throws {
    let file = option.database
    let (before, after) = try maintaining { () throws(MaintenanceError) in
      try migrateDatabase(at: file)
    }
    let line =
      before == after
      ? "\(file) has schema \(after) already" : "\(file): schema \(before) is now \(after)"
    try StandardOutput.write("\(line)\n".utf8)
  }
}
