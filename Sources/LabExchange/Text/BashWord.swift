/// A command of a bash script: its name, and words that bash takes as they are.
struct BashCommand {
  /// A function of the script or a program: never text of a document.
  let name: StaticString
  let words: [String]

  /// A command with words of any text.
  init(_ name: StaticString, _ words: [String] = []) {
    self.name = name
    self.words = words
  }

  /// The command on one line, unless a word has line breaks.
  var text: String { ([String(describing: name)] + words.map(bashWord)).joined(separator: " ") }
}

/// A word that bash reads back as exactly this text, whatever is in it.
///
/// Plain where nothing in it means anything to a shell, else in single quotes, in which nothing
/// does but the quote itself (POSIX.1-2017, Shell 2.2.2).
func bashWord(_ text: String) -> String {
  if !text.isEmpty, text.utf8.allSatisfy(isPlain) { return text }
  let parts = text.split(separator: "'", omittingEmptySubsequences: false)
  return "'" + parts.joined(separator: "'\\''") + "'"
}

private func isPlain(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"),
    UInt8(ascii: "_"), UInt8(ascii: ":"), UInt8(ascii: "/"):
    true
  default: false
  }
}
