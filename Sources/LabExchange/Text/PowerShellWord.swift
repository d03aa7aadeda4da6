/// A text as PowerShell takes it as it is: in single quotes, in which only quotes mean anything.
///
/// PowerShell takes the typographic quotes U+2018 to U+201B for the plain one, so they are doubled
/// as well (about_Quoting_Rules; CharTraits.cs, `IsSingleQuote`).
func powerShellWord(_ text: String) -> String {
  var word = "'"
  for scalar in text.unicodeScalars {
    word.unicodeScalars.append(scalar)
    if scalar == "'" || ("\u{2018}"..."\u{201B}").contains(scalar) {
      word.unicodeScalars.append(scalar)
    }
  }
  return word + "'"
}
