import Foundation
import Testing

/// The drawings that the documents show are what the command draws.
@Suite struct PictureTests {
  /// `LABPLAN_REWRITE_GOLDENS=1` draws them anew.
  private static let isRewriting =
    ProcessInfo.processInfo.environment["LABPLAN_REWRITE_GOLDENS"] == "1"

  static let pictures: [(name: String, arguments: [String])] = [
    ("three-vms", ["three-vms.yaml", "--from", "ubuntu", "--to", "internet"]),
    ("router", ["router.yaml", "--from", "desk2", "--to", "mail"]),
  ]

  @Test(arguments: pictures)
  func aPictureIsWhatIsDrawn(name: String, arguments: [String]) throws {
    let result = try Command.run(
      ["draw"] + arguments, folder: Command.folder.appendingPathComponent("Examples"))
    #expect(result.status == 0, "\(result.errors)")
    let file = Command.folder.appendingPathComponent("docs/pictures/\(name).svg")
    if Self.isRewriting { try Data(result.output.utf8).write(to: file) }
    #expect(try String(contentsOf: file, encoding: .utf8) == result.output)
  }
}
