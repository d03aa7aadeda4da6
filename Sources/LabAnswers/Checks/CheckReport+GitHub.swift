import LabCore
import LabFormats

extension CheckReport {
  /// Workflow commands of GitHub Actions, which show each finding beside its line of the pull
  /// request; the log shows the summary.
  ///
  /// Source: GitHub's "Workflow commands for GitHub Actions", and `actions/toolkit`
  /// `packages/core/src/command.ts` for how values are escaped.
  public var github: String {
    findings.map { $0.command + "\n" }.joined() + summary + "\n"
  }
}

extension CheckFinding {
  fileprivate var command: String {
    var properties = ["file=\(escapedProperty(file))"]
    if let position { properties += ["line=\(position.line)", "col=\(position.column)"] }
    properties.append("title=\(escapedProperty(rule))")
    let message = [detail] + related.map(sentence) + fix.map { "fix: \($0.sentence)" }
    return "::\(severity.command) \(properties.joined(separator: ","))::"
      + escapedData(message.joined(separator: "\n"))
  }
}

extension Severity {
  fileprivate var command: String {
    switch self {
    case .info: "notice"
    case .warning: "warning"
    case .error: "error"
    }
  }
}

private func escapedData(_ text: String) -> String {
  escaped(text, ["%": "%25", "\r": "%0D", "\n": "%0A"])
}

private func escapedProperty(_ text: String) -> String {
  escaped(text, ["%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"])
}

private func escaped(_ text: String, _ table: [Unicode.Scalar: String]) -> String {
  text.unicodeScalars.map { table[$0] ?? String($0) }.joined()
}
