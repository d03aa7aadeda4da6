import Foundation
import Testing

/// Links between the project's pages lead somewhere.
@Suite struct LinkTests {
  static let pages =
    ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md"]
    + Project.files(below: "docs", endingIn: ".md")

  @Test(arguments: pages)
  func everyRelativeLinkLeadsToAFile(page: String) throws {
    let folder = Project.root.appendingPathComponent(page).deletingLastPathComponent()
    let link = /\]\((?<target>[^)\s#]+)[^)]*\)/
    for match in try Project.text(page).matches(of: link) {
      let target = String(match.target)
      if target.contains("://") { continue }
      let file = folder.appendingPathComponent(target).standardizedFileURL
      #expect(FileManager.default.fileExists(atPath: file.path), "\(page): \(target)")
    }
  }
}
