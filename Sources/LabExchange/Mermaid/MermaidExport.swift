import LabCore

extension ExportFormat {
  /// A flowchart for Mermaid, which GitHub and GitLab draw in Markdown.
  static let mermaid = ExportFormat(
    name: "mermaid", summary: "A flowchart for Mermaid, drawn in Markdown by GitHub and GitLab.",
    mediaType: "text/vnd.mermaid", files: .one, checkedWith: "mermaidx"
  ) { source in
    let picture = Picture(source)
    var ids: [String: String] = [:]
    for (index, node) in picture.nodes.enumerated() { ids[node.id] = "n\(index + 1)" }
    // What Mermaid takes for a directive begins with two percent signs and a brace, wherever it is.
    var lines =
      ["flowchart LR"] + source.header([]).map { "  %% \($0.replacing("%%", with: "% %"))" }
    for (index, node) in picture.nodes.enumerated() {
      let label = ([node.name] + node.details).map(mermaidText).joined(separator: "<br>")
      let (open, close) = brackets(of: node.kind)
      lines.append("  n\(index + 1)\(open)\"\(label)\"\(close)")
    }
    for edge in picture.edges {
      guard let from = ids[edge.source], let to = ids[edge.target] else { continue }
      let label = edge.label.isEmpty ? "" : "|\"\(mermaidText(edge.label))\"|"
      lines.append("  \(from) ---\(label) \(to)")
    }
    let text = lines.joined(separator: "\n") + "\n"
    return Draft(files: [ExportFile("\(source.lab.name).mmd", "text/vnd.mermaid", text)])
  }
}

private func brackets(of kind: Picture.Kind) -> (String, String) {
  switch kind {
  case .machine: ("[", "]")
  case .network: ("([", "])")
  case .host: ("[[", "]]")
  case .lan, .internet: ("((", "))")
  }
}

/// Text inside the quotes of a label, with Mermaid's own names for what means something there.
func mermaidText(_ text: String) -> String {
  var result = ""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"": result += "#quot;"
    case "#": result += "#35;"
    case "<": result += "#lt;"
    case ">": result += "#gt;"
    case "&": result += "#amp;"
    case "`": result += "#96;"
    default: if !isControl(scalar) { result.unicodeScalars.append(scalar) }
    }
  }
  return result
}
