import Foundation
import Glibc
import Testing

/// `labplan token` beside a service, as two processes on one file.
@Suite struct TokenCommandTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private var database: String { folder.file("labs.sqlite") }

  private func token(_ arguments: String...) throws -> Command.Result {
    try Command.run(["token"] + arguments + ["--database", database])
  }

  /// Makes a token and gives back its secret.
  private func secret(_ name: String, _ arguments: String...) throws -> String {
    let result = try Command.run(
      ["token", "create", name, "--database", database] + arguments)
    #expect(result.status == 0, "\(result.errors)")
    return result.output.trimmingCharacters(in: .newlines)
  }

  private func bearer(_ secret: String) -> [String: String] {
    ["Authorization": "Bearer \(secret)"]
  }

  @Test func tokensCountFromTheMomentTheCommandHasEnded() throws {
    let service = try ServiceProcess(database: database)
    #expect(try service.send("PUT", "/v1/labs/classic", "{}").status == 201)
    let alice = try secret("alice", "--role", "admin")
    let ci = try secret("ci", "--role", "edit", "--lab", "classic", "--expires-in", "90d")
    #expect(try service.send("GET", "/v1/labs").status == 401)
    #expect(try service.send("GET", "/v1/labs", nil, bearer(alice)).status == 200)
    let patch = #"{"description":"by ci"}"#
    #expect(try service.send("PATCH", "/v1/labs/classic", patch, bearer(ci)).status == 200)
    #expect(try service.send("PUT", "/v1/labs/other", "{}", bearer(ci)).status == 403)
    #expect(try token("revoke", "ci").status == 0)
    let refused = try service.send("GET", "/v1/labs/classic", nil, bearer(ci))
    #expect(refused.status == 401 && refused.body.contains("was revoked"))
    #expect(try service.send("GET", "/healthz").status == 200)

    service.kill(SIGTERM)
    let used = try token("list", "--format", "json").output
    #expect(!used.contains(#""last_used_at":null"#), "\(used)")
  }

  /// Its client asks the same all the time, and is answered from memory until it is revoked.
  @Test func aRevokedTokenOpensNothingThatIsInMemory() throws {
    let service = try ServiceProcess(database: database)
    #expect(try service.send("PUT", "/v1/labs/classic", "{}").status == 201)
    _ = try secret("alice", "--role", "admin")
    let (port, database) = (service.port, database)
    for round in 0..<3 {
      let header = bearer(try secret("ci-\(round)"))
      let (hasEnded, mistakes) = (Switch(), Ledger())
      inParallel(3) { client in
        guard client > 0 else {
          let result = try? Command.run(["token", "revoke", "ci-\(round)", "--database", database])
          if result?.status != 0 { mistakes.complain("it is not revoked") }
          return hasEnded.turnOn()
        }
        let connection = HTTPConnection(port: port)
        var mustBeRefused = false
        while !mustBeRefused {
          mustBeRefused = hasEnded.isOn
          let status = connection?.send("GET", "/v1/labs/classic", nil, header)?.status
          // Who sends a revoked token too often is answered 429 for a while.
          let isRefused = status == 401 || status == 429
          guard isRefused || status == 200 && !mustBeRefused else {
            return mistakes.complain("\(status ?? 0) after the end: \(mustBeRefused)")
          }
        }
      }
      #expect(mistakes.faults == [])
    }
  }

  @Test func theHistorySaysWhoDidWhat() throws {
    let service = try ServiceProcess(database: database)
    #expect(try service.send("PUT", "/v1/labs/classic", "{}").status == 201)
    let alice = try secret("alice", "--role", "admin")
    let ci = try secret("ci", "--role", "edit")
    let patch = #"{"description":"by ci"}"#
    #expect(try service.send("PATCH", "/v1/labs/classic", patch, bearer(ci)).status == 200)

    let history = try service.send("GET", "/v1/labs/classic/revisions", nil, bearer(alice))
    let revisions = history.json["revisions"].elements
    #expect(revisions.map { $0["token"].text } == ["ci", nil])
    #expect(revisions.map { $0["client"].text } == ["127.0.0.1", "127.0.0.1"])
  }

  @Test func theListTellsStatesAndNoSecrets() throws {
    #expect(try Command.run(["migrate", "--database", database]).status == 0)
    #expect(try token("list").output.contains("no tokens"))
    let alice = try secret("alice", "--role", "admin")
    _ = try secret("ci", "--lab", "one", "--lab", "two")
    #expect(try token("revoke", "ci").status == 0)
    let table = try token("list").output
    let lines = table.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
    #expect(
      lines.map { $0.prefix(4) } == [
        ["name", "role", "labs", "state"], ["alice", "admin", "all", "good"],
        ["ci", "read", "one,two", "revoked"],
      ])
    let json = try token("list", "--format", "json").output
    #expect(!table.contains(alice.dropFirst(8)) && !json.contains(alice.dropFirst(8)))
    let tokens = JSONValue(try JSONSerialization.jsonObject(with: Data(json.utf8)))["tokens"]
    #expect(tokens.elements.map { $0["state"].text } == ["good", "revoked"])
    #expect(tokens.elements[1]["labs"].elements.map(\.text) == ["one", "two"])
  }

  @Test(arguments: [
    (["create", "Alice"], 64), (["create", "a", "--role", "root"], 64),
    (["create", "a", "--role", "admin", "--lab", "b"], 64),
    (["create", "a", "--expires-in", "0d"], 64), (["create", "a", "--expires-in", "soon"], 64),
    (["create", "taken"], 1), (["revoke", "taken", "nobody"], 1),
  ])
  func mistakesAreSaidInWords(arguments: [String], status: Int) throws {
    _ = try secret("taken")
    let result = try Command.run(["token"] + arguments + ["--database", database])
    #expect(result.status == Int32(status), "\(result.errors)")
    #expect(!result.errors.isEmpty && result.output.isEmpty)
    #expect(try token("list").output.contains("good"), "nothing was revoked")
  }

  // MARK: Where the service listens

  @Test(arguments: ["0.0.0.0", "::"])
  func nobodyElseIsLetInWithoutATokenToTellWho(host: String) throws {
    let serve = ["serve", "--port", "0", "--host", host, "--database", database]
    for isThere in [false, true] {
      if isThere { #expect(try Command.run(["migrate", "--database", database]).status == 0) }
      let result = try Command.run(serve)
      #expect(result.status == 1 && result.output.isEmpty)
      #expect(result.errors.contains("--host \(host) lets other machines in"), "\(result.errors)")
      #expect(result.errors.contains("labplan token create"))
      #expect(folder.files.isEmpty != isThere)
    }
  }

  @Test func aMissingDatabaseIsRefusedByAllButCreate() throws {
    for arguments in [["list"], ["revoke", "alice"]] {
      let result = try Command.run(["token"] + arguments + ["--database", database])
      #expect(result.status == 1)
      #expect(
        result.errors
          == "labplan: \(database) does not exist; name the service's file with --database\n")
      #expect(folder.files.isEmpty)
    }
  }

  @Test func theFirstTokenSaysWhatItChangesAndWhere() throws {
    let first = try token("create", "alice")
    let lines = first.errors.split(separator: "\n")
    #expect(lines.count == 3, "\(first.errors)")
    #expect(lines[0] == "\(database) is a new database.")
    #expect(lines[1].contains("refuses requests without a token"))
    #expect(lines[2].hasPrefix("Created the token \"alice\" in \(database)."))
    let second = try token("create", "bob")
    #expect(second.errors.split(separator: "\n").count == 1, "\(second.errors)")
  }

  @Test func theFirstUseOfATokenIsListedSoon() throws {
    let alice = try secret("alice")
    let service = try ServiceProcess(database: database)
    #expect(try service.send("GET", "/v1/labs", nil, bearer(alice)).status == 200)
    var list = ""
    let deadline = Date(timeIntervalSinceNow: 30)
    repeat {
      list = try token("list", "--format", "json").output
    } while list.contains(#""last_used_at":null"#) && Date() < deadline
    #expect(!list.contains(#""last_used_at":null"#), "\(list)")
    service.kill(SIGTERM)
  }

  @Test(arguments: ["LABPLAN_TOKEN", "LABPLAN_TOKEN_FILE"])
  func aVariableThatIsSetAndEmptyIsRefused(name: String) throws {
    let result = try Command.run(
      ["serve", "--port", "0", "--database", database], environment: [name: ""])
    #expect(result.status == 1 && result.output.isEmpty)
    #expect(result.errors.hasPrefix("labplan: \(name) "), "\(result.errors)")
    #expect(folder.files.isEmpty)
  }

  @Test func withATokenItListensAnywhere() throws {
    let alice = try secret("alice")
    let command = try ServiceProcess.begin(database: database, ["--host", "0.0.0.0"])
    defer { command.signal(SIGKILL) }
    let line = command.line()
    let port = try #require(UInt16(line.split(separator: ":").last ?? ""), "\(line)")
    let connection = try #require(HTTPConnection(port: port))
    #expect(connection.send("GET", "/v1/labs")?.status == 401)
    #expect(connection.send("GET", "/v1/labs", nil, bearer(alice))?.status == 200)
  }

  @Test func onlyRevokedTokensLetNobodyIn() throws {
    _ = try secret("alice")
    #expect(try token("revoke", "alice").status == 0)
    let result = try Command.run(
      ["serve", "--port", "0", "--host", "0.0.0.0", "--database", database])
    #expect(result.status == 1)
  }

  @Test func aSecretIsInNoLogAndInNoAnswer() throws {
    let alice = try secret("alice", "--role", "admin")
    let command = try RunningCommand(
      ["serve", "--port", "0", "--database", database, "--log-level", "trace"])
    let line = command.line()
    let port = try #require(UInt16(line.split(separator: ":").last ?? ""), "\(line)")
    let connection = try #require(HTTPConnection(port: port))
    var bodies = ""
    for field in ["Bearer \(alice)", "Bearer  \(alice) x", alice, "Basic \(alice)"] {
      let answer = connection.send("GET", "/v1/labs", nil, ["Authorization": field])
      bodies += answer?.body ?? ""
    }
    command.signal(SIGTERM)
    #expect(command.wait() == 0)
    #expect(command.errors().split(separator: "\n").count >= 4)
    #expect(!command.errors().contains(alice) && !bodies.contains(alice))
  }

  /// The history and the limits go by whom the proxy speaks for, where its word counts.
  @Test(arguments: [(["--trusted-proxy", "127.0.0.1"], "192.0.2.7"), ([], "127.0.0.1")])
  func theClientBehindAProxy(arguments: [String], client: String) throws {
    let service = try ServiceProcess(database: database, arguments)
    let header = ["X-Forwarded-For": "192.0.2.7"]
    #expect(try service.send("PUT", "/v1/labs/new", "{}", header).status == 201)
    let history = try service.send("GET", "/v1/labs/new/revisions")
    #expect(history.json["revisions"].elements.map { $0["client"].text } == [client])
  }
}

/// Something that happens once, seen by other threads.
private final class Switch: @unchecked Sendable {
  private let lock = NSLock()
  private var on = false

  var isOn: Bool { lock.withLock { on } }

  func turnOn() { lock.withLock { on = true } }
}
