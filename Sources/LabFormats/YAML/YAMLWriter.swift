/// Writes documents as YAML 1.2 that readers of YAML 1.1 take the same way.
///
/// Objects and lists stand in block style; a list of plain values, and an object within a list that
/// holds none but small parts, stands in flow style on one line where it fits.
public enum YAMLWriter {
  /// How long a line of flow style may become, in characters.
  static let lineLength = 88

  /// The document as text, with a line break at the end.
  public static func text(of document: DocumentNode) -> String {
    var writer = YAMLText()
    writer.writeRoot(document)
    return writer.text
  }
}

/// The text written so far.
private struct YAMLText {
  private(set) var text = ""

  mutating func writeRoot(_ node: DocumentNode) {
    switch node.value {
    case .object(let members) where !members.isEmpty: writeMembers(members, indentation: 0)
    case .array(let elements) where !elements.isEmpty: writeElements(elements, indentation: 0)
    default: text += flowText(of: node) + "\n"
    }
  }

  private mutating func indent(_ width: Int) {
    text += String(repeating: " ", count: width)
  }

  /// Writes members, each on lines of its own. The caller has written the first one's indentation
  /// where `isInline`.
  private mutating func writeMembers(
    _ members: [DocumentMember], indentation: Int, isInline: Bool = false
  ) {
    for (index, member) in members.enumerated() {
      if index > 0 || !isInline { indent(indentation) }
      let key = yamlScalar(member.key, inFlow: false)
      if isSimpleKey(key) {
        text += key
      } else {
        text += "? \(key)\n"
        indent(indentation)
      }
      text += ":"
      writeValue(member.value, indentation: indentation, key: key)
    }
  }

  /// Writes what stands behind a key's colon.
  private mutating func writeValue(_ node: DocumentNode, indentation: Int, key: String) {
    switch node.value {
    case .object(let members) where !members.isEmpty:
      text += "\n"
      writeMembers(members, indentation: indentation + 2)
    case .array(let elements) where !elements.isEmpty:
      let width = indentation + key.unicodeScalars.count + 2
      if !elements.contains(where: \.isContainer), let flow = flow(node, width: width) {
        text += " \(flow)\n"
      } else {
        text += "\n"
        writeElements(elements, indentation: indentation + 2)
      }
    case .string(let string):
      writeString(string, indentation: indentation)
    default: text += " \(flowText(of: node))\n"
    }
  }

  private mutating func writeString(_ string: String, indentation: Int) {
    guard let header = literalHeader(of: string) else {
      text += " \(yamlScalar(string, inFlow: false))\n"
      return
    }
    text += " \(header)\n"
    for line in string.split(separator: "\n", omittingEmptySubsequences: false) {
      if !line.isEmpty {
        indent(indentation + 2)
        text += line
      }
      text += "\n"
    }
    // A text that ends with a line break has an empty last line here.
    if string.hasSuffix("\n") { text.removeLast() }
  }

  private mutating func writeElements(
    _ elements: [DocumentNode], indentation: Int, isInline: Bool = false
  ) {
    for (index, element) in elements.enumerated() {
      if index > 0 || !isInline { indent(indentation) }
      text += "- "
      switch element.value {
      case .object(let members) where !members.isEmpty:
        if let flow = flow(element, width: indentation + 2) {
          text += flow + "\n"
        } else {
          writeMembers(members, indentation: indentation + 2, isInline: true)
        }
      case .array(let inner) where !inner.isEmpty:
        if let flow = flow(element, width: indentation + 2) {
          text += flow + "\n"
        } else {
          writeElements(inner, indentation: indentation + 2, isInline: true)
        }
      default: text += flowText(of: element) + "\n"
      }
    }
  }

  /// A value in flow style, where it is small enough to stand on a line that is as wide already.
  private func flow(_ node: DocumentNode, width: Int) -> String? {
    guard node.fitsFlow(levels: 2) else { return nil }
    let flow = flowText(of: node)
    return width + flow.unicodeScalars.count <= YAMLWriter.lineLength ? flow : nil
  }
}

private func flowText(of node: DocumentNode) -> String {
  switch node.value {
  case .null: return "null"
  case .bool(let value): return value ? "true" : "false"
  case .number(let number): return number.description
  case .string(let text): return yamlScalar(text, inFlow: true)
  case .array(let elements): return "[\(elements.map(flowText).joined(separator: ", "))]"
  case .object(let members):
    let parts = members.map { "\(yamlScalar($0.key, inFlow: true)): \(flowText(of: $0.value))" }
    return "{\(parts.joined(separator: ", "))}"
  }
}

extension DocumentNode {
  fileprivate var isContainer: Bool {
    switch value {
    case .object, .array: true
    default: false
    }
  }

  /// Whether it has no more than so many objects and lists within each other, and no list with
  /// objects in it, which read better on lines of their own.
  fileprivate func fitsFlow(levels: Int) -> Bool {
    switch value {
    case .null, .bool, .number, .string: true
    case .array(let elements): levels > 0 && !elements.contains(where: \.isContainer)
    case .object(let members):
      levels > 0
        && members.allSatisfy { $0.key.utf8.count < 100 && $0.value.fitsFlow(levels: levels - 1) }
    }
  }
}

/// A key that stands on its colon's line has at most 1024 characters (YAML 1.2.2 section 7.4.2).
private func isSimpleKey(_ key: String) -> Bool { key.utf8.count <= 1000 }

/// `|` or `|-` for a text of several lines that can stand in literal style; nil for others.
private func literalHeader(of text: String) -> String? {
  guard let first = text.unicodeScalars.first, first != " ", first != "\n", text.contains("\n"),
    !text.hasSuffix("\n\n"), text.unicodeScalars.allSatisfy({ $0 == "\n" || isYAMLPrintable($0) })
  else { return nil }
  return text.hasSuffix("\n") ? "|" : "|-"
}
