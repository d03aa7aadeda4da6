/// libyaml's problem as a sentence for the person who wrote the document.
///
/// - Parameter alias: where the alias is that stands right before the place, if one does.
func fault(
  of problem: YAMLProblem, in text: UnsafeBufferPointer<UInt8>, behind alias: SourcePosition?
) -> SyntaxFault {
  func syntax(_ sentence: String, at position: SourcePosition? = nil) -> SyntaxFault {
    SyntaxFault(.syntax, at: position ?? problem.position, sentence)
  }
  if let alias, alias.line == problem.position.line, character(at: problem, in: text) != nil {
    return syntax(asteriskAdvice, at: alias)
  }
  let context = problem.context?.words ?? ""
  let isQuoted = context.contains("quoted scalar")
  let isAlias = context.contains("an alias")
  switch problem.words {
  case "found character that cannot start any token":
    return forbiddenStart(problem, in: text)
  case "found a tab character that violates indentation",
    "found a tab character where an indentation space is expected":
    return syntax("indent with spaces, not with tabs")
  case "could not find expected ':'":
    return syntax(
      "a colon is missing behind the text that begins here", at: problem.context?.position)
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
    return syntax("the quote that opens here is not closed", at: problem.context?.position)
  case "found unknown escape character":
    return syntax("this is no escape in double quotes; write the backslash twice, or single quotes")
  case "did not find expected alphabetic or numeric character" where isAlias:
    return syntax(asteriskAdvice, at: problem.context?.position)
  default:
    return syntax(problem.words)
  }
}

private let asteriskAdvice = "text that begins with an asterisk stands in quotes"

private func forbiddenStart(
  _ problem: YAMLProblem, in text: UnsafeBufferPointer<UInt8>
) -> SyntaxFault {
  guard let scalar = character(at: problem, in: text) else {
    return SyntaxFault(.syntax, at: problem.position, "a value cannot begin here")
  }
  let sentence =
    scalar == "\t"
    ? "indent with spaces, not with tabs"
    : "a text cannot begin with \(quoted(scalar)); put it in quotes"
  return SyntaxFault(.syntax, at: problem.position, sentence)
}

/// What stands at a problem's place; nil at the end of a line.
private func character(
  at problem: YAMLProblem, in text: UnsafeBufferPointer<UInt8>
) -> Unicode.Scalar? {
  let scalar = String(decoding: text, as: UTF8.self).unicodeScalars.dropFirst(problem.offset).first
  return scalar == "\n" || scalar == "\r" ? nil : scalar
}
