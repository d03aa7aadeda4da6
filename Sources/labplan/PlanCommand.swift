public import ArgumentParser
import LabAnswers
public import LabCore

/// `labplan plan`.
struct PlanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "Plan a lab document: addresses, who reaches whom, and which modes fit.",
    discussion: """
      Prints the address of every adapter, the matrix of who reaches whom, and the network modes \
      that meet the document's requirements. Nothing is stored and no server is needed.

      Faults of the document go to standard error, one a line, as FILE:LINE:COLUMN: WHERE: WHAT, \
      and the exit status is then 1.

      EXAMPLES:
        labplan plan lab.yaml
        labplan plan --port 22 lab.yaml          who reaches whom at port 22
        labplan plan --format json lab.json | jq .connectivity.summary
        labplan plan --format csv lab.yaml > addresses.csv
        generate-lab | labplan plan -
      """)

  /// How the plan is written.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, json, csv
  }

  @Argument(
    help: ArgumentHelp(
      "The document; - is standard input.",
      discussion: "*.json is JSON, *.yaml and *.yml are YAML, and others are what they look like."))
  var file: String

  @Option(help: "text is for people; json is what POST /v1/plan answers; csv is the addresses.")
  var format = Format.text

  @Option(help: "The protocol that the matrix is about: tcp, udp or icmp.")
  var `protocol` = Requirement.Transport.tcp

  @Option(help: "The target's port that the matrix is about. Default: any port.")
  var port: Int?

  @Option(help: "The address family that the matrix is about: ipv4 or ipv6.")
  var family = AddressFamily.ipv4

  func validate() throws {
    if let port {
      guard (1...65535).contains(port) else {
        throw ValidationError("--port must be a number from 1 to 65535, not \(port)")
      }
      guard `protocol` != .icmp else { throw ValidationError("ICMP has no ports") }
    }
  }

  func run() throws {
    let query = ConnectivityQuery(transport: `protocol`, port: port, family: family)
    let report = PlanReport(try readLabFile(file), query: query)
    switch format {
    case .text: try StandardOutput.write(report.text.utf8)
    case .json: try StandardOutput.write(report.json)
    case .csv: try StandardOutput.write(report.csv)
    }
  }
}

extension Requirement.Transport: ExpressibleByArgument {}
extension AddressFamily: ExpressibleByArgument {}
