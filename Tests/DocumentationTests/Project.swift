import Foundation

/// The project's own files, as the tests of its documentation read them.
enum Project {
  /// The top folder.
  static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// A file's text, by its path from the top.
  static func text(_ path: String) throws -> String {
    try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
  }

  /// The files below a folder whose names end so, by their paths from the top, in order.
  static func files(below folder: String, endingIn suffix: String) -> [String] {
    let found = FileManager.default.enumerator(
      atPath: root.appendingPathComponent(folder).path)
    let paths = found?.allObjects as? [String] ?? []
    return paths.filter { $0.hasSuffix(suffix) }.sorted().map { "\(folder)/\($0)" }
  }

  /// The cells of each row of a Markdown table under a heading, without its first two lines.
  static func table(under heading: String, in text: String) -> [[String]] {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard let start = lines.firstIndex(of: Substring("## \(heading)")) else { return [] }
    let rows = lines[(start + 1)...].prefix { !$0.hasPrefix("## ") }.filter { $0.hasPrefix("|") }
    return rows.dropFirst(2).map { row in
      row.dropFirst().dropLast().split(separator: "|").map {
        $0.trimmingCharacters(in: .whitespaces)
      }
    }
  }
}
