import Foundation
import LabCore
import TestSupport
import Testing

@testable import LabExchange

/// Each language's own reader gives the texts back that were written, whatever is in them.
@Suite struct QuotingTests {
  private static let python = Program("python3")
  private static let ruby = Program("ruby")

  private func texts(_ seed: UInt64) -> [String] {
    var random = SeededGenerator(seed: seed)
    return (0..<400).map { _ in hostileText(length: 30, from: &random) }
  }

  @Test(.enabled(if: ruby != nil, "ruby is not installed"))
  func rubyReadsEveryWordBack() throws {
    let texts = texts(1)
    let script = "print [\(texts.map(rubyWord).joined(separator: ", "))].join(\"\\0\")\n"
    let result = try withFolder { folder in
      try write([("words.rb", script)], into: folder)
      return try #require(Self.ruby).run(["-Ku", "words.rb"], in: folder)
    }
    // Ruby reads CR LF in source as LF, in strings as well.
    let expected = texts.map { $0.replacing("\r\n", with: "\n") }
    #expect(
      result.output.split(separator: "\0", omittingEmptySubsequences: false).map(String.init)
        == expected, "\(result.errors)")
  }

  @Test(.enabled(if: python != nil, "python3 is not installed"))
  func aYAMLReaderReadsEveryTextBack() throws {
    let texts = texts(2)
    let document = YAMLText.map([("texts", .block(texts.map { .text($0) }))]).document
    let script = """
      import sys, yaml
      texts = yaml.safe_load(open('texts.yaml', encoding='utf-8', newline=''))['texts']
      sys.stdout.buffer.write('\\0'.join(texts).encode())
      """
    let result = try withFolder { folder in
      try write([("texts.yaml", document)], into: folder)
      return try #require(Self.python).run(["-c", script], in: folder)
    }
    #expect(
      result.output.split(separator: "\0", omittingEmptySubsequences: false).map(String.init)
        == texts, "\(result.errors)")
  }

  @Test func wordsOfPowerShellEndWhereTheyShould() {
    #expect(powerShellWord("web") == "'web'")
    #expect(powerShellWord("it's") == "'it''s'")
    #expect(
      powerShellWord("\u{2018}\u{2019}\u{201A}\u{201B}")
        == "'\u{2018}\u{2018}\u{2019}\u{2019}\u{201A}\u{201A}\u{201B}\u{201B}'")
    for text in texts(3) {
      let word = powerShellWord(text).unicodeScalars
      let quotes = word.dropFirst().dropLast().count {
        $0 == "'" || ("\u{2018}"..."\u{201B}").contains($0)
      }
      #expect(quotes.isMultiple(of: 2), "\(text)")
    }
  }

  /// Every word of the document stands in quotes or in a comment.
  @Test func windowsScriptsHaveNoTextOutsideOfQuotes() throws {
    for lab in SampleLab.allCases {
      for file in ExportFormat.windows.export(try lab.source).files {
        for line in file.content.components(separatedBy: "\r\n").dropFirst() {
          guard !line.hasPrefix("#") else { continue }
          let outside = line.split(separator: "'", omittingEmptySubsequences: false).enumerated()
            .filter { $0.offset.isMultiple(of: 2) }.map(\.element).joined()
          let isKnown = outside.unicodeScalars.allSatisfy {
            $0.isASCII && $0 != "`" && $0 != "\""
          }
          #expect(isKnown, "\(lab): \(line)")
        }
      }
    }
  }

  /// Each line break of any kind begins a new line of the comment.
  @Test func commentsStayComments() throws {
    var random = SeededGenerator(seed: 4)
    for _ in 0..<200 {
      let text = hostileText(length: 60, from: &random)
      for line in commentLines(text) {
        #expect(!line.unicodeScalars.contains { isControl($0) }, "\(text)")
        #expect(!line.isEmpty)
      }
    }
    #expect(commentLines("a\r\nb\u{2028}c\n\n d \u{202E}e") == ["a", "b", "c", " d e"])
    #expect(commentLines("") == [])
  }

  @Test func cellsAreNoFormulas() {
    for text in ["=1", "+1", "-1", "@x", "\tx", "\rx"] { #expect(inertCell(text) == "'" + text) }
    for text in ["", "1", "a=b", "web"] { #expect(inertCell(text) == text) }
  }

  @Test func fieldsOfATableStandInQuotesWhereTheyHaveTo() {
    #expect(csvLine(["a", "b c", ""]) == "a,b c,\r\n")
    #expect(csvLine(["a,b", "\"", "x\ny"]) == "\"a,b\",\"\"\"\",\"x\ny\"\r\n")
  }

  @Test func labelsOfPicturesSayNothingElse() {
    #expect(dotWord("a\"b\\c\nd") == #""a\"b\\c\nd""#)
    #expect(mermaidText("<a href=\"x\">#1 `y`") == "#lt;a href=#quot;x#quot;#gt;#35;1 #96;y#96;")
  }

  @Test func mermaidSourcesHaveNoDirective() throws {
    var draft = try SampleLab.office.source.lab.draft
    draft.description = "%%{init: {'theme': 'x'}}%% and %%%%{init: {}}%%"
    let source = ExportSource(try resolve(draft).get())
    let text = try #require(ExportFormat.mermaid.export(source).files.first).content
    #expect(!text.contains("%%{"))
  }
}
