import Foundation
import Testing

@testable import LabCore

/// The closed list of rules, and the folder with one file for each.
@Suite struct RuleListTests {
  private static let folder = URL(filePath: #filePath)
    .deletingLastPathComponent().appending(path: "../../../Sources/LabCore/Findings/Rules")

  @Test func idsAreUniqueLabels() {
    let ids = FindingRule.all.map(\.id)
    #expect(Set(ids).count == ids.count)
    for id in ids { #expect((try? DNSLabel(parsing: id)) != nil, "\(id)") }
  }

  @Test func everyRuleHasAFileThatExplainsIt() throws {
    let names = try #require(
      try? FileManager.default.contentsOfDirectory(atPath: Self.folder.path),
      "the sources are not where the tests were built")
    let byFile = Dictionary(uniqueKeysWithValues: FindingRule.all.map { (plain($0.id), $0.id) })
    #expect(
      Set(names.map { plain($0.replacingOccurrences(of: ".swift", with: "")) }) == Set(byFile.keys))
    for name in names {
      let text = try String(contentsOf: Self.folder.appending(path: name), encoding: .utf8)
      let id = try #require(byFile[plain(name.replacingOccurrences(of: ".swift", with: ""))])
      #expect(text.components(separatedBy: "FindingRule(").count == 2, "\(name)")
      #expect(text.contains("FindingRule(\"\(id)\")"), "\(name)")
      let severity = ["/// Error", "/// Warning", "/// Info", "/// Severity"]
      #expect(severity.contains { text.contains($0) }, "\(name) does not say how bad it is")
    }
  }

  private func plain(_ name: String) -> String {
    name.lowercased().replacingOccurrences(of: "-", with: "")
  }
}
