/// Writes comma-separated values (RFC 4180): lines end with CR LF; a field with a comma, a quote or
/// a line break stands in double quotes, and quotes in it are doubled.
public struct CSVWriter: Sendable {
  /// The lines written so far.
  public private(set) var text = ""

  /// A writer with nothing written.
  public init() {}

  /// Writes a line of fields.
  public mutating func append(_ fields: [String]) {
    text += fields.map(field).joined(separator: ",") + "\r\n"
  }

  private func field(_ field: String) -> String {
    let needsQuotes = field.utf8.contains { byte in
      byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\n")
        || byte == UInt8(ascii: "\r")
    }
    guard needsQuotes else { return field }
    return "\""
      + field.split(separator: "\"", omittingEmptySubsequences: false)
      .joined(separator: "\"\"") + "\""
  }
}
