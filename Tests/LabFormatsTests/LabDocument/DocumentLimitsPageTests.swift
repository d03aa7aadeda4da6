import Foundation
import LabFormats
import Testing

/// `docs/limits.md` lists the limits of documents as they are.
@Suite struct DocumentLimitsPageTests {
  @Test(arguments: DocumentLimits.Part.allCases)
  func thePageListsTheLimit(part: DocumentLimits.Part) throws {
    let page = URL(fileURLWithPath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("docs/limits.md")
    let number = Array(String(part.standard).reversed())
    let groups = stride(from: 0, to: number.count, by: 3).map {
      String(number[$0..<min($0 + 3, number.count)])
    }
    let written = String(groups.joined(separator: ",").reversed())
    let text = try String(contentsOf: page, encoding: .utf8)
    #expect(text.contains("| \(part.description) | \(written) |"))
  }
}
