import LabCore

extension ExportFormat {
  /// A picture for Graphviz.
  static let dot = ExportFormat(
    name: "dot", summary: "A picture for Graphviz: VMs as boxes, networks as ellipses.",
    mediaType: "text/vnd.graphviz", files: .one, checkedWith: "dot -Tsvg"
  ) { source in
    let picture = Picture(source)
    var lines = source.header([]).map { "// \($0)" }
    lines.append("graph \(dotWord(source.lab.name.text)) {")
    lines += [
      "  rankdir=LR", "  node [fontname=\"sans-serif\"]", "  edge [fontname=\"sans-serif\"]",
    ]
    for node in picture.nodes {
      let label = ([node.name] + node.details).joined(separator: "\n")
      lines.append("  \(dotWord(node.id)) [shape=\(shape(of: node.kind)), label=\(dotWord(label))]")
    }
    let machines = picture.nodes.filter { $0.kind == .machine }.map { dotWord($0.id) }
    if machines.count > 1 { lines.append("  {rank=same; \(machines.joined(separator: "; "))}") }
    for edge in picture.edges {
      let label = edge.label.isEmpty ? "" : " [label=\(dotWord(edge.label))]"
      lines.append("  \(dotWord(edge.source)) -- \(dotWord(edge.target))\(label)")
    }
    let text = lines.joined(separator: "\n") + "\n}\n"
    return Draft(files: [ExportFile("\(source.lab.name).gv", "text/vnd.graphviz", text)])
  }
}

private func shape(of kind: Picture.Kind) -> String {
  switch kind {
  case .machine: "box"
  case .network: "ellipse"
  case .host: "box3d"
  case .lan, .internet: "plaintext"
  }
}

/// A quoted string of DOT. Labels are plain text: HTML labels stand in `<…>`.
func dotWord(_ text: String) -> String {
  var word = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"": word += "\\\""
    case "\\": word += "\\\\"
    case "\n": word += "\\n"
    default: if !isControl(scalar) { word.unicodeScalars.append(scalar) }
    }
  }
  return word + "\""
}
