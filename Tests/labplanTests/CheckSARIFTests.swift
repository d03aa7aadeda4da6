import Foundation
import Testing

/// The structure of `labplan check --format sarif`, as SARIF 2.1.0 (OASIS, 27 March 2020) demands.
@Suite struct CheckSARIFTests {
  private typealias Object = [String: Any]

  /// The one run of a report.
  private func run(_ files: [String], status: Int32) throws -> [String: Any] {
    let result = try Command.run(
      ["check", "--format", "sarif"] + files, folder: CheckCommandTests.folder)
    #expect(result.status == status)
    let log = try #require(
      try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? Object)
    // Section 3.13.
    #expect(log["version"] as? String == "2.1.0")
    let runs = try #require(log["runs"] as? [Object])
    #expect(runs.count == 1)
    return runs[0]
  }

  @Test(arguments: [
    ["thirty-faults.yaml"], ["syntax.json"], ["duplicate-address.yaml"], ["missing.yaml"],
    ["shared-host-1.yaml", "shared-host-2.yaml"], ["odd name, 100%.yaml"],
  ])
  func everyResultHasItsRuleLevelAndPlace(files: [String]) throws {
    let run = try run(files, status: 1)
    let driver = try #require((run["tool"] as? Object)?["driver"] as? Object)
    #expect(driver["name"] as? String == "labplan")
    let rules = try #require(driver["rules"] as? [Object])
    #expect(Set(rules.compactMap { $0["id"] as? String }).count == rules.count)
    for rule in rules {
      let description = (rule["shortDescription"] as? Object)?["text"] as? String
      #expect(description?.hasSuffix(".") == true, "\(rule)")
    }
    let results = try #require(run["results"] as? [Object])
    #expect(!results.isEmpty)
    for result in results {
      let index = try #require(result["ruleIndex"] as? Int)
      #expect(rules[index]["id"] as? String == result["ruleId"] as? String)
      #expect(["note", "warning", "error"].contains(result["level"] as? String))
      let message = try #require((result["message"] as? Object)?["text"] as? String)
      #expect(!message.isEmpty)
      let locations =
        try #require(result["locations"] as? [Object])
        + (result["relatedLocations"] as? [Object] ?? [])
      for location in locations { try expectPlace(location, in: files) }
    }
  }

  /// Sections 3.29 and 3.30: a URI reference without spaces; lines and columns from 1.
  private func expectPlace(_ location: [String: Any], in files: [String]) throws {
    let physical = try #require(location["physicalLocation"] as? Object)
    let uri = try #require((physical["artifactLocation"] as? Object)?["uri"] as? String)
    #expect(!uri.contains(" "))
    #expect(files.contains(try #require(uri.removingPercentEncoding)))
    guard uri != "missing.yaml" else { return }
    let region = try #require(physical["region"] as? Object)
    #expect(try #require(region["startLine"] as? Int) >= 1)
    #expect(try #require(region["startColumn"] as? Int) >= 1)
  }

  @Test func aCleanFileHasNoResults() throws {
    let run = try run(["clean.yaml"], status: 0)
    #expect((run["results"] as? [Any])?.isEmpty == true)
  }

  /// An absolute path is a file URI.
  @Test func anAbsolutePathIsAFileURI() throws {
    let path = CheckCommandTests.folder.appendingPathComponent("syntax.json").path
    let result = try Command.run(["check", "--format", "sarif", path])
    #expect(result.output.contains("\"uri\": \"file:///"))
  }
}
