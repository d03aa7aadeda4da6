/// A value of a YAML document that other programs read.
///
/// Text of a document is always in double quotes, with JSON's escapes and everything outside ASCII
/// as itself: JSON's surrogate pairs are no YAML, and words such as `no` or `0x1` would become
/// something else without quotes.
indirect enum YAMLText {
  /// Text of a document, in quotes.
  case text(String)
  /// The same for Ansible, which does not take `{{ … }}` in it for an expression.
  case unsafe(String)
  /// A word of the format itself: `true`, `mac`, `default`.
  case word(StaticString)
  case number(Int)
  /// On one line, in brackets.
  case list([YAMLText])
  /// An item a line.
  case block([YAMLText])
  case map([(key: YAMLKey, value: YAMLText)])
  /// On one line, in braces.
  case flow([(key: YAMLKey, value: YAMLText)])

  /// The document, with a line break at its end.
  var document: String { lines.joined(separator: "\n") + "\n" }

  private var lines: [String] {
    switch self {
    case .map(let members) where !members.isEmpty:
      members.flatMap { member -> [String] in
        let key = member.key.text + ":"
        if let inline = member.value.inline { return ["\(key) \(inline)"] }
        return [key] + member.value.lines.map { "  \($0)" }
      }
    case .block(let items) where !items.isEmpty:
      items.flatMap { item -> [String] in
        if let inline = item.inline { return ["- \(inline)"] }
        return item.lines.enumerated().map { ($0.offset == 0 ? "- " : "  ") + $0.element }
      }
    default: [inline ?? ""]
    }
  }

  /// The value on one line; nil for maps and blocks that have something in them.
  private var inline: String? {
    switch self {
    case .text(let text): yamlQuoted(text)
    case .unsafe(let text): "!unsafe \(yamlQuoted(text))"
    case .word(let word): "\(word)"
    case .number(let number): "\(number)"
    case .list(let items): "[\(items.compactMap(\.inline).joined(separator: ", "))]"
    case .flow(let members):
      "{\(members.map { "\($0.key.text): \($0.value.inline ?? "{}")" }.joined(separator: ", "))}"
    case .map(let members): members.isEmpty ? "{}" : nil
    case .block(let items): items.isEmpty ? "[]" : nil
    }
  }
}

/// A key of a map.
enum YAMLKey {
  /// One of the format's own.
  case word(StaticString)
  /// A name of the document, in quotes.
  case text(String)

  var text: String {
    switch self {
    case .word(let word): "\(word)"
    case .text(let text): yamlQuoted(text)
    }
  }
}

extension YAMLKey: ExpressibleByStringLiteral {
  init(stringLiteral word: StaticString) { self = .word(word) }
}

/// A text in double quotes (YAML 1.1 and 1.2, section 5.7).
private func yamlQuoted(_ text: String) -> String {
  var quoted = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"": quoted += "\\\""
    case "\\": quoted += "\\\\"
    case "\n": quoted += "\\n"
    case "\t": quoted += "\\t"
    case "\r": quoted += "\\r"
    default:
      if scalar.value < 0x20 || isControl(scalar) || scalar == "\u{7F}" {
        let digits = String(scalar.value, radix: 16)
        let isLong = scalar.value > 0xFFFF
        let zeros = String(repeating: "0", count: (isLong ? 8 : 4) - digits.count)
        quoted += (isLong ? "\\U" : "\\u") + zeros + digits
      } else {
        quoted.unicodeScalars.append(scalar)
      }
    }
  }
  return quoted + "\""
}
