import Foundation
import LabCore
import Testing

/// `docs/findings.md` is what the rules' doc comments say.
///
/// `LABPLAN_REWRITE_GOLDENS=1 swift test --filter FindingCatalogueTests` writes it.
@Suite struct FindingCatalogueTests {
  private static let path = "docs/findings.md"

  @Test func theCatalogueSaysWhatTheRulesSay() throws {
    let catalogue = try FindingCatalogue()
    if ProcessInfo.processInfo.environment["LABPLAN_REWRITE_GOLDENS"] != nil {
      let file = Project.root.appendingPathComponent(Self.path)
      try Data(catalogue.page.utf8).write(to: file)
    }
    #expect(try Project.text(Self.path) == catalogue.page)
  }

  @Test func everyRuleIsInTheCatalogue() throws {
    let entries = try FindingCatalogue().entries
    #expect(Set(entries.map(\.rule)) == Set(FindingRule.all.map(\.id)))
    #expect(entries.count == FindingRule.all.count)
    for entry in entries {
      #expect(entry.paragraphs.count >= 2, "\(entry.rule) does not say how bad it is")
    }
  }
}

/// The rules' doc comments, read from their files.
struct FindingCatalogue {
  struct Entry {
    let rule: String
    /// Of the doc comment: what goes wrong comes first.
    let paragraphs: [String]
  }

  let entries: [Entry]

  init() throws {
    let paths = Project.files(below: "Sources/LabCore/Findings", endingIn: ".swift")
    entries = try paths.flatMap { Self.entries(in: try Project.text($0)) }
      .sorted { $0.rule < $1.rule }
  }

  /// The page, in Markdown.
  var page: String {
    let introduction = """
      # Findings

      What `labplan check` and `GET /v1/labs/{lab}/findings` report: what goes wrong and why, how
      bad it is, what the offered fix changes, and the source. This page is made from the comments
      on the rules in `Sources/LabCore/Findings/Rules`.

      """
    let index = entries.map { "- [`\($0.rule)`](#\($0.rule)): \($0.paragraphs[0])\n" }.joined()
    let sections = entries.map { entry in
      "## `\(entry.rule)`\n\n" + entry.paragraphs.joined(separator: "\n\n") + "\n"
    }
    return introduction + "\n" + index + "\n" + sections.joined(separator: "\n")
  }

  private static func entries(in text: String) -> [Entry] {
    var comment: [Substring] = []
    var found: [Entry] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      let code = line.drop { $0 == " " }
      if code.hasPrefix("///") {
        comment.append(code.dropFirst(3).drop { $0 == " " })
      } else {
        if let rule = code.split(separator: "FindingRule(\"", maxSplits: 1).dropFirst().first,
          code.hasPrefix("static let"), let end = rule.firstIndex(of: "\"")
        {
          let paragraphs = comment.split(separator: "").map { $0.joined(separator: " ") }
          found.append(Entry(rule: String(rule[..<end]), paragraphs: paragraphs))
        }
        comment = []
      }
    }
    return found
  }
}
