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
    let paths = try #require(
      try? FileManager.default.subpathsOfDirectory(atPath: Self.folder.path),
      "the sources are not where the tests were built"
    ).filter { $0.hasSuffix(".swift") }
    let byFile = Dictionary(uniqueKeysWithValues: FindingRule.all.map { (plain($0.id), $0.id) })
    #expect(paths.count == byFile.count)
    #expect(Set(paths.map(plainName)) == Set(byFile.keys))
    for path in paths {
      let text = try String(contentsOf: Self.folder.appending(path: path), encoding: .utf8)
      let id = try #require(byFile[plainName(path)])
      #expect(text.components(separatedBy: "FindingRule(").count == 2, "\(path)")
      #expect(text.contains("FindingRule(\"\(id)\""), "\(path)")
      let severity = ["/// Error", "/// Warning", "/// Info", "/// Severity"]
      #expect(severity.contains { text.contains($0) }, "\(path) does not say how bad it is")
    }
  }

  /// A rule about one product stands in that product's folder, and says that it is about it alone.
  @Test func rulesAboutOneProductStandInItsFolder() throws {
    let paths = try FileManager.default.subpathsOfDirectory(atPath: Self.folder.path)
    for path in paths where path.hasSuffix(".swift") {
      let text = try String(contentsOf: Self.folder.appending(path: path), encoding: .utf8)
      let isAboutOne = text.contains("\", of: .")
      let folder = path.split(separator: "/").first ?? ""
      #expect(isAboutOne == ["VirtualBox", "Libvirt", "QEMU"].contains(folder), "\(path)")
    }
  }

  /// The name of a rule's file without its folder, as ids are compared.
  private func plainName(_ path: String) -> String {
    plain((path.split(separator: "/").last ?? "").replacingOccurrences(of: ".swift", with: ""))
  }

  private func plain(_ name: String) -> String {
    name.lowercased().replacingOccurrences(of: "-", with: "")
  }
}
