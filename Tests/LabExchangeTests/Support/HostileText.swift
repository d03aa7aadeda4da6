/// Pseudorandom numbers that come the same for the same seed (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var bits = state
    bits = (bits ^ bits >> 30) &* 0xbf58_476d_1ce4_e5b9
    bits = (bits ^ bits >> 27) &* 0x94d0_49bb_1331_11eb
    return bits ^ bits >> 31
  }
}

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
