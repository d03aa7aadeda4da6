import Foundation
import LabAnswers
import LabCore
import Testing

/// Documents that use none of the later keys are answered byte for byte as they were before there
/// were gateways that translate, firewalls and sites: addresses, connectivity and findings.
@Suite struct GoldenTests {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Golden")

  @Test(arguments: ["mixed", "clashes", "class"])
  func theAnswersAreThoseOfBefore(document: String) throws {
    let yaml = try Data(contentsOf: Self.folder.appending(path: "\(document).yaml"))
    let lab = try readQuestion(Array(yaml), as: .yaml)
    let answer = String(
      decoding: PlanReport(lab, query: ConnectivityQuery()).json, as: UTF8.self)
    let golden = try String(
      contentsOf: Self.folder.appending(path: "\(document).golden"), encoding: .utf8)
    let parts = golden.split(separator: "\n")
    #expect(parts.count == 2)
    for part in parts { #expect(answer.contains(part), "\(document): \(part.prefix(200))") }
  }
}
