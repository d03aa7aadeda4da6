public import ArgumentParser
import Glibc
import LabAnswers
public import LabCore
import LabFormats

/// `labplan recommend`.
struct RecommendCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "recommend",
    abstract: "Find the networks, modes and adapters that meet your requirements, and no more.",
    discussion: """
      Asks a few questions in a terminal; or takes the answers as flags, or a document: a lab with \
      requirements, or {"vms": 3, "needs": ["vm-to-vm", "internet"]}, with or without constraints. \
      Prints the best lab, alternatives, and for each mode whether it suffices alone, and why.

      The exit status is 1 if no lab meets all requirements.

      EXAMPLES:
        labplan recommend                                        asks
        labplan recommend --vms 3 --need vm-to-vm --need internet
        labplan recommend --vms 3 --need vm-to-vm --need internet --no-administrator
        labplan recommend lab.yaml
        labplan recommend lab.yaml --format yaml | labplan plan -
      """)

  /// How the recommendation is written.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, json, yaml
  }

  @Argument(help: "The document; - is standard input.")
  var file: String?

  @Option(help: "The number of VMs, all alike.")
  var vms: Int?

  @Option(
    name: .customLong("need"),
    help: ArgumentHelp("What they must be able to do. Repeatable.", valueName: "need"))
  var needs: [Need] = []

  @Flag(help: "The host is on the LAN by Wi-Fi.")
  var wireless = false

  @Flag(help: "Nobody has administrator rights on the host: no host-only and no bridged networks.")
  var noAdministrator = false

  @Flag(help: "The LAN lets in one hardware address alone (802.1X): no bridged networks.")
  var portSecurity = false

  @Option(help: "The most adapters of a VM, 1 to 36.")
  var maxAdapters: Int?

  @Option(
    name: .customLong("mode"),
    help: ArgumentHelp(
      "A mode that may be used. Repeatable. Default: all five.",
      valueName: "mode"))
  var modes: [NetworkMode] = []

  @Option(
    name: .customLong("exclude"),
    help: ArgumentHelp(
      "A mode that may not be used. Repeatable.", valueName: "mode"))
  var excluded: [NetworkMode] = []

  @Option(
    help: "text is for people, json what POST /v1/recommendations answers, yaml the best lab.")
  var format = Format.text

  func validate() throws {
    guard file == nil else {
      guard vms == nil, needs.isEmpty, !wireless, constraints == Constraints() else {
        throw ValidationError("a document says all of it; leave all flags but --format out")
      }
      return
    }
    if vms == nil, needs.isEmpty, !wireless, constraints == Constraints() { return }
    guard vms != nil, !needs.isEmpty else {
      throw ValidationError(
        "give both --vms and --need (\(Need.allCases.map(\.rawValue).joined(separator: ", ")))")
    }
  }

  /// What the flags say of it.
  private var constraints: Constraints {
    Constraints(
      modes: modes.isEmpty ? nil : modes, excluded: excluded.map { ExcludedMode(mode: $0) },
      hasAdministrator: noAdministrator ? false : nil, hasPortSecurity: portSecurity ? true : nil,
      maximumAdapters: maxAdapters)
  }

  func run() throws {
    let lab = try question()
    let report = recommend(for: lab, budget: Budget(within: .seconds(10)))
    let recommendation = RecommendationText(report, for: lab)
    switch format {
    case .text: try StandardOutput.write(recommendation.text.utf8)
    case .json: try StandardOutput.write(recommendation.json)
    case .yaml:
      if let yaml = recommendation.yaml {
        try StandardOutput.write(yaml.utf8)
      } else {
        complain(recommendation.text)
      }
    }
    if recommendation.yaml == nil { throw ExitCode.failure }
  }

  private func question() throws -> Lab {
    if let file {
      return try readLabFile(file) { bytes, format throws(DocumentRefusal) in
        try readQuestion(bytes, as: format)
      }
    }
    if let vms {
      return try lab(
        Answers(machines: vms, needs: needs, isWireless: wireless, constraints: constraints))
    }
    guard isatty(STDIN_FILENO) == 1 else {
      throw ValidationError("say what is asked: a FILE, - for standard input, or --vms and --need")
    }
    guard let answers = Answers.asked(reading: { readLine() }, saying: prompt)
    else { throw ExitCode.failure }
    return try lab(answers)
  }

  private func lab(_ answers: Answers) throws -> Lab {
    do throws(DocumentRefusal) {
      return try readQuestion(Array(answers.document.utf8), as: .yaml)
    } catch {
      for detail in error.details { complain("labplan recommend: \(detail)") }
      throw ExitCode.failure
    }
  }
}

extension Need: ExpressibleByArgument {}
extension NetworkMode: ExpressibleByArgument {}

extension DocumentRefusal {
  /// What is wrong, without the place: nobody has seen the text.
  fileprivate var details: [String] {
    switch self {
    case .syntax(let faults): faults.faults.map(\.detail)
    case .faults(let faults): faults.map(\.fault.detail)
    }
  }
}
