/// A string of Ruby in single quotes, in which only `\` and the quote mean anything.
func rubyWord(_ text: String) -> String {
  var word = "'"
  for scalar in text.unicodeScalars {
    if scalar == "'" || scalar == "\\" { word += "\\" }
    word.unicodeScalars.append(scalar)
  }
  return word + "'"
}

/// A value in a call of Ruby.
enum RubyValue {
  case text(String)
  case number(Int)
  /// `true`, `false`, or a symbol.
  case word(StaticString)

  var text: String {
    switch self {
    case .text(let text): rubyWord(text)
    case .number(let number): "\(number)"
    case .word(let word): "\(word)"
    }
  }
}

/// A method call of Ruby: values, then named ones.
struct RubyCall {
  let method: StaticString
  var values: [RubyValue] = []
  var named: [(name: StaticString, value: RubyValue)] = []

  var text: String {
    let arguments = values.map(\.text) + named.map { "\($0.name): \($0.value.text)" }
    return "\(method) \(arguments.joined(separator: ", "))"
  }
}
