import ArgumentParser
import LabAnswers

/// `labplan check`.
struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Find everything wrong or risky in lab documents, each at its line and column.",
    discussion: """
      Prints all faults of each file in one pass, as compilers do, and the findings of files \
      without faults: FILE:LINE:COLUMN: SEVERITY: WHAT [RULE], with the other parties and the \
      fix as notes below. Labs whose host has the same name are held against each other.

      The exit status is 1 where there is an error, and 0 where there are only warnings and hints.

      EXAMPLES:
        labplan check lab.yaml
        labplan check labs/*.yaml                        labs that share a host, too
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
      "The documents; - is standard input.",
      discussion: "*.json is JSON, *.yaml and *.yml are YAML, and others are what they look like.",
      valueName: "file"))
  var files: [String]

  @Option(
    help: """
      text is for people, json for programs, sarif is SARIF 2.1.0 for code scanning, github are \
      workflow commands of GitHub Actions.
      """)
  var format = Format.text

  func run() throws {
    let report = CheckReport(files.map(CheckedFile.init(path:)))
    let bytes =
      switch format {
      case .text: Array(report.text.utf8)
      case .json: report.json
      case .sarif: report.sarif
      case .github: Array(report.github.utf8)
      }
    try StandardOutput.write(bytes)
    if report.hasErrors { throw ExitCode.failure }
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
