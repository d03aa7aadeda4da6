import TestSupport

/// Text of pieces that mean something to one language or another, and that run `touch canary` in
/// it where they are taken for code.
func hostileText(
  length: Int, from random: inout SeededGenerator, isOneLine: Bool = false
) -> String {
  let pieces = [
    "'", "\"", "`", "\\", "$", "$(touch canary)", "`touch canary`", "; touch canary; ",
    "&& touch canary", "| touch canary", "#{`touch canary`}",
    "{{ lookup('pipe', 'touch canary') }}",
    "%x(touch canary)", "${IFS}", "$'\\n'", "!", "*", "?", "~", "-", "--", "=", "<", ">", "<<E",
    "&",
    "%", "%s", "%%", "%%{init: {}}%%", "]]>", "-->", "--", "#", " ", "a", "0", "é", "𝄞", "\u{2019}",
    "\u{202E}", "\u{FEFF}", "(", ")", "[", "]", "{", "}", "@", "+", "|", "^", "/", ".", "\u{201C}",
  ]
  let lineBreaks = ["\n", "\r\n", "\r", "\u{2028}", "\u{2029}", "\u{85}", "\ntouch canary\n", "\t"]
  var text = ""
  while text.unicodeScalars.count < length {
    let some = isOneLine ? pieces : pieces + lineBreaks
    text += some[Int.random(in: some.indices, using: &random)]
  }
  return String(String.UnicodeScalarView(text.unicodeScalars.prefix(length)))
}
