import Foundation
import Testing

/// What a write is stands above the engine: SQL that every engine shares has its folders, and what is
/// SQLite's own has one.
@Suite struct StorageSeamTests {
  /// Folders of LabStorage that hold SQL.
  private static let foldersWithSQL: Set<String> = [
    "Labs", "Assignments", "History", "Idempotency", "Tokens", "Migrations", "SQLite",
  ]

  private static let sources = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Sources")

  /// Every line of code with SQL of a kind, as the file that it is in and the line.
  private func lines(with pattern: String) throws -> [(file: String, line: String)] {
    let expression = try NSRegularExpression(pattern: pattern)
    let paths =
      FileManager.default.enumerator(atPath: Self.sources.path)?.allObjects as? [String] ?? []
    return try paths.filter { $0.hasSuffix(".swift") }.sorted().flatMap { path in
      let file = Self.sources.appendingPathComponent(path)
      return try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
        .map { $0.trimmingCharacters(in: .whitespaces) }
        .filter { line in
          let range = NSRange(line.startIndex..., in: line)
          return !line.hasPrefix("//") && expression.firstMatch(in: line, range: range) != nil
        }
        .map { (path, $0) }
    }
  }

  @Test func sqlStandsInFewFolders() throws {
    let found = try lines(
      with: #"\b(SELECT|INSERT INTO|DELETE FROM|CREATE TABLE|UPDATE \S+ SET)\b"#)
    #expect(found.count > 50)
    for (file, line) in found {
      let parts = file.split(separator: "/").map(String.init)
      #expect(
        parts[0] == "LabStorage" && Self.foldersWithSQL.contains(parts[1]), "\(file): \(line)")
    }
  }

  @Test func whatIsSQLitesOwnStandsInOneFolder() throws {
    let statements = "PRAGMA|BEGIN (DEFERRED|IMMEDIATE)|COMMIT|ROLLBACK|SAVEPOINT|json_each"
    let found = try lines(with: #"\b(\#(statements))\b|\bsqlite3?_|import CSQLite"#)
    #expect(found.count > 20)
    for (file, line) in found {
      #expect(file.hasPrefix("LabStorage/SQLite/"), "\(file): \(line)")
    }
  }
}
