import Foundation
import Testing

/// A database that an older labplan wrote opens, and answers as it did.
@Suite struct OldDatabaseTests {
  /// Written by the service with schema 7: before documents had gateways, firewalls and sites.
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../Fixtures/schema-7")

  private func text(_ file: String) throws -> String {
    try String(contentsOf: Self.folder.appending(path: file), encoding: .utf8)
  }

  @Test func itAnswersAsBefore() throws {
    let service = try RunningService(database: try text("database.sql"))
    for (path, file) in [
      ("", "lab"), ("/addresses", "addresses"), ("/connectivity", "connectivity"),
      ("/revisions", "revisions"),
    ] {
      let answer = try service.get("/v1/labs/mixed\(path)")
      #expect(answer.status == 200)
      #expect(answer.text == (try text("\(file).json")), "\(path)")
    }
    let patched = try service.send(
      "PATCH", "/v1/labs/mixed", #"{"host": {"masquerade": true}}"#,
      ["Content-Type": "application/merge-patch+json"])
    #expect(patched.status == 200, "\(patched.text)")
    #expect(patched.headers["etag"] == "\"2\"")
  }
}
