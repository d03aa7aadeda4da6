import Foundation
import LabAnswers
import LabCore
import LabFormats
import RecommendationOracle
import Testing

/// The worked examples in `Fixtures`: what is recommended for labs as people have them.
@Suite struct ExampleTests {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Fixtures")

  /// `LABPLAN_REWRITE_GOLDENS=1` writes what is said now, to be read in the difference.
  static let isRewriting = ProcessInfo.processInfo.environment["LABPLAN_REWRITE_GOLDENS"] == "1"

  static let examples: [String] = {
    let files = try? FileManager.default.contentsOfDirectory(atPath: folder.path)
    return (files ?? []).filter { $0.hasSuffix(".yaml") }.sorted()
  }()

  @Test(arguments: examples)
  func whatIsSaidIsTheGoldenFile(file: String) throws {
    let document = try Data(contentsOf: Self.folder.appendingPathComponent(file))
    let lab = try readQuestion(Array(document), as: .yaml)
    let report = recommend(for: lab)
    let written = "$ labplan recommend \(file)\n\(RecommendationText(report, for: lab).text)"
    let golden = Self.folder.appendingPathComponent("\(file).log")
    if Self.isRewriting { try Data(written.utf8).write(to: golden) }
    #expect(written == (try String(contentsOf: golden, encoding: .utf8)), "\(file)")
    for recommendation in report.recommendations {
      let judge = try #require(Judge(recommendation.lab))
      #expect(judge.objective.unmet == 0, "\(file): \(recommendation.summary)")
    }
  }

  @Test func thereAreExamples() { #expect(Self.examples.count >= 4) }
}
