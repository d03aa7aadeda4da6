/// How the log is written.
public enum LogFormat: String, CaseIterable, Sendable {
  /// A line for people; see ``LineLog``.
  case text
  /// An object of JSON a line; see ``JSONLog``.
  case json
}
