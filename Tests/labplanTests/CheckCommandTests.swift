import Foundation
import Testing

/// `labplan check` as a process, over the documents in `Fixtures/check`.
@Suite struct CheckCommandTests {
  /// The arguments, and the golden file that holds the exit status and all output.
  static let goldens: [(arguments: [String], file: String)] =
    [
      "thirty-faults.yaml", "duplicate-address.yaml", "overlap.json", "syntax.json", "twice.yaml",
      "clean.yaml", "warnings.yaml",
    ].map { ([$0], "\($0).log") } + [
      (["shared-host-1.yaml", "shared-host-2.yaml"], "shared-host.log"),
      (["syntax.json", "missing.yaml", "clean.yaml", "syntax.json"], "several.log"),
      (["--format", "json", "duplicate-address.yaml", "missing.yaml"], "json.log"),
      (["--format", "sarif", "duplicate-address.yaml", "odd name, 100%.yaml"], "sarif.log"),
      (["--format", "sarif", "clean.yaml"], "sarif-clean.log"),
      (
        ["--format", "github", "duplicate-address.yaml", "odd name, 100%.yaml", "warnings.yaml"],
        "github.log"
      ),
    ]

  /// `LABPLAN_REWRITE_GOLDENS=1` writes what the command says now, to be read in the difference.
  static let isRewriting = ProcessInfo.processInfo.environment["LABPLAN_REWRITE_GOLDENS"] == "1"

  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Fixtures/check")

  private func check(_ arguments: [String], input: String = "") throws -> Command.Result {
    try Command.run(["check"] + arguments, input: input, folder: Self.folder)
  }

  @Test(arguments: goldens.indices)
  func theOutputIsTheGoldenFile(index: Int) throws {
    let (arguments, file) = Self.goldens[index]
    let result = try check(arguments)
    #expect(result.errors == "")
    let written =
      "$ labplan check \(arguments.joined(separator: " "))\n\(result.output)"
      + "exit status \(result.status)\n"
    let golden = Self.folder.appendingPathComponent(file)
    if Self.isRewriting { try Data(written.utf8).write(to: golden) }
    #expect(written == (try String(contentsOf: golden, encoding: .utf8)), "\(file)")
  }

  /// No document and no golden file lies about unused.
  @Test func everyFixtureIsUsed() throws {
    let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
    let used = Self.goldens.flatMap { $0.arguments + [$0.file] }
    #expect(Set(files).subtracting(used).isEmpty)
  }

  @Test func thirtyFaultsAreAnsweredWithThirtyLinesInTheirOrder() throws {
    let lines = try check(["thirty-faults.yaml"]).output.split(separator: "\n")
    let places = lines.compactMap { line -> [Int]? in
      let parts = line.split(separator: ":")
      guard line.contains(": error: "), parts.count > 2 else { return nil }
      return parts[1...2].compactMap { Int($0) }
    }
    #expect(places.count >= 30)
    #expect(places.allSatisfy { $0.count == 2 })
    #expect(
      zip(places, places.dropFirst()).allSatisfy { !$1.lexicographicallyPrecedes($0) })
  }

  @Test func standardInputIsChecked() throws {
    let text = try String(
      contentsOf: Self.folder.appendingPathComponent("twice.yaml"), encoding: .utf8)
    let named = try check(["twice.yaml"])
    let piped = try check(["-"], input: text)
    #expect(piped.status == 1)
    #expect(
      piped.output == named.output.replacingOccurrences(of: "twice.yaml:", with: "<stdin>:"))
  }

  /// Each lab of the two is told of the other, and alone neither is told anything of it.
  @Test func labsOfOneHostAreHeldAgainstEachOther() throws {
    let both = try check(["shared-host-1.yaml", "shared-host-2.yaml"])
    #expect(both.status == 1)
    for file in ["shared-host-1.yaml", "shared-host-2.yaml"] {
      for rule in ["[port-forward-collision]", "[prefix-overlaps-other-lab]"] {
        let told = both.output.split(separator: "\n").contains {
          $0.hasPrefix("\(file):") && $0.hasSuffix(rule)
        }
        #expect(told, "\(file) \(rule)")
      }
      #expect(try check([file]).status == 0)
    }
  }

  /// A folder stands for its documents, in the order of their paths.
  @Test func aFolderIsChecked() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("labplan-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let files = [
      "b.yaml": "{name: b}", "a.json": "{", "deep/c.yml": "{nam: c}", ".git/d.yaml": "{",
      "notes.txt": "{",
    ]
    for (path, text) in files {
      let file = folder.appendingPathComponent(path)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
    }
    let name = folder.lastPathComponent
    for argument in [name, "\(name)/"] {
      let result = try Command.run(["check", argument], folder: folder.deletingLastPathComponent())
      #expect(result.status == 1)
      let lines = result.output.split(separator: "\n").dropLast()
      let named = Set(lines.map { String($0.prefix { $0 != ":" }) })
      #expect(named == ["\(name)/a.json", "\(name)/deep/c.yml"])
      #expect(result.output.hasSuffix(" in 3 files\n"), "\(result.output)")
    }
    let empty = try Command.run(["check", ".git"], folder: folder)
    #expect(empty.status == 1)
  }

  @Test(arguments: [
    ("warnings.yaml", "error", 0), ("warnings.yaml", "warning", 1), ("clean.yaml", "warning", 0),
    ("duplicate-address.yaml", "error", 1),
  ])
  func theExitStatusIsWhatItIsAskedToBe(file: String, severity: String, status: Int32) throws {
    #expect(try check(["--fail-on", severity, file]).status == status)
  }

  /// Labs without a host's name are on one host, for the service and for the command.
  @Test func labsThatNameNoHostShareOne() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("labplan-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for name in ["one", "two"] {
      let text = """
        name: \(name)
        networks: [{name: out, mode: nat}]
        vms: [{name: a, adapters: [{network: out}]}]
        port_forwards: [{host_port: 2222, vm: a, guest_port: 22}]
        """
      try Data(text.utf8).write(to: folder.appendingPathComponent("\(name).yaml"))
    }
    let result = try Command.run(["check", "one.yaml", "two.yaml"], folder: folder)
    #expect(result.output.contains("[port-forward-collision]"), "\(result.output)")
  }

  @Test func aWrongUseIsToldOf() throws {
    for arguments in [[], ["--format", "xml", "clean.yaml"]] {
      #expect(try check(arguments).status == 64)
    }
  }
}
