import ArgumentParser
import LabCore
import LabExchange

/// `labplan export`.
struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write a lab down for another program: a script, a table, a configuration.",
    discussion: """
      A format of one file goes to standard output, one of several into a folder. What a format \
      cannot say goes to standard error, one warning a line. A lab with errors is not exported, \
      because what comes out could not run; --force exports it all the same.

      EXAMPLES:
        labplan export --list                                     the formats
        labplan export lab.yaml --format vboxmanage > lab.sh      makes it in VirtualBox
        labplan export lab.yaml --format netplan --output folder  a file for each VM
      """)

  @Argument(help: "The document; - is standard input.")
  var file: String?

  @Flag(help: "List the formats.")
  var list = false

  @Option(help: "The format; --list lists them.")
  var format: String?

  @Option(help: "Only the files of this VM, for formats of several files.")
  var vm: String?

  @Option(
    help: "The folder to write into; - is standard output, with several files as a ZIP archive.")
  var output: String?

  @Flag(help: "Replace files, and export labs with errors.")
  var force = false

  @Flag(help: "Exit with 1, and write nothing, where there is a warning.")
  var strict = false

  func validate() throws {
    guard !list else { return }
    guard file != nil else { throw ValidationError("name the document to export") }
    guard let format else { throw ValidationError("--format is missing; --list lists the formats") }
    guard let found = ExportFormat.named(format) else {
      let names = ExportFormat.all.map(\.name).joined(separator: ", ")
      throw ValidationError("there is no format \"\(format)\"; there are \(names)")
    }
    switch found.files {
    case .one where vm != nil:
      throw ValidationError("\(format) is one file for the whole lab; leave --vm out")
    case .several where output == nil:
      throw ValidationError(
        "\(format) has several files: name a folder with --output, or - for a ZIP archive")
    case .one, .several: break
    }
  }

  func run() throws {
    guard !list, let file, let format = format.flatMap(ExportFormat.named) else {
      return try StandardOutput.write(Array(listOfExportFormats.utf8))
    }
    let source = ExportSource(try readLabFile(file))
    try refuseErrors(in: source)
    let export = try export(source, as: format)
    for warning in export.warnings {
      complain("\(file): \(warning.pointer): \(warning.detail) [\(warning.code.rawValue)]")
    }
    if strict, !export.warnings.isEmpty { throw ExitCode.failure }
    guard let output, output != "-" else { return try StandardOutput.write(export.body) }
    do throws(FolderError) {
      try write(export.files, into: output, replacing: force)
    } catch {
      complain("\(error)")
      throw ExitCode.failure
    }
  }

  private func refuseErrors(in source: ExportSource) throws {
    let errors = findings(in: source.lab, plan: source.addresses).filter { $0.severity == .error }
    guard !errors.isEmpty, !force else { return }
    for error in errors { complain("\(file ?? "-"): \(error.pointer): \(error.detail)") }
    complain("The lab could not run as it is; --force exports it all the same.")
    throw ExitCode.failure
  }

  private func export(_ source: ExportSource, as format: ExportFormat) throws -> Export {
    let export = format.export(source)
    guard let vm else { return export }
    guard let machine = source.lab.machines.first(where: { $0.name.text == vm }) else {
      let known = source.lab.machines.map(\.name.text)
      let hint = nearestNames(to: vm, among: known).first.map { "; did you mean \"\($0)\"?" } ?? ""
      complain("there is no VM \"\(vm)\"\(hint)")
      throw ExitCode.failure
    }
    return export.restricted(to: machine.name)
  }
}

/// A line for each format.
private var listOfExportFormats: String {
  let width = ExportFormat.all.map(\.name.count).max() ?? 0
  return ExportFormat.all.map { format in
    let name = format.name + String(repeating: " ", count: width - format.name.count)
    return "\(name)  \(format.summary)\n"
  }.joined()
}
