/// A line of comma-separated values (RFC 4180), with CR LF at its end.
///
/// A field with a comma, a quote or a line break stands in double quotes, and quotes in it are
/// doubled.
func csvLine(_ fields: [String]) -> String {
  fields.map(csvField).joined(separator: ",") + "\r\n"
}

private func csvField(_ field: String) -> String {
  let needsQuotes = field.utf8.contains { byte in
    byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\"") || byte == 0x0A || byte == 0x0D
  }
  guard needsQuotes else { return field }
  let parts = field.split(separator: "\"", omittingEmptySubsequences: false)
  return "\"" + parts.joined(separator: "\"\"") + "\""
}

/// A cell that no spreadsheet takes for a formula (OWASP, "CSV injection").
func inertCell(_ text: String) -> String {
  guard let first = text.unicodeScalars.first, "=+-@\t\r".unicodeScalars.contains(first) else {
    return text
  }
  return "'" + text
}
