import Foundation
import Testing

/// What a network mode does is data (`ModeProfile`): only the products' tables, rules about one
/// product, and whoever reads and writes documents and foreign formats name a mode.
@Suite struct ModeNameTests {
  /// Folders below `Sources` in which modes have names.
  static let rooms = [
    "LabCore/Hypervisors/", "LabCore/Findings/Rules/VirtualBox/", "LabFormats/", "LabExchange/",
  ]

  /// Names of modes, and what stands for asking after a version.
  private static let names = [
    #"\bnatNetwork\b"#, #"\bhostOnly\b"#, #"(?<![\w)\]])\.(nat|bridged|internal)\b"#,
    #"\bisAtLeast\b"#,
  ]

  /// Lines on which a name means something else: the problem of a service that failed.
  private static let otherMeaning =
    #"Problem\(\.internal|self\.init\(\.internal|: \.internalServer"#

  @Test func onlyTheRoomsForThemNameModes() throws {
    let root = URL(fileURLWithPath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Sources")
    let paths = FileManager.default.enumerator(atPath: root.path)?.allObjects as? [String] ?? []
    let swift = paths.filter { $0.hasSuffix(".swift") }.sorted()
    #expect(swift.count > 100)
    for path in swift where !Self.rooms.contains(where: path.hasPrefix) {
      let text = try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
      for (number, line) in text.components(separatedBy: "\n").enumerated() where names(line) {
        Issue.record("\(path):\(number + 1) names a mode: \(line)")
      }
    }
  }

  @Test(arguments: [
    ("if network.mode == .natNetwork {", true), ("case .nat, .bridged: nil", true),
    ("[.internal]", true), ("let hostOnly = 1", true), ("version.isAtLeast(7, 0)", true),
    ("// a .nat network", false), ("static let natNetworkIPv6Prefix = 1", false),
    ("rules.natReachesLoopback", false), ("throw Problem(.internal, detail)", false),
  ])
  func namesAreFound(line: String, isFound: Bool) {
    #expect(names(line) == isFound)
  }

  private func names(_ line: String) -> Bool {
    let code = line.components(separatedBy: "//")[0]
    func holds(_ pattern: String) -> Bool {
      code.range(of: pattern, options: .regularExpression) != nil
    }
    return !holds(Self.otherMeaning) && Self.names.contains(where: holds)
  }
}
