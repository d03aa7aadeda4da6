import Foundation
import Testing

/// `labplan draw` on the command line.
@Suite struct DrawCommandTests {
  @Test func theSVGGoesToStandardOutputOrIntoAFile() throws {
    let result = try Command.run(["draw", "-"], input: PlanCommandTests.lab)
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.hasPrefix("<svg "))
    let file = FileManager.default.temporaryDirectory
      .appendingPathComponent("labplan-\(UUID().uuidString).svg")
    defer { try? FileManager.default.removeItem(at: file) }
    let arguments = ["draw", "-", "-o", file.path]
    for _ in 1...2 {
      #expect(try Command.run(arguments, input: PlanCommandTests.lab).status == 0)
      #expect(try String(contentsOf: file, encoding: .utf8) == result.output)
    }
    let export = try Command.run(["export", "-", "--format", "svg"], input: PlanCommandTests.lab)
    #expect(export.output == result.output)
  }

  @Test func aWayIsDrawn() throws {
    let arguments = ["draw", "-", "--from", "a", "--to", "b", "--format", "json"]
    let result = try Command.run(arguments, input: PlanCommandTests.lab)
    #expect(result.output.contains(#""title":"Path from a to b: a, b; arrives""#))
  }

  static let wrongUses: [(arguments: [String], status: Int32, words: String)] = [
    (["draw"], 64, "Missing expected argument"),
    (["draw", "-", "--from", "a"], 64, "--from and --to go together"),
    (["draw", "-", "--from", "a", "--to", "hots"], 1, "did you mean \"host\"?"),
    (["draw", "-", "--from", "a", "--to", "b", "--port", "0"], 64, "1 to 65535"),
    (["draw", "-", "-o", "/nonexistent/lab.svg"], 1, "cannot be written"),
  ]

  @Test(arguments: wrongUses)
  func aWrongUseIsToldOf(arguments: [String], status: Int32, words: String) throws {
    let result = try Command.run(arguments, input: PlanCommandTests.lab)
    #expect(result.status == status)
    #expect(result.output == "")
    #expect(result.errors.contains(words), "\(result.errors)")
  }
}
