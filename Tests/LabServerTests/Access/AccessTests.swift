import Foundation
import HTTPServer
import LabAnswers
import LabCore
import LabFormats
import LabStorage
import Testing

@testable import LabServer

/// Who may do what, over the socket.
@Suite struct AccessTests {
  private func service(_ keys: Key...) throws -> RunningService {
    let service = try RunningService(tokens: keys.map(\.token))
    let lab = #"{"networks":[{"name":"net","mode":"internal"}],"vms":[{"name":"vm"}]}"#
    for name in ["one", "two", "three"] { try service.put(lab, as: name) }
    return service
  }

  /// Each operation as a request about the lab `one`.
  private static let requests: [(operation: String, path: String, body: String?)] =
    LabService.operations.map { operation in
      let examples = [
        "lab": "one", "network": "net", "vm": "vm", "from": "vm", "to": "host", "revision": "1",
        "address": "10.0.0.4", "format": "csv",
      ]
      let path = examples.reduce(operation.path) { $0.replacing("{\($1.key)}", with: $1.value) }
      let body = operation.method.isSafe || operation.method == .delete ? nil : "{}"
      return ("\(operation.method)", path, body)
    }

  // MARK: Without tokens

  @Test func withoutTokensTheLoopbackIsOpen() throws {
    let service = try RunningService()
    #expect(try service.get("/v1/labs").status == 200)
    #expect(try service.send("PUT", "/v1/labs/new", "{}").status == 201)
    // A client may send the token that it has for another service.
    #expect(try service.get("/v1/labs", ["Authorization": "Bearer whatever"]).status == 200)
  }

  @Test func withoutTokensNobodyElseIsLetIn() throws {
    var rules = AccessRules()
    rules.listensAtLoopback = false
    let service = try RunningService(rules)
    #expect(try service.get("/healthz").status == 200)
    let answer = try service.get("/v1/labs")
    #expect(answer.status == 401)
    #expect(answer.headers["www-authenticate"] == #"Bearer realm="labplan""#)
    #expect(answer.text.contains("labplan token create"))
  }

  // MARK: Guesses

  /// After a while nobody listens to whoever sends wrong tokens, not even to the right one.
  @Test func wrongTokensAreSlowedDown() throws {
    var rules = AccessRules()
    rules.trustedProxies = [try AnyPrefix(parsing: "127.0.0.1/32")]
    let key = try Key("alice", .read)
    let service = try RunningService(rules, tokens: [key.token])
    let wrong = ["Authorization": "Bearer labplan_\(String(repeating: "0", count: 64))"]
    func get(
      _ path: String, _ token: [String: String], from client: String
    ) throws -> TestResponse {
      try service.get(path, token.merging(["X-Forwarded-For": client]) { $1 })
    }
    let statuses = try (0..<100).map { _ in try get("/v1/labs", wrong, from: "192.0.2.1").status }
    #expect(statuses.count { $0 == 401 } < 80)
    #expect(statuses.last == 429)
    let refused = try get("/v1/labs", key.header, from: "192.0.2.1")
    #expect(refused.status == 429)
    #expect(try refused.json["code"].text == "too-many-requests")
    #expect((1...2).contains(Int(refused.headers["retry-after"] ?? "") ?? 0))
    #expect(try get("/healthz", wrong, from: "192.0.2.1").status == 200)
    #expect(try get("/v1/labs", [:], from: "192.0.2.1").status == 401, "no guess")
    #expect(try get("/v1/labs", key.header, from: "192.0.2.2").status == 200, "another client")
  }

  // MARK: Who it is

