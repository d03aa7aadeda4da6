import ArgumentParser
import LabAnswers
import LabCore

/// `labplan check`.
struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Find everything wrong or risky in lab documents, each at its line and column.",
    discussion: """
      Prints every finding as compilers do: FILE:LINE:COLUMN: SEVERITY: WHAT [RULE], with related \
      places and the fix as notes below. Faults of a document are errors; what is wrong or risky \
      in a lab is an error, a warning or an info. Labs on the same host (host.name, default \
      "host") are checked together. A folder stands for the *.yaml, *.yml and *.json files in it \
      and in its folders.

      The exit status is 1 if there is an error, or, with --fail-on warning, an error or a warning.

      EXAMPLES:
        labplan check lab.yaml
        labplan check labs/                              every document in a folder
        labplan check --fail-on warning labs/            for continuous integration
        labplan check --format github labs/*.yaml        beside the lines of a pull request
        labplan check --format sarif lab.yaml > labplan.sarif
        generate-lab | labplan check -
      """)

  /// How the report is written.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, json, sarif, github
  }

  @Argument(
    help: ArgumentHelp(
      "The documents, or folders of documents; - is standard input.",
      discussion: "*.json is JSON, *.yaml and *.yml are YAML, and others are what they look like.",
      valueName: "file"))
  var files: [String]

  @Option(
    help: """
      text is for people, json for programs, sarif is SARIF 2.1.0 for code scanning, github are \
      workflow commands of GitHub Actions.
      """)
  var format = Format.text

  /// The least severity that makes the command fail.
  enum Failure: String, ExpressibleByArgument, CaseIterable {
    case error, warning
  }

  @Option(help: "The least severity that makes the exit status 1.")
  var failOn = Failure.error

  func run() throws {
    let report = CheckReport(files.flatMap(documents(at:)).map(CheckedFile.init(path:)))
    let bytes =
      switch format {
      case .text: Array(report.text.utf8)
      case .json: report.json
      case .sarif: report.sarif
      case .github: Array(report.github.utf8)
      }
    try StandardOutput.write(bytes)
    if report.has(failOn == .error ? .error : .warning) { throw ExitCode.failure }
  }
}

extension CheckedFile {
  /// Reads a file; `-` is standard input.
  fileprivate init(path: String) {
    let name = path == "-" ? "<stdin>" : path
    do throws(ReadError) {
      let bytes = try readDocument(at: path)
      self.init(name: name, content: .text(bytes, .guessed(from: path, bytes)))
    } catch {
      self.init(name: name, content: .unreadable("\(error)"))
    }
  }
}
