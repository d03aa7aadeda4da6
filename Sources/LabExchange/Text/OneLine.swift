/// Text of a document as lines of a comment: each line break of any kind begins a new one.
///
/// Control characters are left out: they could move a terminal's cursor over what stands before.
func commentLines(_ text: String) -> [String] {
  var lines = [""]
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\n", "\r", "\u{0B}", "\u{0C}", "\u{85}", "\u{2028}", "\u{2029}": lines.append("")
    default:
      if !isControl(scalar) { lines[lines.count - 1].unicodeScalars.append(scalar) }
    }
  }
  return lines.map { String($0.reversed().drop { $0 == " " }.reversed()) }.filter { !$0.isEmpty }
}

/// Whether a character is no character to see: a control character, or one that turns the
/// direction of the text beside it (UTS 55, "Trojan source").
func isControl(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.properties.generalCategory {
  case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: true
  default: false
  }
}