  @Test func everyOperationWantsATokenButThoseThatAreOpen() throws {
    let service = try service(Key("alice", .admin))
    var open: Set<String> = []
    for (operation, path, body) in Self.requests {
      for headers in [
        [:], ["Authorization": "Bearer labplan_\(String(repeating: "0", count: 64))"],
      ] {
        let answer = try service.send(operation, path, body, headers)
        guard answer.status == 401 else {
          open.insert(path)
          continue
        }
        #expect(answer.mediaType == "application/problem+json")
        #expect(try answer.json["code"].text == "unauthorized")
        let challenge = try #require(answer.headers["www-authenticate"])
        #expect(challenge.hasPrefix(#"Bearer realm="labplan""#))
        #expect(challenge.contains("invalid_token") == !headers.isEmpty)
      }
    }
    #expect(
      open == [
        "/healthz", "/readyz", "/openapi.yaml", "/openapi.json", "/v1/modes", "/v1/products",
        "/v1/exports",
      ])
    #expect(try service.store.labs(after: nil, limit: 9).count == 3, "nothing was done")
  }

  @Test(arguments: [
    ("Bearer ", 400), ("Bearer", 400), ("Bearer a b", 400), ("Basic YWxpY2U6eA==", 401),
    ("SECRET", 401), ("Bearer SECRETx", 401), ("Bearer secret", 401), ("Bearer SECRET", 200),
    ("bearer SECRET", 200), ("BEARER   SECRET", 200),
  ])
  func theFieldIsReadAsRFC6750Says(field: String, status: Int) throws {
    let alice = try Key("alice", .admin)
    let service = try service(alice)
    let value = field.replacing("SECRET", with: alice.secret)
    let answer = try service.get("/v1/labs", ["Authorization": value])
    #expect(answer.status == status)
    #expect(!answer.text.contains(alice.secret))
  }

  @Test func twoSecretsAreOneTooMany() throws {
    let alice = try Key("alice", .admin)
    let service = try service(alice)
    let answer = try service.get(
      "/v1/labs",
      [
        "Authorization": "Bearer \(alice.secret)", "authorization": "Bearer \(alice.secret)",
      ])
    #expect(answer.status == 400)
    #expect(try answer.json["code"].text == "invalid-header")
  }

  @Test func expiredAndRevokedTokensOpenNothing() throws {
    let late = try Key("late", .admin, expiresAt: Timestamp(milliseconds: 1))
    let gone = try Key("gone", .admin)
    let service = try service(late, gone)
    #expect(try service.store.revokeTokens([gone.token.name], at: .now) == [])
    try service.restart()
    for (key, words) in [(late, "has expired"), (gone, "was revoked")] {
      let answer = try service.get("/v1/labs", key.header)
      #expect(answer.status == 401)
      #expect(answer.text.contains(words), "\(answer.text)")
    }
    #expect(try service.get("/v1/labs").status == 401, "it does not fall open again")
  }

  /// What another process writes counts as soon as ``tokenDelay`` is over.
  @Test func newAndRevokedTokensCountWhileTheServiceRuns() throws {
    let (alice, bob) = (try Key("alice", .admin), try Key("bob", .read))
    let service = try RunningService()
    #expect(try service.get("/v1/labs").status == 200)
    _ = try service.store.create(alice.token)
    pause(tokenDelay)
    #expect(try service.get("/v1/labs").status == 401)
    #expect(try service.get("/v1/labs", alice.header).status == 200)
    _ = try service.store.create(bob.token)
    _ = try service.store.revokeTokens([alice.token.name], at: .now)
    pause(tokenDelay)
    #expect(try service.get("/v1/labs", alice.header).status == 401)
    #expect(try service.get("/v1/labs", bob.header).status == 200)
  }

  private func pause(_ time: Duration) {
    usleep(UInt32(time.components.attoseconds / 1_000_000_000_000))
  }

  // MARK: What they may do

  /// What is sent with POST and stores nothing.
  private static let answersToAnyone: Set = [
    "/v1/plan", "/v1/recommendations", "/v1/drawing", "/v1/exports/csv", "/v1/translate",
    "/v1/labs/one/translation",
  ]

  @Test func readersChangeNothing() throws {
    let reader = try Key("reader", .read)
    let service = try service(reader)
    // A stream of events has no end.
    for (method, path, body) in Self.requests where !path.hasSuffix("/events") {
      let answer = try service.send(method, path, body, reader.header)
      let isWrite =
        method != "GET"
        && !Self.answersToAnyone.contains(path)
      #expect((answer.status == 403) == isWrite, "\(method) \(path): \(answer.status)")
      guard isWrite else { continue }
      #expect(try answer.json["code"].text == "forbidden")
      #expect(answer.text.contains("\\\"reader\\\" has the role read; this needs edit"))
      #expect(answer.headers["www-authenticate"]?.contains(#"error="insufficient_scope""#) == true)
    }
    #expect(try service.store.labs(after: nil, limit: 9).map(\.revision) == [1, 1, 1])
  }

  @Test func otherLabsAreHiddenAndOutOfReach() throws {
    let editor = try Key("editor", .edit, labs: ["two", "four"])
    let service = try service(editor)
    for (method, path, body) in Self.requests where path.hasPrefix("/v1/labs/one") {
      let answer = try service.send(method, path, body, editor.header)
      #expect(answer.status == 403, "\(method) \(path): \(answer.status)")
      // A lab that is not there looks the same.
      let other = path.replacing("/one", with: "/none")
      #expect(try service.send(method, other, body, editor.header).status == 403)
    }
    let list = try service.get("/v1/labs", editor.header)
    #expect(try list.json["labs"]?.elements.map { $0["name"].text } == ["two"])
    #expect(try list.json["next"]?.withoutPositions == DocumentNode(.null))
    let missing = try service.get("/v1/labs/four", editor.header)
    #expect(missing.status == 404)
    #expect(!missing.text.contains("one") && !missing.text.contains("three"))
    let plan = try service.send("POST", "/v1/plan?base=one", #"{"name":"x"}"#, editor.header)
    #expect(plan.status == 403)
  }

  /// A guess at a name gets no hint at a lab that is hidden.
  @Test func hintsNameNoHiddenLab() throws {
    let admin = try Key("admin", .admin)
    let editor = try Key("editor", .edit, labs: ["twoo"])
    #expect(try service(admin).get("/v1/labs/twoo", admin.header).text.contains(#"\"two\""#))
    let hint = try service(admin, editor).get("/v1/labs/twoo", editor.header)
    #expect(hint.status == 404 && !hint.text.contains(#"\"two\""#), "\(hint.text)")
  }

  @Test func anEditorCreatesTheLabsThatItIsForAndNoOthers() throws {
    let editor = try Key("editor", .edit, labs: ["two", "four", "five"])
    let service = try service(editor)
    #expect(try service.send("PUT", "/v1/labs/four", "{}", editor.header).status == 201)
    #expect(try service.send("POST", "/v1/labs", #"{"name":"five"}"#, editor.header).status == 201)
    #expect(try service.send("POST", "/v1/labs", #"{"name":"six"}"#, editor.header).status == 403)
    #expect(try service.send("PUT", "/v1/labs/six", "{}", editor.header).status == 403)
    #expect(try service.delete("/v1/labs/two", editor.header).status == 204)
    let names = try service.store.labs(after: nil, limit: 9).map(\.name.text)
    #expect(names == ["five", "four", "one", "three"])
  }

  @Test func pagesOfAListSkipWhatIsHidden() throws {
    let reader = try Key("reader", .read, labs: ["one", "two", "never"])
    let service = try service(reader)
    let first = try service.get("/v1/labs?limit=1", reader.header)
    #expect(try first.json["labs"]?.elements.map { $0["name"].text } == ["one"])
    let second = try service.get("/v1/labs?limit=1&cursor=one", reader.header)
    #expect(try second.json["labs"]?.elements.map { $0["name"].text } == ["two"])
    #expect(try second.json["next"]?.withoutPositions == DocumentNode(.null))
  }

  /// Whether there is a lab that is hidden, no cursor tells.
  @Test func cursorsNameNoHiddenLab() throws {
    let admin = try Key("admin", .admin)
    let reader = try Key("reader", .read, labs: ["one", "gone"])
    let service = try service(admin, reader)
    func statuses(_ key: Key, _ cursors: String...) throws -> [Int] {
      try cursors.map { try service.get("/v1/labs?cursor=\($0)", key.header).status }
    }
    #expect(try statuses(admin, "one", "two", "zzz", "a%20b") == [200, 200, 400, 400])
    #expect(try statuses(reader, "one", "gone", "two", "zzz") == [200, 200, 400, 400])
    _ = try service.delete("/v1/labs/two", admin.header)
    #expect(try statuses(admin, "two") == [200], "pages go on after a lab that was deleted")
  }

  @Test func theLastUseIsKept() throws {
    let (alice, bob) = (try Key("alice", .admin), try Key("bob", .read))
    let store = try LabStore(path: ":memory:")
    for key in [alice, bob] { _ = try store.create(key.token) }
    let known = KnownTokens(of: store)
    let time = Timestamp(milliseconds: 77_000)
    #expect(try known.token(of: alice.secret, at: time)?.name == alice.token.name)
    #expect(try known.token(of: "nonsense", at: time) == nil)
    #expect(try store.tokens().map(\.lastUsedAt) == [nil, nil], "not with each request")
    try known.writeUse()
    #expect(try store.tokens().map(\.lastUsedAt) == [time, nil])
  }

}

extension RunningService {
  /// Stores a lab without asking the service.
  fileprivate func put(_ json: String, as name: String) throws {
    let name = try DNSLabel(parsing: name)
    let lab = try LabAnswers.readLab(Array(json.utf8), as: .json, named: name)
    _ = try store.write(name, from: ChangeOrigin(at: .now)) { _ in .store(lab) }
  }
}
