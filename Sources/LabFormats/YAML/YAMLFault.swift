import Yams

/// The parser's error as a sentence for the person who wrote the document.
func fault(of error: any Error, in source: YAMLSource) -> SyntaxFault {
  guard let error = error as? YamlError else {
    return SyntaxFault(.syntax, at: .start, "the document is not YAML")
  }
  switch error {
  case .scanner(let context, let problem, let mark, _),
    .parser(let context, let problem, let mark, _),
    .composer(let context, let problem, let mark, _):
    return fault(
      problem, at: SourcePosition(mark), context: context.map { SourcePosition($0.mark) },
      isQuoted: context?.text.contains("quoted scalar") ?? false, in: source)
  case .duplicatedKeysInMapping(let keys, let context):
    return duplicateKey(keys.first ?? "", at: SourcePosition(context.mark), in: source)
  case .reader(let problem, _, _, _):
    return SyntaxFault(.encoding, at: .start, problem)
  default:
    return SyntaxFault(.syntax, at: .start, "the document is not YAML")
  }
}

private func fault(
  _ problem: String, at place: SourcePosition, context: SourcePosition?, isQuoted: Bool,
  in source: YAMLSource
) -> SyntaxFault {
  func syntax(_ sentence: String, at position: SourcePosition? = nil) -> SyntaxFault {
    SyntaxFault(.syntax, at: position ?? place, sentence)
  }
  switch problem {
  case "but found another document":
    return SyntaxFault(.unsupported, at: place, "a second document begins here; one is allowed")
  case "found character that cannot start any token":
    return forbiddenStart(at: place, in: source)
  case "found a tab character that violates indentation",
    "found a tab character where an indentation space is expected":
    return syntax("indent with spaces, not with tabs")
  case "could not find expected ':'":
    return syntax("a colon is missing behind the text that begins here", at: context)
  case "mapping values are not allowed in this context":
    return syntax(
      "a colon cannot stand here: check the indentation, or put a text with ': ' in it in quotes")
  case "block sequence entries are not allowed in this context":
    return syntax("a list entry cannot begin here: check the indentation")
  case "did not find expected key":
    return syntax("a key is missing here: check the indentation of this line")
  case "did not find expected '-' indicator":
    return syntax("a '-' is missing here: check the indentation of this line")
  case "did not find expected ',' or ']'":
    return syntax("a comma or ']' is missing here")
  case "did not find expected ',' or '}'":
    return syntax("a comma or '}' is missing here")
  case "did not find expected node content":
    return syntax("a value is missing here")
  case "did not find expected <document start>":
    return syntax("the document is complete before this; check the indentation of this line")
  case "found unexpected end of stream" where isQuoted,
    "found unexpected document indicator" where isQuoted:
    return syntax("the quote that opens here is not closed", at: context)
  case "found unknown escape character":
    return syntax("this is no escape in double quotes; write the backslash twice, or single quotes")
  case _ where problem.hasPrefix("Maximum nesting level"):
    return SyntaxFault(
      .tooDeep, at: place,
      "lists and mappings may be nested \(documentNestingLimit) levels deep")
  default:
    return syntax(problem)
  }
}

private func forbiddenStart(at place: SourcePosition, in source: YAMLSource) -> SyntaxFault {
  let lines = yamlLines(of: source)
  let line = place.line <= lines.count ? lines[place.line - 1] : ""
  guard let scalar = line.unicodeScalars.dropFirst(place.column - 1).first else {
    return SyntaxFault(.syntax, at: place, "a value cannot begin here")
  }
  let sentence =
    scalar == "\t"
    ? "indent with spaces, not with tabs"
    : "a text cannot begin with \(quoted(scalar)); put it in quotes"
  return SyntaxFault(.syntax, at: place, sentence)
}

/// The parser names the first place of a key that stands twice; the second is the next line at the
/// same column that bears the key.
private func duplicateKey(
  _ key: String, at first: SourcePosition, in source: YAMLSource
) -> SyntaxFault {
  let restored = source.restore(key)
  let spellings = [key, "\"\(key)\"", "'\(key)'"]
  for (index, line) in yamlLines(of: source).enumerated().dropFirst(first.line) {
    let indentation = line.prefix { $0 == " " }.count
    if indentation == line.count || line.dropFirst(indentation).first == "#" { continue }
    if indentation < first.column - 1 { break }
    guard indentation == first.column - 1 else { continue }
    let content = line.dropFirst(indentation)
    let isKey = spellings.contains { spelling in
      content.hasPrefix(spelling)
        && content.dropFirst(spelling.count).drop { $0 == " " }.first == ":"
    }
    if isKey {
      let member = DocumentMember(
        restored, at: SourcePosition(line: index + 1, column: first.column), DocumentNode(.null))
      return .duplicateKey(member, first: first)
    }
  }
  return SyntaxFault(
    .duplicateKey, at: first, "the key \"\(restored)\" is twice in its object; keep one of the two")
}

private func yamlLines(of source: YAMLSource) -> [Substring] {
  source.text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" || $0 == "\r" }
}
