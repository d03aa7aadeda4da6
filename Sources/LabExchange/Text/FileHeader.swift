import LabCore

extension ExportSource {
  /// The comment at the top of a file: which lab it is of, and what the file does not say.
  ///
  /// - Returns: lines without the language's comment sign.
  func header(_ warnings: [ExportWarning]) -> [String] {
    let made = "Made by labplan from lab \"\(lab.name)\"."
    let said = lab.draft.description.map(commentLines) ?? []
    guard !warnings.isEmpty else { return [made] + said }
    return [made] + said + ["Not said here:"]
      + warnings.flatMap { warning in
        let lines = commentLines(warning.detail)
        return lines.enumerated().map { $0.offset == 0 ? "- \($0.element)" : "  \($0.element)" }
      }
  }
}
