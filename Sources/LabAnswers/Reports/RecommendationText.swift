public import LabCore
import LabFormats

/// What is recommended for a document that is not stored, for people and for programs.
public struct RecommendationText: Sendable {
  private let report: RecommendationReport
  private let lab: Lab

  /// Words for a report on a document.
  public init(_ report: RecommendationReport, for lab: Lab) {
    self.report = report
    self.lab = lab
  }

  /// What `POST /v1/recommendations` answers.
  public var json: [UInt8] {
    var writer = JSONWriter()
    writer.recommendations(report, for: lab)
    return writer.bytes + [UInt8(ascii: "\n")]
  }

  /// The best lab's document, to be stored or planned; nil where none meets the requirements.
  public var yaml: String? { report.best.map { LabDocumentWriter.yaml($0.lab) } }

  /// The best, what else would do, and each mode alone.
  public var text: String {
    var parts: [String] = []
    if let best = report.best {
      parts.append("Best: \(best.summary)\n\n\(indented(facts(of: best)))\(proof)")
      parts.append(details(of: best))
    } else {
      parts.append(refusal)
    }
    let others = report.recommendations.dropFirst()
    if !others.isEmpty { parts.append("Or\n\n" + others.map(alternative).joined(separator: "\n")) }
    parts.append("Each mode alone\n\n" + modes)
    return parts.joined(separator: "\n")
  }

  // MARK: The best

  private func details(of best: Recommendation) -> String {
    var parts = [sketch(of: best.lab)]
    let handwork = HandworkLines(best.lab).lines
    if !handwork.isEmpty { parts.append("By hand\n\n" + listed(handwork)) }
    if !best.because.isEmpty { parts.append("Because\n\n" + listed(best.because)) }
    if !best.caveats.isEmpty { parts.append("Mind\n\n" + listed(best.caveats)) }
    return parts.joined(separator: "\n")
  }

  private func facts(of recommendation: Recommendation) -> String {
    let cost = recommendation.cost
    let handwork =
      cost.handConfiguration == 0
      ? [] : [count(cost.handConfiguration, "thing") + " to set by hand"]
    let surplus =
      cost.exposure == 0
      ? "nobody can reach more than you ask for"
      : "\(count(cost.exposure, "connection")) possible beyond what you ask for"
    let size = [count(cost.networks, "network"), count(cost.adapters, "adapter")]
    return (size + handwork + [surplus]).joined(separator: ", ") + ".\n"
  }

  private var proof: String {
    switch report.proof {
    case .optimal: indented("No lab does the same for less.\n")
    case .bound where report.requirements.isEmpty:
      indented(
        "Nothing is required, so this is the lab that connects least. Say in `requirements` what\n"
          + "is to work, and ask again.\n")
    case .bound where report.keepsDesign:
      indented("It keeps your routers where they are; a lab without them may cost less.\n")
    case .bound: indented("There may be a better one: the search was not finished.\n")
    case .unmeetable(let core): indented("Without a VM more: \(core.because)\n")
    }
  }

  /// Who is on which network, and at which address.
  private func sketch(of draft: LabDraft) -> String {
    guard case .success(let lab) = resolve(draft) else { return "" }
    let plan = Plan(lab).addresses
    var table = TextTable(["vm", "slot", "network", "mode", "address"])
    for (machine, given) in zip(lab.machines, plan.adapters) {
      if machine.adapters.isEmpty { table.append([machine.name.text, "-", "-", "-", "-"]) }
      for (place, adapter) in machine.adapters.enumerated() {
        let network = lab.network(of: adapter)
        table.append(
          [
            place == 0 ? machine.name.text : "", "\(adapter.slot)", network?.name.text ?? "-",
            network?.mode.rawValue ?? "-", given[place].ipv4.address?.description ?? "-",
          ])
      }
    }
    return indented(table.text)
  }

  // MARK: The others

  private func alternative(_ recommendation: Recommendation) -> String {
    let head = "\(recommendation.rank). \(recommendation.summary)\n"
    return indented(head + indented(facts(of: recommendation)))
      + listed(recommendation.caveats, by: 5)
  }

  private var refusal: String {
    guard case .unmeetable(let core) = report.proof else {
      return "No lab was found that meets all requirements, but the search was not finished.\n"
    }
    let lines = core.requirements.map { report.requirements[$0].sentence }
    let isFree = lab.draft.constraints == Constraints()
    return (isFree ? "These" : "Within your constraints, these")
      + " requirements cannot all be met together:\n\n" + listed(lines) + "\n\(core.because)\n"
  }

  private var modes: String {
    var table: [String] = []
    for mode in lab.product.modes.map(\.mode) {
      let fitting = report.recommendations.first { $0.modes == [mode] }
      switch (fitting, report.ruledOut.first { $0.mode == mode }) {
      case (let fitting?, nil): table.append("\(mode.rawValue): yes, as number \(fitting.rank).")
      case (let fitting?, _?) where !fitting.lab.portForwards.isEmpty:
        table.append("\(mode.rawValue): yes, with the port forwards of number \(fitting.rank).")
      case (_, let ruledOut?): table.append("\(mode.rawValue): no. \(ruledOut.because)")
      case (nil, nil): table.append("\(mode.rawValue): yes.")
      }
    }
    return listed(table)
  }
}

extension RequirementDraft {
  /// As people say it: `vms not to internet, tcp port 22`.
  fileprivate var sentence: String {
    let from = from?.called ?? "-"
    let to = to?.called ?? "-"
    let transport = transport.map { ", \($0.rawValue)" } ?? ""
    let port = port.map { "\(transport.isEmpty ? "," : "") port \($0)" } ?? ""
    return "\(from) \(allow == false ? "not " : "")to \(to)\(transport)\(port)"
  }
}

private func count(_ number: Int, _ thing: String) -> String {
  "\(number) \(thing)\(number == 1 ? "" : "s")"
}

private func listed(_ lines: [String], by spaces: Int = 2) -> String {
  lines.map { String(repeating: " ", count: spaces) + $0 + "\n" }.joined()
}

private func indented(_ text: String) -> String {
  text.split(separator: "\n").map { "  \($0)\n" }.joined()
}
