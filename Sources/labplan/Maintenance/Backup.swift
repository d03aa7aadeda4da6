import ArgumentParser
import LabStorage

/// `labplan backup`.
struct Backup: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Copy a database into a file, even while a service uses it.",
    discussion: """
      The copy is one file with the state of one moment; the service goes on reading and writing. \
      The command reads the whole copy before it gives it its name, so a file of that name is \
      always complete. Only its owner can read it. Do not copy a database with cp: recent changes \
      may be in its write-ahead log alone.

      EXAMPLES:
        labplan backup labs-$(date +%F).sqlite
        labplan backup --database /var/lib/labplan/labs.sqlite --overwrite /backup/labs.sqlite
      """)

  @Argument(help: "The file to write.")
  var file: String

  @OptionGroup var option: DatabaseOption

  @Flag(help: "Replace an existing file. A database that a process has open is never replaced.")
  var overwrite = false

  func run() throws {
    let check = try maintaining { () throws(MaintenanceError) in
      try backUpDatabase(at: option.database, to: file, overwrites: overwrite)
    }
    try StandardOutput.write("\(file) holds \(check.contents)\n".utf8)
  }
}
