import Foundation
import Testing

/// Every document in `Examples` is free of errors, and does what it says it requires.
@Suite struct ExampleTests {
  private static let folder = Command.folder.appendingPathComponent("Examples")
  static let documents = ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [])
    .filter { $0.hasSuffix(".yaml") }.sorted()

  @Test(arguments: documents)
  func anExampleHasNoErrorAndNoWarning(document: String) throws {
    let result = try Command.run(["check", document], folder: Self.folder)
    #expect(result.status == 0, "\(result.output)")
    #expect(!result.output.contains(": warning: "), "\(result.output)")
  }

  @Test(arguments: documents)
  func anExampleCanBePlanned(document: String) throws {
    let result = try Command.run(["plan", document], folder: Self.folder)
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.contains("Who reaches whom"))
  }

  /// Labs that may stand beside each other on hosts of their own and on one LAN.
  @Test func theExamplesForTwoHostsGoTogether() throws {
    let pair = ["two-hosts-desktop.yaml", "two-hosts-laptop.yaml"]
    let result = try Command.run(["check"] + pair, folder: Self.folder)
    #expect(result.status == 0, "\(result.output)")
    #expect(!result.output.contains(": warning: "), "\(result.output)")
  }

  @Test func theListNamesEveryExample() throws {
    let list = try String(
      contentsOf: Self.folder.appendingPathComponent("README.md"), encoding: .utf8)
    #expect(!Self.documents.isEmpty)
    for document in Self.documents { #expect(list.contains("[\(document)](\(document))")) }
  }
}
