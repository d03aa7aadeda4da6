import Foundation
import Glibc
import Testing

/// `labplan backup`, `restore`, `check-database` and `migrate`, as processes beside a service.
@Suite struct MaintenanceCommandTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private var database: String { folder.file("labs.sqlite") }

  private func run(_ arguments: String..., on database: String? = nil) throws -> Command.Result {
    try Command.run(arguments + ["--database", database ?? self.database])
  }

  /// A database with three labs and five revisions, one of them a deletion.
  private func fill() throws {
    let service = try ServiceProcess(database: database)
    for name in ["a", "b", "c"] { _ = try service.send("PUT", "/v1/labs/\(name)", "{}") }
    _ = try service.send("PATCH", "/v1/labs/a", #"{"description":"in my own words"}"#)
    _ = try service.send("DELETE", "/v1/labs/c")
    #expect(service.kill(SIGTERM) == 0)
  }

  @Test func aBackupIsMadeWhileTheServiceRunsAndIsBroughtBack() throws {
    let service = try ServiceProcess(database: database)
    _ = try service.send("PUT", "/v1/labs/kept", #"{"description":"as it was"}"#)
    let before = try service.send("GET", "/v1/labs/kept")
    let copy = folder.file("copy.sqlite")
    let backup = try run("backup", copy)
    #expect(backup.status == 0, "\(backup)")
    #expect(backup.output == "\(copy) holds 1 lab and 1 revision\n")
    _ = try service.send("PATCH", "/v1/labs/kept", #"{"description":"spoilt"}"#)
    _ = try service.send("PUT", "/v1/labs/later", "{}")

    let refused = try run("restore", copy)
    #expect(refused.status == 1)
    #expect(
      refused.errors == "labplan: process \(service.command.identifier) has \(database) open;"
        + " stop it first, and start it again afterwards\n")
    #expect(try service.send("GET", "/v1/labs/later").status == 200)
    // Killed, so that its last changes are in the write-ahead log alone.
    service.kill(SIGKILL)

    let restored = try run("restore", copy)
    #expect(restored.status == 0, "\(restored)")
    #expect(
      restored.output == "\(database) holds 1 lab and 1 revision\n"
        + "what it held before is in \(database).before-restore\n")
    let again = try ServiceProcess(database: database)
    #expect(try again.send("GET", "/v1/labs/kept").body == before.body)
    #expect(try again.send("GET", "/v1/labs/later").status == 404)
    // Changes count on from those that were seen.
    _ = try again.send("PUT", "/v1/labs/new", "{}")
    let change = try again.send("GET", "/v1/labs/new/revisions/1").json
    #expect(change["sequence"].integer == 4)
    again.kill(SIGTERM)
    let former = try run("check-database", on: database + ".before-restore")
    #expect(former.output.contains("2 labs and 3 revisions"), "\(former)")
    #expect(!folder.files.contains { $0.contains("unfinished") })
  }

  @Test func aCopyIsOneFileAndNeverReplacesAnotherByItself() throws {
    try fill()
    let copy = folder.file("copy.sqlite")
    #expect(try run("backup", copy).status == 0)
    #expect(folder.files.filter { $0.hasPrefix("copy") } == ["copy.sqlite"])
    let again = try run("backup", copy)
    #expect(again.status == 1)
    #expect(
      again.errors
        == "labplan: \(copy) exists already; choose another name, or add --overwrite\n")
    #expect(try run("backup", copy, "--overwrite").status == 0)
    #expect(
      try run("check-database", on: copy).output.hasSuffix(", 2 labs and 5 revisions\n"))
  }

  @Test func aDatabaseIsBroughtBackWhereThereIsNoneOrADamagedOne() throws {
    try fill()
    let copy = folder.file("copy.sqlite")
    _ = try run("backup", copy)
    let other = folder.file("other.sqlite")
    #expect(try run("restore", copy, on: other).output == "\(other) holds 2 labs and 5 revisions\n")
    try Data("not a database, but somebody's notes".utf8).write(to: URL(fileURLWithPath: other))
    let restored = try run("restore", copy, on: other)
    #expect(restored.status == 0, "\(restored)")
    #expect(try run("check-database", on: other).status == 0)
    let kept = try String(contentsOfFile: other + ".before-restore", encoding: .utf8)
    #expect(kept.hasPrefix("not a database"))
    #expect(try run("restore", copy, on: other).output.contains(".before-restore-2\n"))
  }

  @Test func aDamagedDatabaseIsNeitherCopiedNorBroughtBack() throws {
    try fill()
    // The page of a lab; those that hold the schema stay as they are.
    var bytes = try Data(contentsOf: URL(fileURLWithPath: database))
    let words = try #require(bytes.range(of: Data("in my own words".utf8)))
    let page = words.lowerBound / 4096 * 4096
    bytes.replaceSubrange(page..<page + 4096, with: Data(repeating: 0xa5, count: 4096))
    try bytes.write(to: URL(fileURLWithPath: database))
    let check = try run("check-database")
    #expect(check.status == 1)
    #expect(check.output.hasPrefix("\(database): "), "\(check)")
    #expect(try run("backup", folder.file("copy.sqlite")).status == 1)
    #expect(try run("restore", database, on: folder.file("other.sqlite")).status == 1)
    #expect(folder.files.allSatisfy { $0.hasPrefix("labs.sqlite") }, "\(folder.files)")
  }

  static let tampering = [
    ("DELETE FROM revisions WHERE lab = 'a' AND revision = 2", "lab a, revision 1"),
    ("UPDATE revisions SET undo = '[]' WHERE lab = 'a' AND revision = 2", "lab a, revision 2"),
    ("UPDATE revisions SET patch = '[]' WHERE lab = 'a' AND revision = 2", "lab a, revision 2"),
    ("UPDATE labs SET description = 'other' WHERE name = 'a'", "lab a, revision 2"),
    (
      "PRAGMA foreign_keys = ON; DELETE FROM labs WHERE name = 'b'", "lab b, revision 1"
    ),
    ("DELETE FROM labs WHERE name = 'b'", "addressed_labs"),
    ("UPDATE networks SET ipv4 = '10.0.0.1/24'", "lab d"),
    (
      "DELETE FROM revisions WHERE lab = 'd' AND revision = 2",
      "lab d, revision 3: the revision before it is missing"
    ),
  ]

  /// With sqlite3, as somebody might.
  @Test(arguments: tampering.indices)
  func whatSomeoneChangedByHandIsFound(index: Int) throws {
    guard let sqlite = ["/usr/bin/sqlite3"].first(where: FileManager.default.fileExists) else {
      print("skipped: there is no sqlite3 here, which this needs")
      return
    }
    let (statement, words) = Self.tampering[index]
    try fill()
    let service = try ServiceProcess(database: database)
    let lab = #"{"networks":[{"name":"n","mode":"internal","ipv4":"10.0.0.0/24"}]}"#
    #expect(try service.send("PUT", "/v1/labs/d", lab).status == 201)
    for text in ["one", "other"] {
      let patch = #"{"description":"\#(text)"}"#
      let headers = ["Content-Type": "application/merge-patch+json"]
      #expect(try service.send("PATCH", "/v1/labs/d", patch, headers).status == 200)
    }
    service.kill(SIGTERM)
    #expect(try run("check-database").status == 0)
    let change = try RunningCommand(
      [database, statement], executable: URL(fileURLWithPath: sqlite))
    #expect(change.wait() == 0)
    let check = try run("check-database")
    #expect(check.status == 1, "\(statement)")
    #expect(check.output.contains(words), "\(check)")
  }

  @Test func aNewerDatabaseIsRefusedInWords() throws {
    try fill()
    let sqlite = "/usr/bin/sqlite3"
    guard FileManager.default.fileExists(atPath: sqlite) else {
      print("skipped: there is no sqlite3 here, which this needs")
      return
    }
    let change = try RunningCommand(
      [database, "INSERT INTO schema_migrations VALUES (1000, '1000_later', '')"],
      executable: URL(fileURLWithPath: sqlite))
    #expect(change.wait() == 0)
    let before = try Data(contentsOf: URL(fileURLWithPath: database))
    let copy = folder.file("copy.sqlite")
    for arguments in [
      ["serve", "--port", "0"], ["migrate"], ["backup", copy], ["check-database"],
    ] {
      let result = try Command.run(arguments + ["--database", database])
      #expect(result.status == 1)
      #expect(
        result.errors.contains("use the labplan that wrote it, or a newer one"), "\(result)")
    }
    #expect(try Command.run(["restore", database, "--database", copy]).status == 1)
    #expect(try Data(contentsOf: URL(fileURLWithPath: database)) == before)
    #expect(!folder.files.contains("copy.sqlite"))
  }

  @Test func migratingIsSaidAndDoneOnce() throws {
    let first = try run("migrate")
    #expect(first.status == 0)
    #expect(first.output.hasPrefix("\(database): schema 0 is now "), "\(first)")
    #expect(try run("migrate").output.hasSuffix(" already\n"))
    #expect(try run("check-database").output.contains("0 labs and 0 revisions"))
  }

  @Test func whatIsNotThereOrIsSomethingElseIsToldOf() throws {
    for command in [["check-database"], ["backup", folder.file("copy")]] {
      let missing = try Command.run(command + ["--database", folder.file("none")])
      #expect(missing.status == 1)
      #expect(
        missing.errors == "labplan: \(folder.file("none")) cannot be opened:"
          + " No such file or directory\n")
      let other = try Command.run(command + ["--database", Command.executable.path])
      #expect(other.status == 1)
      #expect(
        other.errors == "labplan: \(Command.executable.path) is not a labplan database\n")
    }
    #expect(try run("restore", folder.file("none")).status == 1)
    #expect(folder.files.isEmpty, "\(folder.files)")
  }

  /// Whoever copies the file of a service that was stopped misses nothing.
  @Test func aServiceThatStopsLeavesEverythingInTheFile() throws {
    try fill()
    let alone = folder.file("alone.sqlite")
    try FileManager.default.copyItem(atPath: database, toPath: alone)
    #expect(try run("check-database", on: alone).output.contains("2 labs and 5 revisions"))
  }

  @Test func theHelpShowsHowItIsUsed() throws {
    for command in ["backup", "restore", "check-database", "migrate", "serve"] {
      let help = try Command.run(["help", command])
      #expect(help.status == 0)
      #expect(help.output.contains("EXAMPLES:\n"), "\(command)")
    }
  }

  @Test func theHistoryIsKeptAsTheFlagsSay() throws {
    try fill()
    let service = try ServiceProcess(database: database, ["--keep-revisions", "1"])
    let revisions = try service.send("GET", "/v1/labs/a/revisions").json["revisions"].elements
    #expect(revisions.map { $0["revision"].integer } == [2])
    service.kill(SIGTERM)
    #expect(try run("check-database").output.contains("2 labs and 3 revisions"))
    for wrong in [["--keep-revisions", "0"], ["--keep-days", "0"], ["--keep-days", "x"]] {
      #expect(try Command.run(["serve"] + wrong).status == 64)
    }
  }
}
