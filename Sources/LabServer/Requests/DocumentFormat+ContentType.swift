import LabAnswers

extension DocumentFormat {
  /// The format of a media type, nil for any other than JSON and YAML.
  ///
  /// Parameters do not count, as long as they do not ask for another encoding than UTF-8. YAML has
  /// had several names before `application/yaml` (RFC 9512).
  init?(contentType: String) {
    let parts = contentType.lowercased().split(separator: ";").map(trimmed)
    let charset = parts.dropFirst().first { $0.hasPrefix("charset=") }?.dropFirst(8)
    guard charset == nil || charset == "utf-8" || charset == "\"utf-8\"" else { return nil }
    switch parts.first {
    case "application/json", "application/merge-patch+json": self = .json
    case "application/yaml", "text/yaml", "application/x-yaml", "text/x-yaml": self = .yaml
    default: return nil
    }
  }
}
