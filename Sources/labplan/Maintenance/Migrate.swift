import ArgumentParser
import LabStorage

/// `labplan migrate`.
struct Migrate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Bring a database to the newest schema.",
    discussion: """
      "labplan serve" does the same when it starts. Each migration is one transaction and runs \
      once. There is no way back to an older schema, so make a backup first. A database that a \
      newer labplan has migrated is refused and left as it is.

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
