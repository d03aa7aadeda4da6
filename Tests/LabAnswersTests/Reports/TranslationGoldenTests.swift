import Foundation
import LabCore
import Testing

@testable import LabAnswers

/// Every example on every product: exactly what `labplan translate` says of it.
///
/// `LABPLAN_REWRITE_GOLDENS=1 swift test --filter TranslationGoldenTests` writes what it says now; read
/// the difference before you commit it.
@Suite struct TranslationGoldenTests {
  private static let tests = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent()
  private static let examples = tests.deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Examples")
  private static let isRewriting =
    ProcessInfo.processInfo.environment["LABPLAN_REWRITE_GOLDENS"] != nil

  static let names = ((try? FileManager.default.contentsOfDirectory(atPath: examples.path)) ?? [])
    .filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }.sorted()

  @Test(arguments: names) func theReportIsTheGoldenFile(name: String) throws {
    let document = try Data(contentsOf: Self.examples.appendingPathComponent("\(name).yaml"))
    let lab = try readLab(Array(document), as: .yaml)
    let texts = try Hypervisor.Product.allCases.map { product in
      let report = try #require(TranslationReport(lab, to: product))
      return "$ labplan translate \(name).yaml --to \(product.rawValue)\n\n\(report.text)"
    }
    let written = texts.joined(separator: "\n")
    let golden = Self.tests.appendingPathComponent("Golden/translation/\(name).txt")
    if Self.isRewriting { try Data(written.utf8).write(to: golden) }
    #expect(written == (try String(contentsOf: golden, encoding: .utf8)), "\(name)")
  }

  /// Who moves to the product that a lab is on loses nothing, and nothing changes.
  @Test(arguments: names) func aLabStaysAsItIsOnItsOwnProduct(name: String) throws {
    let document = try Data(contentsOf: Self.examples.appendingPathComponent("\(name).yaml"))
    let lab = try readLab(Array(document), as: .yaml)
    let found = try translate(lab, to: lab.hypervisor.product, budget: .unlimited)
    let translation = try #require(found)
    #expect(translation.lost.isEmpty)
    #expect(translation.difference.cells.countAll() == 0)
    #expect(translation.lab.networks.map(\.mode) == lab.networks.map(\.mode))
    #expect(translation.requirements.broken.isEmpty)
  }
}
