import ArgumentParser
import LabStorage

/// `labplan backup`.
struct Backup: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Copy a database into a file, also while services are using it.",
    discussion: """
      The copy is the state of one moment, in one file; readers and writers go on meanwhile. It is \
      read from end to end before it gets its name, so that a file of that name is always whole. \
      Copying the database with cp instead can leave out what is still in its write-ahead log.

      EXAMPLES:
        labplan backup labs-$(date +%F).sqlite
        labplan backup --database /var/lib/labplan/labs.sqlite --overwrite /backup/labs.sqlite
      """)

  @Argument(help: "The file to write.")
  var file: String

  @OptionGroup var option: DatabaseOption

  @Flag(help: "Replace the file where it is there already.")
  var overwrite = false

  func run() throws {
    let check = try maintaining { () throws(MaintenanceError) in
      try backUpDatabase(at: option.database, to: file, overwrites: overwrite)
    }
    try StandardOutput.write("\(file) holds \(check.contents)\n".utf8)
  }
}
