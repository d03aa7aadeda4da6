import Foundation
import Testing

/// `labplan export` on the command line.
@Suite struct ExportCommandTests {
  private static let first = "vm,slot,network,mode,mac,ipv4,prefix_length"

  @Test func oneFileGoesToStandardOutput() throws {
    let result = try Command.run(["export", "-", "--format", "csv"], input: PlanCommandTests.lab)
    #expect(result.status == 0)
    #expect(result.errors == "")
    #expect(result.output.hasPrefix(Self.first))
    let explicit = try Command.run(
      ["export", "-", "--format", "csv", "--output", "-"], input: PlanCommandTests.lab)
    #expect(explicit.output == result.output)
  }

  @Test func aFolderIsMadeAndNothingInItIsReplacedUnasked() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("labplan-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let output = folder.appendingPathComponent("below").path
    let arguments = ["export", "-", "--format", "csv", "--output", output]
    #expect(try Command.run(arguments, input: PlanCommandTests.lab).status == 0)
    let file = "\(output)/pair.csv"
    #expect(try String(contentsOfFile: file, encoding: .utf8).hasPrefix(Self.first))
    try Data("mine".utf8).write(to: URL(fileURLWithPath: file))
    let refused = try Command.run(arguments, input: PlanCommandTests.lab)
    #expect(refused.status == 1)
    #expect(refused.errors == "\(file): is there already; --force replaces it\n")
    #expect(try String(contentsOfFile: file, encoding: .utf8) == "mine")
    #expect(try Command.run(arguments + ["--force"], input: PlanCommandTests.lab).status == 0)
    #expect(try String(contentsOfFile: file, encoding: .utf8).hasPrefix(Self.first))
  }

  @Test func aLabWithErrorsIsExportedOnlyByForce() throws {
    let broken = PlanCommandTests.lab.replacing(
      "\"08:00:27:00:00:01\"", with: "\"08:00:27:00:00:01\", address: 10.20.0.9")
    let refused = try Command.run(["export", "-", "--format", "csv"], input: broken)
    #expect(refused.status == 1)
    #expect(refused.output == "")
    #expect(refused.errors.contains("--force exports it all the same"))
    let forced = try Command.run(["export", "-", "--format", "csv", "--force"], input: broken)
    #expect(forced.status == 0)
    #expect(forced.output.hasPrefix(Self.first))
  }

  @Test func theFormatsAreListed() throws {
    let result = try Command.run(["export", "--list"])
    #expect(result.status == 0)
    #expect(result.output.contains("csv "))
  }

  static let wrongUses = [
    ["export"], ["export", "-"], ["export", "-", "--format", "nonsense"],
    ["export", "-", "--format", "csv", "--vm", "a"],
  ]

  @Test(arguments: wrongUses)
  func aWrongUseIsToldOf(arguments: [String]) throws {
    let result = try Command.run(arguments, input: PlanCommandTests.lab)
    #expect(result.status == 64)
    #expect(result.errors.contains("Usage: labplan"))
  }
}
