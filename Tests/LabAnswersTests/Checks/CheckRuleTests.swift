import Foundation
import LabCore
import Testing

@testable import LabAnswers

/// What `labplan check` says of each kind of remark.
@Suite struct CheckRuleTests {
  private static let rules = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Sources/LabCore/Findings/Rules")

  @Test func everyKindHasAnIdOfItsOwnAndASentence() {
    #expect(Set(CheckRule.all.map(\.id)).count == CheckRule.all.count)
    for rule in CheckRule.all { #expect(rule.summary.hasSuffix("."), "\(rule.id)") }
    #expect(Set(findingSummaries.keys) == Set(FindingRule.all.map(\.id)))
  }

  /// The table says what the rules' own documentation says.
  @Test func theSentencesAreTheRulesOwn() throws {
    for rule in FindingRule.all {
      let files = try FileManager.default.subpathsOfDirectory(atPath: Self.rules.path)
        .filter { $0.hasSuffix(".swift") }
        .map { try String(contentsOf: Self.rules.appendingPathComponent($0), encoding: .utf8) }
      let text = try #require(
        files.first { $0.contains("FindingRule(\"\(rule.id)\"") }
          ?? files.first { $0.contains("\"\(rule.id)\"") })
      let summary = try #require(findingSummaries[rule.id])
      #expect(text.contains("  /// \(summary)\n"), "\(rule.id)")
    }
  }
}
