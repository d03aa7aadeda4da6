import Glibc
import LabFormats
import LabServer
import LabStorage
import Testing

/// Streams of changes, on a real socket and a real database.
@Suite struct EventTests {
  private let service: RunningService

  init() throws { service = try RunningService() }

  private func put(_ lab: String, _ text: String) throws -> TestResponse {
    try service.send("PUT", "/v1/labs/\(lab)", "{'description':'\(text)'}".json)
  }

  private func data(_ event: [String]) throws -> DocumentNode {
    let line = try #require(event.first { $0.hasPrefix("data: ") })
    return try JSONReader.read(Array(line.dropFirst(6).utf8))
  }

  /// A client that listens, past the lines that say where it stands.
  private func listener(
    _ target: String, from id: String? = nil, expecting start: Int
  ) throws -> TestClient {
    let client = try service.connect()
    var headers = ["Accept": "text/event-stream"]
    headers["Last-Event-ID"] = id
    let head = try client.listen(target, headers: headers)
    #expect(head.status == 200)
    #expect(head.headers["content-type"] == "text/event-stream")
    #expect(try client.event() == ["retry: 2000"])
    #expect(try client.event() == ["id: \(start)"])
    return client
  }

  @Test func tellsWhatChangedAsItIsMade() throws {
    _ = try put("a", "before")
    let client = try listener("/v1/events", expecting: 1)
    _ = try put("a", "after")
    let changed = try client.event()
    #expect(changed[0...1] == ["id: 2", "event: change"])
    let change = try data(changed)
    #expect(change["lab"].text == "a")
    #expect(change["revision"]?.integer == 2)
    #expect(change["kind"].text == "changed")
    #expect(change["patch"]?[0]?["value"].text == "after")
    #expect(try service.delete("/v1/labs/a").status == 204)
    #expect(try data(client.event())["kind"].text == "deleted")
  }

  @Test func goesOnWhereTheClientLeftOff() throws {
    for text in ["1", "2", "3"] { _ = try put("a", text) }
    let client = try listener("/v1/events", from: "1", expecting: 1)
    #expect(try client.event()[0] == "id: 2")
    #expect(try client.event()[0] == "id: 3")
    // The database may be an older copy.
    _ = try listener("/v1/events", from: "99", expecting: 3)
    for id in ["-1", "+1", "01", "1.0", "9223372036854775808", "one"] {
      let mistake = try service.get("/v1/events", ["Last-Event-ID": id])
      #expect(mistake.status == 400, "\(id)")
      #expect(try mistake.json["code"].text == "invalid-header")
    }
  }

  @Test func tellsOfOneLabAlone() throws {
    _ = try put("a", "1")
    _ = try put("b", "1")
    let client = try listener("/v1/labs/b/events", from: "0", expecting: 0)
    #expect(try data(client.event())["lab"].text == "b")
    _ = try put("a", "2")
    _ = try put("b", "2")
    let change = try data(client.event())
    #expect(change["lab"].text == "b")
    #expect(change["sequence"]?.integer == 4)
    #expect(try service.get("/v1/labs/none/events").status == 404)
  }

  /// More changes than are read at a time, and more clients than there are threads.
  @Test func everyClientHearsEveryChangeOnce() throws {
    let clients = try (0..<40).map { _ in try listener("/v1/events", expecting: 0) }
    for number in 1...150 { _ = try put("a", "\(number)") }
    for client in clients {
      for number in 1...150 { #expect(try client.event()[0] == "id: \(number)") }
    }
    #expect(try service.get("/v1/labs/a").status == 200)
  }

  /// Whoever has no token any more hears nothing more, and is not kept: the connection ends by itself,
  /// with nothing said and nothing changed meanwhile.
  @Test func streamsEndWithTheTokensTheyCameWith() throws {
    let (gone, good) = (try Key("gone", .read), try Key("good", .read))
    let guarded = try RunningService(tokens: [gone.token, good.token])
    func listener(_ key: Key) throws -> TestClient {
      let client = try guarded.connect()
      #expect(try client.listen("/v1/events", headers: key.header).status == 200)
      #expect(try client.event() == ["retry: 2000"])
      #expect(try client.event() == ["id: 0"])
      return client
    }
    let (ended, kept) = (try listener(gone), try listener(good))
    #expect(try guarded.store.revokeTokens([gone.token.name], at: .now) == [])
    #expect(throws: TestClient.Failure.self) { try ended.event() }
    let editor = try Key("editor", .edit)
    _ = try guarded.store.create(editor.token)
    try wait(until: { try guarded.get("/v1/labs", editor.header).status == 200 })
    #expect(try guarded.send("PUT", "/v1/labs/a", "{}", editor.header).status == 201)
    #expect(try kept.event()[0] == "id: 1")
  }

  /// While nobody had a token everyone could listen; then whoever listens needs one too.
  @Test func streamsOfNobodyEndWithTheFirstToken() throws {
    let client = try listener("/v1/events", expecting: 0)
    _ = try service.store.create(try Key("first", .admin).token)
    #expect(throws: TestClient.Failure.self) { try client.event() }
  }

  private func wait(until isTrue: () throws -> Bool) throws {
    let end = ContinuousClock.now + .seconds(20)
    while try !isTrue() {
      try #require(ContinuousClock.now < end)
      sched_yield()
    }
  }

  @Test func streamsEndWhenTheServiceStops() throws {
    let client = try listener("/v1/events", expecting: 0)
    try service.restart()
    #expect(throws: TestClient.Failure.self) { try client.event() }
  }

  @Test func headHasNoBody() throws {
    let answer = try service.connect().send("HEAD", "/v1/events")
    #expect(answer.status == 200)
    #expect(try service.get("/v1/events", ["Accept": "application/json"]).status == 406)
  }
}
