import Foundation
import Glibc
import Testing

/// A database that is in use, gone or another program's is neither lost nor changed.
@Suite struct DatabaseProtectionTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private var database: String { folder.file("labs.sqlite") }

  private func run(_ arguments: String..., on database: String? = nil) throws -> Command.Result {
    try Command.run(arguments + ["--database", database ?? self.database])
  }

  @Test func aBackupDoesNotReplaceADatabaseInUse() throws {
    let service = try ServiceProcess(database: database)
    #expect(try service.send("PUT", "/v1/labs/kept", "{}").status == 201)
    let other = folder.file("other.sqlite")
    #expect(try run("migrate", on: other).status == 0)
    let onto = try run("backup", database, "--overwrite")
    #expect(onto.status == 1)
    #expect(onto.errors == "labplan: \(database) is the database itself; choose another file\n")
    let inUse = try run("backup", database, "--overwrite", on: other)
    #expect(inUse.status == 1 && inUse.errors.contains("has \(database) open"), "\(inUse)")
    #expect(try service.send("PUT", "/v1/labs/later", "{}").status == 201)
    service.kill(SIGTERM)
    #expect(try run("check-database").output.contains("2 labs and 2 revisions"))
    #expect(!folder.files.contains { $0.contains("unfinished") })
  }

  @Test func aProcessThatHoldsAReplacedFileIsNoticed() throws {
    let service = try ServiceProcess(database: database)
    #expect(try service.send("PUT", "/v1/labs/kept", "{}").status == 201)
    let copy = folder.file("copy.sqlite")
    #expect(try run("backup", copy).status == 0)
    for name in [database, database + "-wal", database + "-shm"] {
      try FileManager.default.removeItem(atPath: name)
    }
    for isThere in [false, true] {
      if isThere { try FileManager.default.copyItem(atPath: copy, toPath: database) }
      let refused = try run("restore", copy)
      #expect(refused.status == 1, "\(refused)")
      #expect(refused.errors.contains("process \(service.command.identifier) has"), "\(refused)")
    }
    service.kill(SIGKILL)
    #expect(try run("restore", copy).status == 0)
  }

  @Test func aServiceWhoseFilesAreGoneSaysSoAndMakesNone() throws {
    let command = try ServiceProcess.begin(database: database)
    let service = try ServiceProcess(beginning: command)
    #expect(try service.send("PUT", "/v1/labs/kept", "{}").status == 201)
    #expect(try service.send("GET", "/readyz").status == 200)
    for name in folder.files { try FileManager.default.removeItem(atPath: folder.file(name)) }
    let ready = try service.send("GET", "/readyz")
    #expect(
      ready.status == 503 && ready.json["detail"].text?.contains("deleted") == true, "\(ready)")
    let refused = try service.send(
      "PUT", "/v1/labs/lost", "{}", ["X-Request-ID": "a-lost-write"])
    #expect(refused.status == 503 && refused.json["code"].text == "store-unavailable", "\(refused)")
    #expect(service.kill(SIGTERM) == 0)
    #expect(folder.files.isEmpty, "\(folder.files)")
    let line = command.errors().split(separator: "\n").first { $0.contains("a-lost-write") }
    #expect(line?.contains("the store failed") == true, "\(command.errors())")
  }

  @Test func aStartThatFailsLeavesNothingBehind() throws {
    let running = try ServiceProcess(database: folder.file("running.sqlite"))
    let before = folder.files
    for arguments in [
      ["--port", "\(running.port)"], ["--host", "nosuch.invalid"], ["--host", "192.0.2.1"],
    ] {
      let result = try Command.run(["serve", "--database", database] + arguments)
      #expect(result.status == 1 && result.errors.contains("cannot listen at"), "\(result)")
      #expect(folder.files == before)
    }
  }

  @Test func aDatabaseOfAnotherProgramStaysAsItIs() throws {
    let sqlite = "/usr/bin/sqlite3"
    guard FileManager.default.fileExists(atPath: sqlite) else {
      print("skipped: there is no sqlite3 here, which this needs")
      return
    }
    let make = try RunningCommand(
      [database, "CREATE TABLE notes (text)"], executable: URL(fileURLWithPath: sqlite))
    #expect(make.wait() == 0)
    let before = try Data(contentsOf: URL(fileURLWithPath: database))
    for arguments in [["serve", "--port", "0"], ["migrate"], ["token", "list"]] {
      let result = try Command.run(arguments + ["--database", database])
      #expect(result.status == 1)
      #expect(result.errors == "labplan: \(database) is not a labplan database\n", "\(result)")
    }
    #expect(try Data(contentsOf: URL(fileURLWithPath: database)) == before)
    #expect(folder.files == ["labs.sqlite"])
  }

  // MARK: Tokens of a backup

  private func create(_ name: String) throws {
    #expect(try run("token", "create", name).status == 0)
  }

  @Test func tokensRevokedSinceTheBackupStayRevoked() throws {
    try create("alice")
    try create("ci")
    let copy = folder.file("copy.sqlite")
    #expect(try run("backup", copy).status == 0)
    #expect(try run("token", "revoke", "ci").status == 0)
    let restored = try run("restore", copy)
    #expect(restored.status == 0)
    #expect(
      restored.output.contains("tokens revoked since the backup stay revoked: ci\n"), "\(restored)")
    let states = try run("token", "list").output.split(separator: "\n").map { line in
      line.split(separator: " ").map(String.init)
    }
    #expect(states.dropFirst().map { [$0[0], $0[3]] } == [["alice", "good"], ["ci", "revoked"]])
  }

  @Test func tokensThatComeBackOrGoAreTold() throws {
    let empty = folder.file("empty.sqlite")
    #expect(try run("migrate", on: empty).status == 0)
    try create("alice")
    let copy = folder.file("copy.sqlite")
    #expect(try run("backup", copy).status == 0)
    let returned = try run("restore", copy, on: folder.file("new.sqlite"))
    #expect(returned.output.contains("tokens that come from the backup are good: alice;"))
    let gone = try run("restore", empty)
    #expect(gone.output.contains("the backup has no tokens, so the service will answer everyone"))
  }
}
