public import ArgumentParser
import LabAnswers
public import LabCore

/// `labplan translate`.
struct TranslateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "translate",
    abstract: "Move a lab to another product: what changes, and what is lost.",
    discussion: """
      Tries every form of every mode that the product has for each network, and judges each whole lab \
      by who reaches whom. Nothing is stored and no server is needed.

      EXAMPLES:
        labplan translate lab.yaml --to proxmox
        labplan translate lab.yaml --to libvirt --format yaml > libvirt.yaml
      """)

  /// How the moved lab is written.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, json, yaml
  }

  @Argument(help: "The document; - is standard input.")
  var file: String

  @Option(help: "The product to move to.")
  var to: Hypervisor.Product

  @Option(
    help: "text is for people; json is what POST /v1/translate answers; yaml is the document.")
  var format = Format.text

  func run() throws {
    guard let report = TranslationReport(try readLabFile(file), to: to) else {
      complain("\(file): \(to.facts.name) can take no form of this lab")
      throw ExitCode.failure
    }
    switch format {
    case .text: try StandardOutput.write(report.text.utf8)
    case .json: try StandardOutput.write(report.json)
    case .yaml: try StandardOutput.write(report.yaml.utf8)
    }
  }
}

extension Hypervisor.Product: ExpressibleByArgument {}
