import Foundation
import Testing

/// Who may import whom, held against every `import` in `Sources`.
@Suite struct ImportTests {
  /// By target: the targets of this package and the modules of others that it may import.
  ///
  /// The planning core imports nothing at all, not even Foundation; the server on sockets knows
  /// nothing of labs; the store keeps its history in the texts that people exchange; the rehearsal
  /// rebuilds a lab from its document alone, so that it can contradict the fabric.
  static let table: [String: Set<String>] = [
    "LabCore": [],
    "LabFormats": ["LabCore", "CYAML"],
    "LabAnswers": ["LabCore", "LabFormats"],
    "LabExchange": ["LabCore", "LabFormats"],
    "LabStorage": ["LabCore", "LabFormats", "CSQLite", "CAssets", "Glibc"],
    "HTTPServer": ["CEpoll", "CZlib", "Glibc", "Synchronization"],
    "LabRehearsal": ["LabCore", "CNamespaces", "Glibc"],
    "LabServer": [
      "LabCore", "LabFormats", "LabAnswers", "LabExchange", "LabStorage", "HTTPServer", "CAssets",
      "Logging", "Glibc", "Dispatch",
    ],
    "labplan": [
      "LabCore", "LabFormats", "LabAnswers", "LabExchange", "LabStorage", "HTTPServer",
      "LabServer", "LabRehearsal", "ArgumentParser", "Dispatch", "Logging", "Glibc", "CMalloc",
    ],
    // C, and headers of the system's libraries.
    "CAssets": [], "CEpoll": [], "CMalloc": [], "CNamespaces": [], "CSQLite": [], "CYAML": [],
    "CZlib": [],
  ]

  private static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// Every Swift file of a target, by its path below `Sources`.
  private func files(of target: String) throws -> [(path: String, text: String)] {
    let folder = Self.root.appendingPathComponent("Sources/\(target)")
    let paths = FileManager.default.enumerator(atPath: folder.path)?.allObjects as? [String] ?? []
    return try paths.filter { $0.hasSuffix(".swift") }.sorted().map { path in
      let file = folder.appendingPathComponent(path)
      return ("\(target)/\(path)", try String(contentsOf: file, encoding: .utf8))
    }
  }

  @Test func everyTargetHasItsPlaceInTheTable() throws {
    let folder = Self.root.appendingPathComponent("Sources").path
    let targets = try FileManager.default.contentsOfDirectory(atPath: folder)
    #expect(Set(targets) == Set(Self.table.keys))
  }

  @Test(arguments: table.keys.sorted())
  func nothingElseIsImported(target: String) throws {
    let allowed = try #require(Self.table[target])
    for (path, text) in try files(of: target) {
      for module in imports(in: text) {
        #expect(allowed.contains(module), "\(path) imports \(module)")
      }
    }
  }

  /// What the command line says of a document needs neither a socket nor a database.
  @Test(arguments: [
    "Check", "PlanCommand", "ReadDocument", "ReadLabFile", "Recommend/RecommendCommand",
  ])
  func documentsAreAnsweredWithoutTheService(file: String) throws {
    let text = try #require(try files(of: "labplan").first { $0.path == "labplan/\(file).swift" })
      .text
    #expect(Set(imports(in: text)).isDisjoint(with: ["LabServer", "LabStorage", "HTTPServer"]))
  }

  /// What nobody imports any more leaves the table, so that it only says what is true.
  @Test(arguments: table.keys.sorted())
  func theTableAllowsNothingThatIsNotUsed(target: String) throws {
    let used = try Set(files(of: target).flatMap { imports(in: $0.text) })
    let unused = try #require(Self.table[target]).subtracting(used)
    #expect(unused.isEmpty, "\(target) no longer imports \(unused.sorted())")
  }

  /// The reader of imports finds each way to write one.
  @Test func importsAreFoundHoweverTheyAreWritten() {
    let text = """
      // import Comment
      import Plain
        internal import Indented
      public import struct Kind.Name
      @testable import Tested
      @preconcurrency public import Old  // for a while
      let text = "import NotOne"
      #if canImport(Glibc)
      import Glibc
      #endif
      """
    #expect(imports(in: text) == ["Plain", "Indented", "Kind", "Tested", "Old", "Glibc"])
  }
}

/// The modules that a Swift file imports, in its order.
private func imports(in text: String) -> [String] {
  let kinds: Set<Substring> = [
    "struct", "class", "enum", "protocol", "typealias", "func", "var", "let",
  ]
  return text.split(separator: "\n").compactMap { line in
    let words = line.split { $0 == " " || $0 == "\t" }
    guard let place = words.firstIndex(of: "import"),
      words[..<place].allSatisfy({ $0.hasPrefix("@") || accessLevels.contains($0) })
    else { return nil }
    let names = words[(place + 1)...].drop { kinds.contains($0) }
    return names.first.map { String($0.prefix { $0 != "." && $0 != ";" }) }
  }
}

private let accessLevels: Set<Substring> = [
  "public", "package", "internal", "fileprivate", "private",
]
